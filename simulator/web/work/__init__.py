"""Work: what takes longer than a moment, done by a worker process, one job at a time.

**In** comes a position and what is wanted of it: that it is simulated (`deliver`), told as a run (`tell`), asked what
drives it (`drivers`), or kept with figures and briefs (`keep`). **Out** comes a job, which tells how far it has come
and in the end a delivery for the desk or a run folder. A folder is what `saldo run` of the command that stands in its
record writes: headline and tables byte for byte.

`queue.py` is the door. `register.py` holds the jobs, `foreman.py` gives them to a worker, `worker.py` is that process
as the server sees it, `inside.py` what goes on in it, `tasks.py` what it can do, `messages.py` what is said between
them, and `shelf.py` where deliveries lie, so that a job that differs in effects or money alone simulates nothing.

The worker ends when it is idle, with the server, and when it is killed; a job that it was killed over is begun once
more by another. The server never simulates: a compiled engine would make it several times as large.

**Assumptions.** One machine, one reader or a few: jobs wait in the order in which they came. Who waits for nothing any
more says so by asking for another position under the same name (`client`).

>>> from pathlib import Path
>>> from simulator.web.opened import Options, base_of
>>> from simulator.web.position import Position
>>> from simulator.web.work.tasks import command_of
>>> base = base_of(Path("scenarios/christmas-2021.yaml"), "scenarios/christmas-2021.yaml", Options(replications=5))
>>> print(command_of(Position(base, (("effects.params.scale", "0.3"),)), "tell"))
saldo run scenarios/christmas-2021.yaml -S effects.params.scale=0.3 --replications 5 --no-brief
"""
