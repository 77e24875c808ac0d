"""The status page: that the sums agree, that everybody was heard from, and how much it asks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from monitor.ui.shared.text_size import follow_text_size
from monitor.ui.shared.widgets.flow_layout import FlowLayout
from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.views import (
    Check,
    Equation,
    MonitoringState,
    PatientLink,
    RuleLine,
    StatusState,
    Term,
)

_WIDEST = 1240
_DOT = 8


class StatusPage(QScrollArea):
    """What came in and what became of it; arrows scroll it, Tab walks its links.

    Signals:
        opened: the id of the episode whose patient is to be opened (str).
    """

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state: StatusState | None = None
        self._verdict = PlainLabel(self.tr("Reading…"), "strong")
        self._verdict.setWordWrap(True)
        self._body = QWidget()
        self.setProperty("page", "true")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Status of monitoring"))
        page = QWidget()
        page.setProperty("ground", "wash")
        whole = QHBoxLayout(page)
        whole.setContentsMargins(20, 18, 20, 18)
        middle = QWidget()
        follow_text_size(middle, lambda by: middle.setMaximumWidth(round(_WIDEST * by)))
        middle.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._column = QVBoxLayout(middle)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addWidget(PlainLabel(self.tr("Status"), "name"))
        self._column.addWidget(self._verdict)
        self._column.addWidget(self._body)
        self._column.addStretch(1)
        whole.addStretch(1)
        whole.addWidget(middle, 1000)
        whole.addStretch(1)
        self.setWidget(page)

    def show_monitoring(self, state: MonitoringState) -> None:
        """Say how monitoring is, in the words of the status line."""
        if state.state == "stopped":
            self._verdict.setText(self.tr("Monitoring is not running: see above."))
        else:
            self._verdict.setText(" ".join(part for part in (state.text, state.advice) if part))

    def show_message(self, text: str) -> None:
        """Say why the numbers are not those of now."""
        self._verdict.setText(text)

    def show_state(self, state: StatusState) -> None:
        """Show everything; where nothing has changed the keyboard stays where it is."""
        if state == self.state:
            return
        focused = self._link_with_focus()
        self.state = state
        fresh = self._make_body(state)
        self._column.replaceWidget(self._body, fresh)
        self._body.hide()
        self._body.deleteLater()
        self._body = fresh
        for link in fresh.findChildren(QPushButton):
            if link.accessibleName() == focused:
                link.setFocus(Qt.FocusReason.OtherFocusReason)

    def _link_with_focus(self) -> str:
        for link in self._body.findChildren(QPushButton):
            if link.hasFocus():
                return link.accessibleName()
        return ""

    def _make_body(self, state: StatusState) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        sums = QHBoxLayout()
        sums.setSpacing(12)
        sums.addWidget(self._sum(self.tr("Reports"), state.reports), 2)
        sums.addWidget(self._sum(self.tr("Alerts"), state.alerts), 3)
        column.addLayout(sums)
        beside = QHBoxLayout()
        beside.setSpacing(12)
        beside.addWidget(self._checks(state), 3)
        beside.addWidget(self._heard(state), 2)
        column.addLayout(beside)
        column.addWidget(self._burden(state))
        return body

    def _sum(self, title: str, equation: Equation) -> QFrame:
        card, column = _card()
        column.addWidget(PlainLabel(title, "strong"))
        column.addWidget(EquationLine(equation))
        column.addStretch(1)
        return card

    def _checks(self, state: StatusState) -> QFrame:
        card, column = _card()
        column.addWidget(PlainLabel(self.tr("Checks"), "strong"))
        column.addLayout(_table(state.checks))
        for link in state.patients:
            column.addLayout(self._link(link))
        column.addStretch(1)
        return card

    def _link(self, link: PatientLink) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        button = QPushButton(link.name)
        button.setProperty("kind", "link")
        button.setAccessibleName(self.tr("Open {name}: {why}").format(name=link.name, why=link.why))
        button.clicked.connect(lambda: self.opened.emit(link.episode_id))
        line.addWidget(button)
        line.addWidget(PlainLabel(link.why, "muted"), 1)
        return line

    def _heard(self, state: StatusState) -> QFrame:
        card, column = _card()
        column.addWidget(PlainLabel(self.tr("Heard from"), "strong"))
        if state.heard:
            column.addLayout(_table(state.heard))
        else:
            column.addWidget(PlainLabel(self.tr("Nobody yet."), "muted"))
        column.addStretch(1)
        return card

    def _burden(self, state: StatusState) -> QFrame:
        card, column = _card()
        column.addWidget(PlainLabel(self.tr("How much the alerts ask"), "strong"))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(PlainLabel(state.per_100 or "–", "figure"))
        said = self.tr("new alerts per 100 reports, since the clinic began")
        line.addWidget(PlainLabel(said, "muted"), 1, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(line)
        if state.empty:
            column.addWidget(PlainLabel(state.empty, "muted"))
        else:
            column.addLayout(self._rules(state.rules))
        return card

    def _rules(self, rules: Sequence[RuleLine]) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(0)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(4, 1)
        heads = (
            self.tr("Rule"),
            self.tr("Ids"),
            self.tr("Raised"),
            self.tr("Open"),
            self.tr("Useful"),
        )
        for place, head in enumerate(heads):
            grid.addWidget(_cell(head, place, "column"), 0, place)
        for row, rule in enumerate(rules, start=1):
            texts = (rule.title, rule.ids, rule.raised, rule.open, rule.useful)
            for place, text in enumerate(texts):
                grid.addWidget(_cell(text, place, "cell"), row, place)
        return grid


class EquationLine(QWidget):
    """Counts as a sum: what came in at the left, what became of it at the right."""

    def __init__(self, equation: Equation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(f"{equation.sentence}. {equation.note}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(4)
        line = FlowLayout(10)
        line.addWidget(_term("", equation.total))
        for sign, part in zip(("=", *"+" * len(equation.parts)), equation.parts, strict=False):
            line.addWidget(_term(sign, part))
        column.addLayout(line)
        note = PlainLabel(equation.note, "fault" if equation.is_bad else "small")
        note.setWordWrap(True)
        column.addWidget(note)


def _term(sign: str, term: Term) -> QWidget:
    """A count over its name, behind the sign that leads to it: they stay on one line."""
    made = QWidget()
    line = QHBoxLayout(made)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(10)
    if sign:
        line.addWidget(PlainLabel(sign, "sign"), 0, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(0)
    line.addLayout(column)
    column.addWidget(PlainLabel(str(term.count), "fault figure" if term.is_bad else "figure"))
    column.addWidget(PlainLabel(term.name, "fault" if term.is_bad else "small"))
    return made


def _card() -> tuple[QFrame, QVBoxLayout]:
    card = QFrame()
    card.setProperty("card", "true")
    column = QVBoxLayout(card)
    column.setContentsMargins(16, 12, 16, 14)
    column.setSpacing(4)
    return card, column


def _table(checks: Sequence[Check]) -> QGridLayout:
    """One line for each: a dot, what it is, and how it is."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(2, 1)
    for row, check in enumerate(checks):
        dot = QLabel()
        dot.setFixedSize(_DOT, _DOT)
        dot.setProperty("dot", "red" if check.state == "bad" else check.state)
        name = PlainLabel(check.name, "muted")
        text = PlainLabel(check.text, "fault" if check.state == "bad" else "")
        text.setWordWrap(True)
        text.setAccessibleName(f"{check.name}: {check.text}")
        grid.addWidget(dot, row, 0, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(name, row, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(text, row, 2)
    return grid


def _cell(text: str, place: int, role: str) -> PlainLabel:
    label = PlainLabel(text, role)
    label.setWordWrap(place == 0 and role == "cell")
    if place in (2, 3):
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return label
