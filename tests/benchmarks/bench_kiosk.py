"""How fast the kiosk is there and turns its pages: `python -m tests.benchmarks.bench_kiosk`.

*First page*: from the start of a process until its first window is painted, against a bare
PySide6 window with one label; both as an installed program runs, with its modules compiled.
*Resting page* is when a patient can touch "Start". Processes take turns, so that a busy machine
slows all of them.

*Page turn*: from the touch on Next or Skip until the next page is painted, with the answers so
far in a durable draft. *Draft alone* is the part of the store, *disk alone* one write of 4 KiB
and the wait until the disk has it, in the same folder.
"""

from __future__ import annotations

import datetime as dt
import functools
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.benchmarks.starting import BARE, END, STARTS, medians, run

BUDGET_MS = 100
WAIT_SECONDS = 10

FIRST_PAGE = f"""
from monitor.cli import main
from monitor.ui.shared.program import Program
paint = Program.paint
def paint_and_end(program, window):
    paint(program, window)
    {END}
Program.paint = paint_and_end
main(["kiosk", "--window", "--folder", {{folder!r}}])
"""
RESTING_PAGE = f"""
from monitor.cli import main
from monitor.ui.shared.program import Program
def rest_and_end(program):
    program.application.processEvents()
    {END}
Program.run = rest_and_end
main(["kiosk", "--window", "--folder", {{folder!r}}])
"""
LOADED = """
from monitor.cli import main
from monitor.ui.shared.program import Program
Program.run = lambda program: program.application.processEvents() or 0
try:
    main(["kiosk", "--window", "--folder", {folder!r}])
except SystemExit as end:
    assert not end.code, end.code
import sys
print(*sys.modules)
"""


def starts(folder: Path) -> dict[str, float]:
    """The median of each start in milliseconds, by its name."""
    return medians(
        {
            "bare window": BARE,
            "first page": FIRST_PAGE.format(folder=str(folder)),
            "resting page": RESTING_PAGE.format(folder=str(folder)),
        }
    )


def drawing_loaded(folder: Path) -> set[str]:
    """What of the drawing libraries a whole start of the kiosk has loaded: nothing, it must be."""
    with tempfile.TemporaryDirectory() as compiled:
        _, line = run(LOADED.format(folder=str(folder)), Path(compiled))
    return {name.partition(".")[0] for name in line.split()} & {"matplotlib", "numpy"}


class Patient:
    """Somebody who walks through the pages of a kiosk."""

    def __init__(self, window: Any, application: Any) -> None:
        self._window = window
        self._application = application

    @property
    def screen(self) -> Any:
        return self._window.current()

    def touch(self, widget: Any) -> None:
        from PySide6.QtCore import Qt  # noqa: PLC0415 - the starts are measured without Qt here
        from PySide6.QtTest import QTest  # noqa: PLC0415

        self.settle()
        assert widget.isVisible()
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def settle(self) -> None:
        """Let the time pass in which a page that was just turned to hears no touch."""
        while self._window.settling.quiet.isActive():
            self._application.processEvents()

    def turn(self, widget: Any) -> float:
        """Touch what turns the page, and wait until the next one is painted; in milliseconds."""
        before = self._page()
        self.settle()
        start = time.perf_counter()
        self.touch(widget)
        self._wait(lambda: self._page() != before)
        self._window.repaint()
        return 1000 * (time.perf_counter() - start)

    def _wait(self, is_there: Callable[[], bool]) -> None:
        start = time.perf_counter()
        while not is_there():
            self._application.processEvents()
            if time.perf_counter() - start > WAIT_SECONDS:
                raise RuntimeError(f"the kiosk stays on {self._page()}")

    def _page(self) -> tuple[object, ...]:
        """What tells one page from another: its kind, its question, how far the visit is."""
        heading = getattr(self.screen, "heading", None)
        progress = getattr(self.screen, "_progress_words", None)
        title = getattr(self.screen, "title", None)
        texts = (part.text() for part in (heading and heading.question, progress, title) if part)
        return (type(self.screen), *texts)

    def signs_in(self, number: str, day: str, month: int, year: str) -> None:
        self.turn(self.screen.start)
        self.turn(self.screen.number)
        for field, touch in ((number, self.type), (day, self.type), (month, self.pick)):
            touch(field)
            self.touch(self.screen.next)
        self.type(year)
        self.touch(self.screen.next)
        self._wait(self._is_told_something)  # whoever it is, the answer takes its time
        self.turn(self.screen.go_on)
        self.turn(self.screen.go_on)

    def _is_told_something(self) -> bool:
        main_key = getattr(self.screen, "go_on", None)
        return main_key is not None and main_key.isVisible()

    def type(self, digits: str | int) -> None:
        for digit in str(digits):
            self.touch(self.screen.digits[digit])

    def pick(self, month: str | int) -> None:
        self.touch(self.screen.months[int(month) - 1])

    def answers(self) -> Iterator[float]:
        """Deny or skip until the review is there; how long each page took to turn."""
        from monitor.ui.kiosk.screens.review import ReviewScreen  # noqa: PLC0415

        while not isinstance(self.screen, ReviewScreen):
            denial = getattr(self.screen, "denial", None)
            if denial is not None and denial.isVisible():
                self.touch(denial)
            is_answered = self.screen.next.isEnabled()
            yield self.turn(self.screen.next if is_answered else self.screen.skip)


