"""Presents the list at the left: reads it, narrows it, and keeps its rows in their place."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from PySide6.QtCore import QObject, Signal

from monitor.domain.protocol import Priority
from monitor.ui.shared.tasks import Tasks
from monitor.ui.shared.texts import word
from monitor.ui.station.rows import Kept, ListRead, keep_place, matches, read_list
from monitor.ui.station.views import Chip, ListName, ListState, Row
from monitor.ui.station.wording import patients_count, reports_count

_ALL, _IN_HAND, _SNOOZED, _ASKED = "all", "in_hand", "snoozed", "asked"


class WorklistPresenter(QObject):
    """Talks to the services for the list at the left.

    Signals:
        shown: what the list shows now (ListState), and the key of the row that is open.
        counted: how many are on the worklist (int).
        protocol_read: which protocol judges (str).
    """

    shown = Signal(object, str)
    counted = Signal(int)
    protocol_read = Signal(str)

    def __init__(self, tasks: Tasks, language: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._language = language
        self._name: ListName = "worklist"
        self._chip = _ALL
        self._query = ""
        self._selected = ""
        self._read: ListRead | None = None
        self._order_wanted = False
        self._kept = Kept(())

    @property
    def now(self) -> dt.datetime | None:
        """The clinic's time when the list was last read, a few seconds ago; None before."""
        return self._read.now if self._read is not None else None

    @property
    def priorities(self) -> str:
        """The words of all priorities, most urgent first."""
        words = self._read.words if self._read is not None else {}
        return ", ".join(word(f"priority.{p}", words) for p in Priority)

    def row_of(self, key: str) -> Row | None:
        """The row of that key as it is shown now."""
        return next((row for row in self._kept.rows if row.key == key), None)

    def reading(self) -> ListState:
        """What is shown before the first answer."""
        return ListState("worklist", self._title(), "", empty=self.tr("Reading the worklist…"))

    def refresh(self) -> None:
        """Ask again; rows keep their place."""
        self._ask()

    def put_in_order(self) -> None:
        """Ask again, and put the rows in clinical order, new ones among them."""
        self._order_wanted = True
        self._ask()

    def choose_list(self, name: ListName) -> None:
        """Bring the worklist or the list of all patients to the front."""
        self._name, self._chip = name, _ALL
        self.put_in_order()

    def choose_chip(self, key: str) -> None:
        """Narrow the worklist to one priority or one section of it, or not."""
        self._chip = key
        self._order()

    def search(self, query: str) -> None:
        """Narrow the list to those whose name or number fits."""
        self._query = query.strip()
        self._order()

    def mark_open(self, key: str) -> None:
        """Remember which row is open: it does not move."""
        self._selected = key
        if self._read is not None and self._is_narrowed:
            self._show()

    def show_everybody(self) -> None:
        """Narrow the list no more."""
        self._chip, self._query = _ALL, ""
        self._order()

    def _ask(self) -> None:
        self._tasks.run(
            read_list, self._name, self._language, then=self._take, failed=_wait, slot="worklist"
        )

    def _take(self, read: ListRead) -> None:
        self._read = read
        # Remembered here: the answer to the question that wanted it may have been overtaken.
        if self._order_wanted:
            self._order_wanted = False
            self._order()
            return
        self._kept = keep_place(self._kept.rows, self._fitting(), self._selected)
        self._show()

    def _order(self) -> None:
        if self._read is not None:
            self._kept = Kept(self._fitting())
            self._show()

    def _fitting(self) -> tuple[Row, ...]:
        assert self._read is not None
        return tuple(
            row for row in self._read.rows if self._in_chip(row) and matches(row, self._query)
        )

    def _in_chip(self, row: Row) -> bool:
        if self._name != "worklist" or self._chip == _ALL:
            return True
        return self._chip in _chips_of(row)

    @property
    def _is_narrowed(self) -> bool:
        return bool(self._query) or (self._name == "worklist" and self._chip != _ALL)

    def _show(self) -> None:
        read = self._read
        assert read is not None
        self.counted.emit(len(read.worklist))
        self.protocol_read.emit(read.protocol)
        state = ListState(
            name=self._name,
            title=self._title(),
            total=self._total(read),
            rows=self._kept.rows,
            chips=self._chips(read) if self._name == "worklist" else (),
            chosen=self._chip,
            empty="" if self._kept.rows else self._empty(read),
            news=self._kept.news,
            moved=self._kept.moved,
            worst=self._kept.worst,
            narrowed=self._narrowed(read),
            elsewhere=bool(self._query) and self._name == "worklist",
        )
        self.shown.emit(state, self._selected)

    def _title(self) -> str:
        return self.tr("Needs attention") if self._name == "worklist" else self.tr("All patients")

    def _total(self, read: ListRead) -> str:
        """How many are shown, and of how many."""
        shown = sum(not row.gone for row in self._kept.rows)
        if shown == len(read.rows):
            return patients_count(shown)
        return self.tr("{n} of {all}").format(n=shown, all=len(read.rows))

    def _narrowed(self, read: ListRead) -> str:
        """By what the list is narrowed, and what must not be forgotten about the rest."""
        if not self._is_narrowed:
            return ""
        names = [chip.label for chip in self._chips(read) if chip.key == self._chip != _ALL]
        names += [self._query] if self._query else []
        said = self.tr("Narrowed to {names}.").format(names=" + ".join(f"“{n}”" for n in names))
        shown = {row.key for row in self._kept.rows}
        hidden = [row for row in read.rows if row.key not in shown]
        red = sum(Priority.RED.value in _chips_of(row) for row in hidden)
        if red:
            words = word(f"priority.{Priority.RED}", read.words)
            text = self.tr("Not shown: {n} “{words}”.").format(n=red, words=words)
            said = f"{said} {text}"
        if any(row.key == self._selected for row in hidden):
            said = f"{said} {self.tr('The patient at the right is not in this list.')}"
        return said

    def _chips(self, read: ListRead) -> tuple[Chip, ...]:
        counts = Counter(key for row in read.worklist for key in _chips_of(row))
        return (
            Chip(_ALL, self.tr("All")),
            *(Chip(p.value, word(f"priority.{p}", read.words), counts[p.value]) for p in Priority),
            Chip(_IN_HAND, self.tr("In hand"), counts[_IN_HAND]),
            Chip(_SNOOZED, self.tr("Put aside"), counts[_SNOOZED]),
            Chip(_ASKED, self.tr("Asked again"), counts[_ASKED]),
        )

    def _empty(self, read: ListRead) -> str:
        """Never a blank: a blank looks broken."""
        if self._query:
            return self.tr("Nobody here fits “{query}”.").format(query=self._query)
        if not read.patients:
            return self.tr(
                "No patient is here yet. Read some in with the command “rootwatch import”; "
                "registering them at the station comes with a later version."
            )
        if read.rows:
            everybody = patients_count(len(read.rows))
            return self.tr("Nobody here now. {all} are under “All”.").format(all=everybody)
        today = reports_count(read.reports_today)
        return self.tr("Nothing waiting among {all}. {today} today.").format(
            all=patients_count(read.patients), today=today
        )


def _chips_of(row: Row) -> frozenset[str]:
    """The keys of the chips under which a row of the worklist is found."""
    if row.section == "attention" and row.priority is not None:
        keys = {row.priority.value}
    else:
        keys = {row.section}
    return frozenset(keys | {_ASKED} if row.asked else keys)


def _wait(_error: Exception) -> None:
    """An outage is the banner's matter; the list stays as it was and is asked again."""
