"""Web: the page on one's own machine, where an assumption is moved and the figure moves with it.

**In** comes a scenario, a kept run or a sweep (`opened.py`) and what the reader has changed of it: a *position*, which
is the settings that `-S` would lay over the scenario, and nothing else (`position.py`). So every view of the page is a
command line, and the other way round. **Out** come figures for the page, and files that the command line would write.

A move is answered in two ways. What only effects and money read is valued at once over what was counted (`desk/`).
What delivery reads is simulated by a worker (`work/`), one heavy job at a time, and the figure of the control stands
there meanwhile. Everything else on the page, sentences, tables, figures and documents, is read from a run that is
made and kept as the command line makes it (`views/`, `downloads.py`).

Nobody but the reader gets in: the server listens on 127.0.0.1 alone and asks for its key (`door/`). The page asks
nothing of any other address (`page/`). `static/` writes a page that needs no server.

**Assumptions.** The server keeps nothing that only it knows: what a reader has set stands in the address of the page.
"""
