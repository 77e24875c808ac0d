"""Everything behind one alert: its answers, its limit, its rule, its sources, its history."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from monitor.ui.shared.theme import Theme
from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.shared.widgets.priority_shape import PriorityShape
from monitor.ui.station.screens.paper_dialog import PaperDialog
from monitor.ui.station.views import Card

_WIDTH, _HEIGHT = 680, 640


class WhyDialog(PaperDialog):
    """One alert explained; made for one card and thrown away after."""

    def __init__(self, theme: Theme, card: Card, patient: str, parent: QWidget | None) -> None:
        super().__init__(self.tr("Why this alert"), _WIDTH, _HEIGHT, parent)
        self._add_title(theme, card, patient)
        self._add_text(card.why.sentence)
        self._add_text(card.why.clears, "muted")
        for state in card.states:
            self._add_text(state, "strong")
        self._add_heading(self.tr("Why we look at this"), bool(card.why.why))
        self._add_text(card.why.why)
        self._add_evidence(card)
        self._add_facts(card.why.facts)
        self._add_history(card)
        self.column.addStretch(1)

    def _add_title(self, theme: Theme, card: Card, patient: str) -> None:
        line = QHBoxLayout()
        line.setSpacing(10)
        shape = PriorityShape(theme, 20)
        shape.show_priority(card.priority, card.words)
        title = self._label(card.why.title, "heading")
        words = self._label(card.words)
        words.setProperty("priority", card.priority.value)
        line.addWidget(shape, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(title, 1)
        line.addWidget(words, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(line)
        self._add_text(patient, "muted")

    def _add_evidence(self, card: Card) -> None:
        lines = [(e.day, e.date, e.question, e.answer) for e in card.why.evidence]
        self._add_heading(self.tr("The answers it rests on"), bool(lines))
        heads = (self.tr("Day"), self.tr("Date"), self.tr("Question"), self.tr("Answer"))
        self._add_table(heads, lines, stretch=2)

    def _add_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        self._add_heading(self.tr("The rule"), bool(facts))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        for row, (name, value) in enumerate(facts):
            heading = self._label(name, "muted")
            heading.setWordWrap(False)
            grid.addWidget(heading, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._label(value), row, 1)
        self.column.addLayout(grid)

    def _add_history(self, card: Card) -> None:
        lines = [(h.at, h.who, h.what, h.why) for h in card.why.history]
        self._add_heading(self.tr("What has happened"), bool(lines))
        heads = (self.tr("When"), self.tr("Who"), self.tr("What"), self.tr("Why"))
        self._add_table(heads, lines, stretch=3)

    def _add_table(
        self, heads: Sequence[str], lines: Sequence[Sequence[str]], stretch: int
    ) -> None:
        if not lines:
            return
        grid = QGridLayout()
        grid.setSpacing(0)
        grid.setColumnStretch(stretch, 1)
        for row, texts in enumerate((heads, *lines)):
            for column, text in enumerate(texts):
                grid.addWidget(self._label(text, "column" if row == 0 else "cell"), row, column)
        self.column.addLayout(grid)

    def _add_heading(self, text: str, wanted: bool) -> None:
        if wanted:
            self.column.addSpacing(10)
            self.column.addWidget(self._label(text, "strong"))

    def _add_text(self, text: str, role: str = "") -> None:
        if text:
            self.column.addWidget(self._label(text, role))

    def _label(self, text: str, role: str = "") -> PlainLabel:
        label = PlainLabel(text, role)
        label.setWordWrap(role != "column")
        label.setIndent(0)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label