@contextmanager
def kiosk(folder: Path) -> Iterator[tuple[Any, Any, Any]]:
    """The kiosk on the site in `folder`: its clinic, its window and the application."""
    from monitor import app  # noqa: PLC0415
    from monitor.content.site import read_site  # noqa: PLC0415
    from monitor.ui.pictures.camera import hush  # noqa: PLC0415

    hush()
    site = read_site(folder)
    program = app._program(site)
    with app.clinic_of(site, "patient", site.kiosk) as clinic, app._tasks(clinic, program) as tasks:
        window = app._kiosk_window(site, tasks, program, full_screen=False)
        window.open()
        program.application.processEvents()
        yield clinic, window, program.application
        window.close()


def enrol(folder: Path) -> None:
    """A patient of the fourth day, number 1001, born 17 May 1970."""
    from monitor import app  # noqa: PLC0415
    from monitor.content.site import read_site  # noqa: PLC0415
    from tests.builders import episode, patient, procedure  # noqa: PLC0415

    site = read_site(folder)
    with app.clinic_of(site, "nurse", site.station) as clinic, clinic.store.begin() as work:
        work.patients.add(patient())
        operated = procedure(date=clinic.today() - dt.timedelta(days=4))
        work.episodes.add(episode(procedure=operated, protocol_id=site.protocol))
        work.commit()


def page_turns(folder: Path) -> dict[str, list[float]]:
    """How long each page took, and after it the draft alone and the disk alone, in milliseconds."""
    from monitor.services import drafts  # noqa: PLC0415

    turns, alone, floor = [], [], []
    with kiosk(folder) as (clinic, window, application), (folder / "floor").open("wb") as file:
        someone = Patient(window, application)
        someone.signs_in("1001", "17", 5, "1970")
        for taken in someone.answers():
            turns.append(taken)
            with clinic.store.read() as work:
                (draft,) = work.drafts.of_episode("episode-1")
            assert len(draft.passed) == len(turns), "a page was turned before it was stored"
            alone.append(_timed(functools.partial(drafts.keep, clinic, draft)))
            floor.append(_timed(functools.partial(_write, file.fileno())))
    return {"page turn": turns, "draft alone": alone, "disk alone": floor}


def _write(handle: int) -> None:
    os.pwrite(handle, b"x" * 4096, 0)
    os.fdatasync(handle)


def _timed(what: Callable[[], object]) -> float:
    start = time.perf_counter()
    what()
    return 1000 * (time.perf_counter() - start)


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from monitor import app  # noqa: PLC0415
    from monitor.content.site import Site  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "site")
        app.init(Site(folder=folder))
        found = starts(folder)
        print(f"{STARTS} starts, milliseconds{'median':>12}{'of bare':>9}")
        for name, taken in found.items():
            print(f"{name:<24}{taken:>12.0f}{taken / found['bare window']:>9.2f}")
        print(f"drawing libraries loaded: {', '.join(drawing_loaded(folder)) or 'none'}")
        enrol(folder)
        turns = page_turns(folder)
        count = len(turns["page turn"])
        print(f"{count} page turns, milliseconds{'median':>9}{'largest':>9}{'of budget':>11}")
        for name, times in turns.items():
            median = statistics.median(times)
            print(f"{name:<26}{median:>9.1f}{max(times):>9.1f}{median / BUDGET_MS:>11.2f}")


if __name__ == "__main__":
    main()
