"""The case: from a question with a file number and a deadline to an answer that was checked, cleared and sent.

**In** comes a scenario and what people decide; **out** come versions of the answer, each a kept run with its documents,
and a register of what was issued, by whom, to whom.

A case is a folder of plain files. Its **journal** (`journal.py`) is the truth: one file an entry, chained by hashes
and never changed. What a case is follows from it (`state.py`): versions, their statuses (`status.py`), settings in
force. So does what it shows: the register `issued.csv`, and the stamp on each document. A command works under a
**lock** (`lock.py`), makes all that it needs aside, and writes one entry of the journal, which makes it true. Ended
before that it has done nothing; ended after it, the next command writes what still follows.

**Assumptions.** The folder is shared by people who trust each other but make mistakes: edits by hand, copies in part,
clocks that differ and drives that vanish are found and told, forgery by somebody who rewrites the whole journal is not.

>>> from simulator.case.status import BEFORE, shown
>>> BEFORE["clearet"], shown("udgaaet")
(('kontrolregnet',), 'udgået')
"""

from __future__ import annotations
