"""Static: a page that can be mailed, one file whose sliders work with no server behind them.

**In** comes a scenario or a run that was opened, and which assumptions the page is to move (`axes.py`; the ones that
move the figure most where nothing is said). **Out** comes one HTML file (`write.py`): page, style, program and numbers
together, which asks nothing of any address, and whose security policy would not let it.

The numbers are a grid (`grid.py`). What delivery reads is simulated at each stop of its slider, with all replications
of the plan; everything else is valued on what was counted (`ground.py`), with the draws that a run there would make
(`draws.py`). At a stop the page shows the digits that `saldo run` prints with these settings, and the command to copy.

**Assumptions.** Between stops the page draws straight lines and says so. How far off these are is measured while the
file is made, at the middle of each edge and of each cell of the grid; between stops of what is simulated the middles
are simulated too. The largest error found stands on the page. It is measured, not proved: between a stop and a middle
it may be larger.

    >>> nice_stops(0.7, 1.1, 5)
    ('0.7', '0.8', '0.9', '1.0', '1.1')
"""

from simulator.web.static.axes import nice_stops
from simulator.web.static.write import Planned, Written, plan_static, write_static

__all__ = ["Planned", "Written", "nice_stops", "plan_static", "write_static"]
