"""Edit follow-up: the procedure, one patient's own windows, and scores before the procedure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QDate, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QStackedWidget,
    QWidget,
)

from monitor.ui.shared.restyling import restyle
from monitor.ui.shared.widgets.choices import Choice, Segments
from monitor.ui.shared.widgets.flow_layout import FlowLayout
from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.screens.arrow_fields import ArrowBox, ArrowDate
from monitor.ui.station.screens.fitting_dialog import FittingDialog
from monitor.ui.station.screens.note_field import NoteField
from monitor.ui.station.views import (
    BaselineChoice,
    ChangeKind,
    EpisodeChange,
    EpisodeDraft,
    EpisodeState,
    Foresight,
    WindowChoice,
)

_WIDTH = 600
_SETTLED_MS = 250
"""For so long nothing may be typed before it is asked what the change would do."""
_KINDS: tuple[ChangeKind, ...] = ("procedure", "window", "baseline")


class EpisodeDialog(FittingDialog):
    """Changes one thing of a follow-up; says before what that would do to the alerts.

    Esc closes it; whoever opened it keeps the draft.

    Signals:
        foresight_wanted: what would this change do? (EpisodeChange)
        confirmed: the change to make (EpisodeChange), and why (str).
        patient_wanted: it is the patient that is to be edited; the dialog is closed.
    """

    foresight_wanted = Signal(object)
    patient_wanted = Signal()
    confirmed = Signal(object, str)

    def __init__(
        self, state: EpisodeState, draft: EpisodeDraft | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, _WIDTH)
        self.state = state
        self._kind: ChangeKind = "procedure"
        self._foreseen: Foresight | None = None
        self._storing = False
        self._is_stale = False
        self.setWindowTitle(self.tr("Edit follow-up"))
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(self._ask)
        self.kinds = Segments(self.tr("What to change"))
        self._make_procedure()
        self._make_window()
        self._make_baseline()
        self.foresight = PlainLabel(role="foresight")
        self.foresight.setWordWrap(True)
        self.foresight.setAccessibleName(self.tr("What would change"))
        self.reason = NoteField(self.tr("Why"), self.tr("Why (needed)"))
        self.reason.confirmed.connect(self.confirm)
        self._refusal = PlainLabel(role="refusal")
        self._refusal.setWordWrap(True)
        self._refusal.hide()
        self.confirm_button = QPushButton(self.tr("Change"))
        self.confirm_button.setProperty("kind", "primary")
        self.confirm_button.setDefault(True)
        self.confirm_button.clicked.connect(self.confirm)
        self._build()
        self._connect()
        self._show_window()
        self._show_baseline()
        if draft is not None:
            self._restore(draft)
        self._choose_kind(self._kind)

    @property
    def refusal(self) -> str:
        """What stands in the way now, "" for nothing."""
        return "" if self._refusal.isHidden() else self._refusal.text()

    def change(self) -> EpisodeChange:
        """The change as it stands in the fields."""
        date = self.date.date()
        made = replace(
            self.state.now,
            kind=self._kind,
            date=dt.date(date.year(), date.month(), date.day()),
            profile=str(self.profile.currentData()),
            levels=_levels_in(self.levels.text()),
            side=str(self.side.currentData()),
        )
        if self._kind == "window":
            return replace(
                made,
                key=str(self.symptom.currentData()),
                expected=self.expected.value(),
                persistent=self.persistent.value(),
                clear=self.usual_window.isChecked(),
            )
        if self._kind == "baseline":
            return replace(
                made,
                key=str(self.item.currentData()),
                score=self.score.value(),
                clear=self.usual_score.isChecked(),
            )
        return made

    def draft(self) -> EpisodeDraft:
        """What was typed so far."""
        return EpisodeDraft(self.change(), self.reason.toPlainText())

    def show_foresight(self, foreseen: Foresight) -> None:
        """Say what the change would do; an answer to an older question is not shown."""
        if foreseen.change != self.change() or self._storing:
            return
        self._foreseen = foreseen
        if foreseen.refusal:
            self._say(foreseen.refusal, bad=True)
        else:
            self._say("\n".join(foreseen.lines))
        self._enable()

    def show_refusal(self, text: str, *, again: bool) -> None:
        """Say why it was not done; what was typed stays. `again`: it may be tried once more."""
        self._storing = False
        self._is_stale = not again
        self._refusal.setText(text)
        self._refusal.show()
        self._enable()
        self.adjustSize()

    def confirm(self) -> None:
        """Tell what was decided, once; refused by a sentence if something is missing."""
        reason = self.reason.toPlainText().strip()
        if self._foreseen is None or not self.confirm_button.isEnabled():
            return
        if not reason:
            self.show_refusal(self.tr("Say why: it stands in the record."), again=True)
            self.reason.setFocus()
            return
        self._refusal.hide()
        self._storing = True
        self._enable()
        self.confirmed.emit(self.change(), reason)

    def _make_procedure(self) -> None:
        now = self.state.now
        self.date = ArrowDate(QDate(now.date.year, now.date.month, now.date.day))
        self.date.setCalendarPopup(True)
        self.date.setDisplayFormat("d MMMM yyyy")
        self.profile = _choice(self.state.profiles, now.profile)
        self.levels = QLineEdit(", ".join(now.levels))
        self.levels.setPlaceholderText("C4, C5")
        self.side = _choice(self.state.sides, now.side)

    def _make_window(self) -> None:
        self.symptom = _choice([(w.key, w.name) for w in self.state.windows], "")
        self.expected, self.persistent = QSpinBox(), QSpinBox()
        for days in (self.expected, self.persistent):
            days.setRange(0, self.state.last_day)
            days.lineEdit().setTextMargins(6, 0, 0, 0)
        self.usual_window = QCheckBox(self.tr("As usual after this procedure again"))
        self._about_window = _about()

    def _make_baseline(self) -> None:
        self.item = _choice([(b.key, b.name) for b in self.state.baselines], "")
        self.score = QDoubleSpinBox()
        self.score.setRange(0, self.state.highest)
        self.score.lineEdit().setTextMargins(6, 0, 0, 0)
        self.score.setDecimals(1)
        self.score.setSingleStep(1)
        self.usual_score = QCheckBox(self.tr("As reported again"))
        self._about_baseline = _about()

    def _build(self) -> None:
        self.kinds.show_choices(
            (
                Choice("procedure", self.tr("Procedure")),
                Choice("window", self.tr("Expected days")),
                Choice("baseline", self.tr("Before the procedure")),
            ),
            self._kind,
        )
        self._pages = QStackedWidget()
        self._pages.addWidget(
            self._page(
                (self.tr("Date"), self.date),
                (self.tr("Procedure"), self.profile),
                (self.tr("Levels"), self.levels),
                (self.tr("Side"), self.side),
            )
        )
        self._pages.addWidget(
            self._page(
                (self.tr("Symptom"), self.symptom),
                (self.tr("Expected to day"), self.expected),
                (self.tr("Persistent from day"), self.persistent),
                ("", self.usual_window),
                ("", self._about_window),
            )
        )
        self._pages.addWidget(
            self._page(
                (self.tr("Question"), self.item),
                (self.tr("Score, 0 to {n}").format(n=self.state.highest), self.score),
                ("", self.usual_score),
                ("", self._about_baseline),
            )
        )
        self.patient_button = QPushButton(self.tr("&Name, number, phone…"))
        self.patient_button.setProperty("kind", "link")
        self.patient_button.setAccessibleName(self.tr("Edit the patient"))
        self.patient_button.setToolTip(self.tr("Edit the patient (Ctrl+E)"))
        self.patient_button.setAutoDefault(False)
        self.patient_button.clicked.connect(self.reject)
        self.patient_button.clicked.connect(self.patient_wanted)
        about = PlainLabel(self.state.about, "heading")
        about.setWordWrap(True)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        column = self.column
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        column.addWidget(about)
        first = FlowLayout(10, spread=True)
        first.addWidget(self.kinds)
        first.addWidget(self.patient_button)
        column.addLayout(first)
        for widget in (self._pages, self.foresight, self.reason, self._refusal):
            column.addWidget(widget)
        line = QHBoxLayout()
        line.addWidget(
            PlainLabel(self.tr("Enter changes, Esc closes and keeps what you typed"), "small")
        )
        line.addStretch(1)
        line.addWidget(cancel)
        line.addWidget(self.confirm_button)
        column.addLayout(line)

    def _page(self, *fields: tuple[str, QWidget]) -> QWidget:
        page = QWidget()
        form = QFormLayout(page)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, field in fields:
            form.addRow(PlainLabel(name, "muted"), field)
            if name:
                field.setAccessibleName(name)
        return page

    def _connect(self) -> None:
        self.kinds.chosen.connect(self._choose_kind)
        self.symptom.currentIndexChanged.connect(self._show_window)
        self.item.currentIndexChanged.connect(self._show_baseline)
        for signal in (
            self.date.dateChanged,
            self.profile.currentIndexChanged,
            self.levels.textChanged,
            self.side.currentIndexChanged,
            self.symptom.currentIndexChanged,
            self.expected.valueChanged,
            self.persistent.valueChanged,
            self.usual_window.toggled,
            self.item.currentIndexChanged,
            self.score.valueChanged,
            self.usual_score.toggled,
        ):
            signal.connect(self._on_edited)

    def _choose_kind(self, kind: str) -> None:
        number = [str(one) for one in _KINDS].index(kind)
        self._kind = _KINDS[number]
        self._pages.setCurrentIndex(number)
        self._on_edited()

    def _show_window(self) -> None:
        window = self._window()
        self.expected.setValue(window.expected)
        self.persistent.setValue(window.persistent)
        self.persistent.setEnabled(not window.is_one_day)
        _offer_usual(self.usual_window, self._about_window, window.usual, window.own)

    def _show_baseline(self) -> None:
        baseline = self._baseline()
        if baseline is None:
            return
        self.score.setValue(baseline.score or 0)
        _offer_usual(self.usual_score, self._about_baseline, baseline.usual, baseline.own)

    def _window(self) -> WindowChoice:
        return self.state.windows[max(self.symptom.currentIndex(), 0)]

    def _baseline(self) -> BaselineChoice | None:
        number = self.item.currentIndex()
        return self.state.baselines[number] if number >= 0 else None

    def _on_edited(self, *_value: object) -> None:
        """Something else stands in the fields: what was foreseen no longer holds."""
        self._foreseen = None
        for field in (self.expected, self.persistent):
            field.setEnabled(not self.usual_window.isChecked())
        self.persistent.setEnabled(
            not self.usual_window.isChecked() and not self._window().is_one_day
        )
        self.score.setEnabled(not self.usual_score.isChecked())
        self._refusal.hide()
        if self._is_changed():
            self._say(self.tr("Looking what would change…"))
            self._settled.start()
        else:
            self._settled.stop()
            self._say(self.tr("Nothing is changed yet."))
        self._enable()

    def _is_changed(self) -> bool:
        change = self.change()
        if change.kind == "procedure":
            return change != self.state.now
        if change.clear:
            return True
        if change.kind == "window":
            window = self._window()
            days = (change.expected, change.persistent)
            if window.is_one_day:
                return change.expected != window.expected
            return days != (window.expected, window.persistent)
        baseline = self._baseline()
        return baseline is not None and change.score != baseline.score

    def _ask(self) -> None:
        self.foresight_wanted.emit(self.change())

    def _say(self, text: str, *, bad: bool = False) -> None:
        self.foresight.setText(text)
        self.foresight.setProperty("bad", str(bad).lower())
        restyle(self.foresight)
        self.adjustSize()

    def _enable(self) -> None:
        ready = self._foreseen is not None and not self._foreseen.refusal
        self.confirm_button.setEnabled(ready and not self._storing and not self._is_stale)

    def _restore(self, draft: EpisodeDraft) -> None:
        change = draft.change
        self._kind = change.kind
        self.kinds.choose(change.kind)
        self.date.setDate(QDate(change.date.year, change.date.month, change.date.day))
        self.profile.setCurrentIndex(self.profile.findData(change.profile))
        self.levels.setText(", ".join(change.levels))
        self.side.setCurrentIndex(self.side.findData(change.side))
        if change.kind == "window":
            self.symptom.setCurrentIndex(self.symptom.findData(change.key))
            self.expected.setValue(change.expected)
            self.persistent.setValue(change.persistent)
            self.usual_window.setChecked(change.clear)
        if change.kind == "baseline":
            self.item.setCurrentIndex(self.item.findData(change.key))
            self.score.setValue(change.score)
            self.usual_score.setChecked(change.clear)
        self.reason.setPlainText(draft.reason)


def _choice(choices: Sequence[tuple[str, str]], chosen: str) -> QComboBox:
    box = ArrowBox()
    for code, words in choices:
        box.addItem(words, code)
    box.setCurrentIndex(max(box.findData(chosen), 0))
    return box


def _about() -> PlainLabel:
    label = PlainLabel(role="small")
    label.setWordWrap(True)
    return label


def _offer_usual(box: QCheckBox, about: PlainLabel, usual: str, own: str) -> None:
    """Offer to go back to what is usual where something was set for the patient."""
    box.setChecked(False)
    box.setVisible(bool(own))
    about.setText("\n".join(part for part in (usual, own) if part))


def _levels_in(text: str) -> tuple[str, ...]:
    """The levels that are written in a field, as the protocol writes them: "c4,c5" is C4 and C5."""
    return tuple(part.upper() for part in re.split(r"[\s,;]+", text) if part)
