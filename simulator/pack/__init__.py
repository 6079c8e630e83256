"""A run as it is handed to somebody outside the ministry: one zip, with what is nobody else's business left out.

In: the folder of a finished run whose files are as the run wrote them. Out: the bytes of a zip with the figures, the
tables, the documents unless they are drafts, and the record, and `LEFT-OUT.txt`, which says in Danish and English what
was left out and why. The same run gives the same bytes, for files stand in order and carry no time.

Assumptions: what a run with confidential values holds is masked already, so a pack leaves out no number of its own but
kroner by type and group, which are a computational split. Names of people are replaced, so that a signature is still
seen to be one. A pack in which a path of this machine is left is refused, not sent.

>>> from simulator.pack.left_out import LeftOut
>>> LeftOut("log.txt", "commands").line("en")
'log.txt: commands that were typed, and when'
"""

from simulator.pack.making import packed, write_pack

__all__ = ["packed", "write_pack"]
