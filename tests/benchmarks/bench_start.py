"""How fast the station is there: `python -m tests.benchmarks.bench_start`.

From the start of a process until what is named is painted, against a bare PySide6 window with one
label; all as an installed program runs, with its modules compiled. Processes take turns, so that
a busy machine slows all of them.

*First paint* is the frame with the clinic's name. *Door* is the sign-in page, with store and
protocol read. *Worklist* and *first chart* are those of the demo clinic, which opens signed in:
the whole way, with a password checked (argon2id takes about a tenth of a second on purpose) and
matplotlib loaded.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from tests.benchmarks.starting import BARE, END, STARTS, medians

FIRST_PAINT = f"""
from monitor.cli import main
from monitor.ui.shared.program import Program
paint = Program.paint
def paint_and_end(program, window):
    paint(program, window)
    {END}
Program.paint = paint_and_end
main(["station", "--folder", {{folder!r}}])
"""
DOOR = f"""
from monitor.cli import main
from monitor.ui.shared.program import Program
def open_and_end(program):
    program.application.processEvents()
    {END}
Program.run = open_and_end
main(["station", "--folder", {{folder!r}}])
"""
SIGNED_IN = f"""
from pathlib import Path
from monitor import app
from monitor.content.site import read_site
from monitor.ui.shared.program import Program
from monitor.ui.station.shell import Shell
def has_rows(station):
    return station is not None and station.panel.list.model().rowCount() > 0
def has_chart(station):
    if has_rows(station) and station.page.state is None:
        station.panel.open_first()
    canvas = station and station.page.chart._canvas
    return canvas is not None and canvas.drawn is not None
def wait_and_end(program):
    application = program.application
    shell, = [w for w in application.topLevelWidgets() if isinstance(w, Shell)]
    while not {{is_there}}(shell.place):
        application.processEvents()
    application.processEvents()
    {END}
Program.run = wait_and_end
app.run_station(read_site(Path({{folder!r}})), demo=True)
"""


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from monitor import app  # noqa: PLC0415 - the starts are measured without it here

    with tempfile.TemporaryDirectory() as place:
        folder = str(app.make_demo(Path(place, "demo")).folder)
        found = medians(
            {
                "bare window": BARE,
                "first paint": FIRST_PAINT.format(folder=folder),
                "door": DOOR.format(folder=folder),
                "worklist": SIGNED_IN.format(folder=folder, is_there="has_rows"),
                "first chart": SIGNED_IN.format(folder=folder, is_there="has_chart"),
            }
        )
    print(f"{STARTS} starts, milliseconds{'median':>12}{'of bare':>9}")
    for name, taken in found.items():
        print(f"{name:<24}{taken:>12.0f}{taken / found['bare window']:>9.2f}")


if __name__ == "__main__":
    main()
