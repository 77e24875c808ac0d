"""One report whole: when and how it came, and every answer; the arrows step to those beside it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QPushButton, QWidget

from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.page_views import OneReport
from monitor.ui.station.screens.paper_dialog import PaperDialog

_WIDTH, _HEIGHT = 760, 680


class ReportPaper(PaperDialog):
    """Made for one report; left and right turn to the one before and after."""

    def __init__(
        self,
        report: OneReport,
        find: Callable[[str], OneReport | None],
        patient: str,
        parent: QWidget | None,
    ) -> None:
        """find: writes out a report by its id; patient: name and number."""
        super().__init__(self.tr("Report"), _WIDTH, _HEIGHT, parent)
        self._find = find
        self._patient = patient
        self._report = report
        self.earlier = QPushButton(self.tr("◂ Report before"))
        self.earlier.setToolTip(self.tr("The report before (arrow left)"))
        self.later = QPushButton(self.tr("Report after ▸"))
        self.later.setToolTip(self.tr("The report after (arrow right)"))
        for button, step in ((self.earlier, self.go_earlier), (self.later, self.go_later)):
            button.setAutoDefault(False)
            button.clicked.connect(step)
        self.bottom.setSpacing(8)
        self.bottom.insertWidget(0, self.earlier)
        self.bottom.insertWidget(1, self.later)
        self.area.installEventFilter(self)
        self._show()

    @property
    def report(self) -> OneReport:
        """The report on show."""
        return self._report

    def go_earlier(self) -> None:
        """Show the report before, where there is one."""
        self._go_to(self._report.earlier)

    def go_later(self) -> None:
        """Show the report after, where there is one."""
        self._go_to(self._report.later)

    def _go_to(self, submission_id: str) -> None:
        if (found := self._find(submission_id)) is not None:
            self._report = found
            self._show()

    def _show(self) -> None:
        report = self._report
        _clear(self.column)
        head = QHBoxLayout()
        head.addWidget(self._label(report.title, "heading"), 1)
        head.addWidget(PlainLabel(report.place, "muted"), 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(head)
        self.column.addWidget(self._label(self._patient, "muted"))
        for sentence in report.about:
            self.column.addWidget(self._label(sentence, "note"))
        self._add_grid([(name, value, "") for name, value in report.facts])
        for title, answers in report.sections:
            self.column.addSpacing(10)
            self.column.addWidget(self._label(title, "strong"))
            self._add_grid(
                [(a.question, a.answer, "muted" if a.is_missing else "score") for a in answers]
            )
        self.column.addStretch(1)
        self.earlier.setEnabled(bool(report.earlier))
        self.later.setEnabled(bool(report.later))
        self.setAccessibleDescription(f"{report.title}. {' '.join(report.about)}")
        self.area.verticalScrollBar().setValue(0)

    def _add_grid(self, lines: list[tuple[str, str, str]]) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 4)
        for row, (name, value, role) in enumerate(lines):
            grid.addWidget(self._label(name, "cell"), row, 0)
            label = self._label(value, "cell")
            if role == "score":
                label.setProperty("weight", "strong")
            elif role:
                label.setProperty("weight", role)
            grid.addWidget(label, row, 1)
        self.column.addLayout(grid)

    def _label(self, text: str, role: str = "") -> PlainLabel:
        label = PlainLabel(text, role)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows turn to the report before and after instead of scrolling sideways."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Left: self.go_earlier, Qt.Key.Key_Right: self.go_later}
            if step := steps.get(Qt.Key(event.key())):
                step()
                return True
        return super().eventFilter(watched, event)


def _clear(layout: QLayout) -> None:
    """Take everything out of a layout, and out of those in it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            _clear(inner)
            inner.deleteLater()
