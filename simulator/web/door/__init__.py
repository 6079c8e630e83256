"""The door: the server of this machine alone, who gets in, and what answers at each address.

**In** come requests. **Out** come answers of the desk, of the work, and of what is open (`lobby.py`). What may be asked
at all is decided before, in `guard.py`: by the key in the address, by host, origin and size. The page comes as one
program and one style (`page_files.py`), with the figure that it shows first (`first.py`). `start.py` puts the rooms
together and serves; `shortcut.py` writes a starter for a double click.

**Assumptions.** Who holds the key may do all that the page can; nobody else may do anything.

>>> from simulator.web.door.start import kept_address
>>> kept_address("http://127.0.0.1:8765/KEY/#language=da")
(8765, 'language=da')
"""
