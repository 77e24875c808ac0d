"""Third step of an import: what it would do, row by row; nothing is stored yet."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.import_views import CheckShown
from monitor.ui.station.screens.lines_table import LinesTable


class ImportCheck(QWidget):
    """Counts above; below what would be stored, what is wrong, and who may be here already.

    Signals:
        errors_wanted: the rows with faults are to be saved.
        toggled: somebody is to be left out, or taken after all (clinic number).
    """

    errors_wanted = Signal()
    toggled = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.state: CheckShown | None = None
        self.preview = LinesTable(
            self.tr("As it would be stored"),
            (
                self.tr("Line"),
                self.tr("Number"),
                self.tr("Name"),
                self.tr("Born"),
                self.tr("Phone"),
                self.tr("Done on"),
                self.tr("Procedure"),
            ),
            (60, 100, 250, 110, 150, 110, 0),
        )
        self.faults = LinesTable(
            self.tr("Rows with faults"),
            (self.tr("Line"), self.tr("Column"), self.tr("What is wrong")),
            (60, 220, 0),
        )
        self.lookalikes = LinesTable(
            self.tr("Possible duplicates"),
            (self.tr("State"), self.tr("Line"), self.tr("In the list"), self.tr("Looks like")),
            (80, 60, 370, 0),
        )
        self.save = QPushButton(self.tr("Save the error rows…"))
        self.toggle = QPushButton(self.tr("Leave out, or take"))
        self.parts: list[QPushButton] = []
        self._figures = QHBoxLayout()
        self._says = PlainLabel(role="muted")
        self._says.setWordWrap(True)
        self._stack = QStackedWidget()
        self._lay_out()
        self.save.clicked.connect(self.errors_wanted)
        self.toggle.clicked.connect(lambda: self._tell_toggled(self.lookalikes.row))
        self.lookalikes.entered.connect(self._tell_toggled)

    def show_check(self, state: CheckShown) -> None:
        """Show what the import would do; the part that was looked at stays."""
        self.state = state
        while (item := self._figures.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for figure, words in state.figures:
            self._figures.addWidget(_figure(figure, words), 1)
        self.preview.show_rows(state.preview)
        self.faults.show_rows(state.faults)
        self.lookalikes.show_rows([row.line for row in state.lookalikes])
        titles = (
            self.tr("To be stored: first {n}").format(n=len(state.preview)),
            self.tr("Faults: {n}").format(n=len(state.faults)),
            self.tr("Duplicates: {n}").format(n=len(state.lookalikes)),
        )
        for part, title in zip(self.parts, titles, strict=True):
            part.setText(title)
        self._show_part(self._stack.currentIndex())

    def take_keyboard(self) -> None:
        """Begin with what would be stored."""
        self.parts[self._stack.currentIndex()].setFocus(Qt.FocusReason.TabFocusReason)

    def _show_part(self, number: int) -> None:
        self._stack.setCurrentIndex(number)
        self.parts[number].setChecked(True)
        state = self.state
        self.save.setVisible(number == 1 and bool(state and state.faulty_rows))
        self.toggle.setVisible(number == 2 and bool(state and state.lookalikes))
        self._says.setText(
            (
                self.tr("Rows as they would stand here. Nothing is stored yet."),
                self.tr(
                    "These rows are not taken. Save them, put them right, and import that file; "
                    "or go back and choose other columns."
                ),
                self.tr(
                    "They may be here already, or twice in the list. Enter leaves somebody out, "
                    "or takes them after all; if you do nothing they are taken."
                ),
            )[number]
        )

    def _tell_toggled(self, row: int) -> None:
        if self.state is not None and 0 <= row < len(self.state.lookalikes):
            self.toggled.emit(self.state.lookalikes[row].number)

    def _lay_out(self) -> None:
        self._figures.setSpacing(10)
        segments = QHBoxLayout()
        segments.setSpacing(0)
        group = QButtonGroup(self)
        tables = (self.preview, self.faults, self.lookalikes)
        places = ("first", "middle", "last")
        for number, (table, place) in enumerate(zip(tables, places, strict=True)):
            part = QPushButton()
            part.setCheckable(True)
            part.setAutoDefault(False)
            part.setProperty("kind", "segment")
            part.setProperty("place", place)
            part.clicked.connect(lambda _=False, number=number: self._show_part(number))
            group.addButton(part)
            segments.addWidget(part)
            self.parts.append(part)
            self._stack.addWidget(table)
        segments.addStretch(1)
        for button in (self.toggle, self.save):
            button.setAutoDefault(False)
            segments.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(self._figures)
        column.addSpacing(4)
        column.addLayout(segments)
        column.addWidget(self._says)
        column.addWidget(self._stack, 1)
        self.parts[0].setChecked(True)


def _figure(figure: str, words: str) -> QFrame:
    card = QFrame()
    card.setProperty("card", "true")
    column = QVBoxLayout(card)
    column.setContentsMargins(14, 8, 14, 8)
    column.setSpacing(0)
    column.addWidget(PlainLabel(figure, "figure"))
    said = PlainLabel(words, "muted")
    said.setWordWrap(True)
    column.addWidget(said)
    column.addStretch(1)
    return card
