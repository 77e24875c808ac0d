"""One form for a new patient, for a further procedure, or for what is known of a patient."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from monitor.ui.shared.text_size import follow_text_size
from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.forms import REASON, SCORE, Alike, Faults, FormKind, FormState, FormTyped
from monitor.ui.station.screens.date_field import DateField, Said
from monitor.ui.station.screens.duplicates import Duplicates
from monitor.ui.station.screens.form_field import FormField
from monitor.ui.station.screens.note_field import NoteField
from monitor.ui.station.screens.patient_fields import PatientFields
from monitor.ui.station.screens.procedure_fields import ProcedureFields
from monitor.ui.station.screens.room import keep_fitted

_SETTLED_MS = 200
"""For so long nothing may be typed before it is asked who is alike."""
_COLUMN, _PANEL, _WIDEST_PANEL = 352, 316, 420
_SIDE_BY_SIDE = 1.25
"""With text larger than this the procedure stands below the patient."""
"""So much of the window is seen around the form at least: a frame and a title bar."""
_HEIGHTS: dict[FormKind, int] = {"register": 720, "further": 560, "patient": 660}
_IDENTITY = ("family_name", "given_name", "number")


class RegisterDialog(QDialog):
    """Asks in two columns; who may be the same person stands at the right.

    Whatever is wrong is said beside its field, all of it at once. Esc closes it; whoever opened
    it keeps the draft.

    Signals:
        alike_wanted: who is like this person? (PatientTyped)
        confirmed: what is to be stored (FormTyped).
        open_wanted: this patient is the one: open them (Alike).
        add_wanted: this patient is the one: the procedure is theirs (Alike).
    """

    alike_wanted = Signal(object)
    confirmed = Signal(object)
    open_wanted = Signal(object)
    add_wanted = Signal(object)

    def __init__(
        self, state: FormState, said_birth: Said, said_day: Said, parent: QWidget | None = None
    ) -> None:
        """said_birth, said_day: how a date of birth, and that of a procedure, are said back."""
        super().__init__(parent)
        self.state = state
        self.patient: PatientFields | None = None
        self.procedure: ProcedureFields | None = None
        self.duplicates: Duplicates | None = None
        self.fields: dict[str, FormField] = {}
        if state.kind != "further":
            self.patient = PatientFields(
                state.typed.patient, state.sexes, state.languages, said_birth, state.today
            )
            self.fields |= self.patient.fields
            self.duplicates = Duplicates(offers_adding=state.kind == "register")
        if state.kind != "patient":
            self.procedure = ProcedureFields(state, said_day)
            self.fields |= self.procedure.fields
        self.reason = NoteField(self.tr("Why"), self.tr("Such as: name after marriage"))
        self.reason.setPlainText(state.typed.reason)
        self.reason.confirmed.connect(self.confirm)
        asks = self.tr("Why is the identity changed? It stands in the record.")
        self._why = FormField(asks, self.reason)
        self.fields[REASON] = self._why
        self._refusal = PlainLabel(role="refusal")
        self._refusal.setWordWrap(True)
        self._refusal.hide()
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(self._ask)
        self.confirm_button = QPushButton(self._verb())
        self._build()
        self._connect()
        self._show_reason()
        self._left: QWidget = self
        self._settled.start()

    @property
    def refusal(self) -> str:
        """What stands in the way of the whole form, "" for nothing."""
        return "" if self._refusal.isHidden() else self._refusal.text()

    @property
    def faults(self) -> dict[str, str]:
        """Name of a field -> what is said to be wrong with it."""
        return {name: field.fault for name, field in self.fields.items() if field.fault}

    def typed(self) -> FormTyped:
        """The form as it stands."""
        return FormTyped(
            self.patient.typed() if self.patient else self.state.typed.patient,
            self.procedure.typed() if self.procedure else self.state.typed.procedure,
            self.reason.toPlainText().strip(),
        )

    def confirm(self) -> None:
        """Tell what is to be stored, once."""
        if not self.confirm_button.isEnabled():
            return
        self._refusal.hide()
        self.confirm_button.setEnabled(False)
        self.confirmed.emit(self.typed())

    def show_faults(self, faults: Faults) -> None:
        """Say all that is wrong, each beside its field; the first one gets the keyboard."""
        self.confirm_button.setEnabled(True)
        for name, field in self.fields.items():
            field.show_fault(faults.get(name, ""))
        wrong = [name for name in self.fields if name in faults]
        if self.procedure and any(name.startswith(SCORE) for name in wrong):
            self.procedure.unfold_scores()
        if wrong:
            self._focus(self.fields[wrong[0]].field)

    def show_refusal(self, text: str, *, again: bool) -> None:
        """Say why nothing was stored; what was typed stays. `again`: it may be tried once more."""
        self._refusal.setText(text)
        self._refusal.show()
        self.confirm_button.setEnabled(again)

    def show_alike(self, alike: tuple[Alike, ...] | None) -> None:
        """Show who may be the same person; None while there is too little to ask by."""
        if self.duplicates is not None:
            self.duplicates.show_alike(alike)

    def _verb(self) -> str:
        return {
            "register": self.tr("Register"),
            "further": self.tr("Add the procedure"),
            "patient": self.tr("Change"),
        }[self.state.kind]

    def _title(self) -> str:
        return {
            "register": self.tr("Register a patient"),
            "further": self.tr("Add a procedure"),
            "patient": self.tr("Edit the patient"),
        }[self.state.kind]

    def _build(self) -> None:
        self.setWindowTitle(self._title())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._head())
        middle = QHBoxLayout()
        middle.setContentsMargins(20, 6, 0, 0)
        middle.setSpacing(14)
        middle.addWidget(self._form(), 1)
        if self.duplicates is not None:
            middle.addWidget(self._panel(self.duplicates))
        whole.addLayout(middle, 1)
        whole.addLayout(self._foot())
        columns = (self.patient is not None) + (self.procedure is not None)
        panel = _PANEL if self.duplicates is not None else _COLUMN // 3
        size = QSize(columns * _COLUMN + panel + 76, _HEIGHTS[self.state.kind])
        keep_fitted(self, size)

    def _head(self) -> QVBoxLayout:
        head = QVBoxLayout()
        head.setContentsMargins(20, 16, 20, 8)
        head.setSpacing(2)
        head.addWidget(PlainLabel(self._title(), "title"))
        if self.state.about:
            about = PlainLabel(self.state.about, "muted")
            about.setWordWrap(True)
            head.addWidget(about)
        return head

    def _form(self) -> QWidget:
        page = QWidget()
        page.setProperty("ground", "wash")
        columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(28)
        follow_text_size(self, partial(_turn, columns))
        for part, heading in ((self.patient, self.tr("Patient")),
                              (self.procedure, self.tr("Procedure"))):  # fmt: skip
            if part is None:
                continue
            column = QVBoxLayout()
            column.setSpacing(8)
            if self.state.kind == "register":
                column.addWidget(PlainLabel(heading, "heading"))
            column.addWidget(part, 1)
            columns.addLayout(column, 1)
        rows = QVBoxLayout(page)
        rows.setContentsMargins(0, 0, 14, 8)
        rows.setSpacing(10)
        rows.addLayout(columns, 1)
        rows.addWidget(self._why)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setProperty("page", "true")
        self._area.setWidget(page)
        return self._area

    def _panel(self, duplicates: Duplicates) -> QFrame:
        panel = QFrame()
        panel.setProperty("panel", "right")
        follow_text_size(
            panel, lambda by: panel.setFixedWidth(round(min(_PANEL * by, _WIDEST_PANEL)))
        )
        column = QVBoxLayout(panel)
        column.setContentsMargins(16, 0, 12, 8)
        column.addWidget(duplicates)
        return panel

    def _foot(self) -> QVBoxLayout:
        hint = PlainLabel(self.tr("Enter confirms, Esc keeps what you typed"), "small")
        hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.confirm_button.setProperty("kind", "primary")
        self.confirm_button.setDefault(True)
        line = QHBoxLayout()
        line.addWidget(hint, 1)
        line.addWidget(cancel)
        line.addWidget(self.confirm_button)
        foot = QVBoxLayout()
        foot.setContentsMargins(20, 8, 20, 16)
        foot.setSpacing(8)
        foot.addWidget(self._refusal)
        foot.addLayout(line)
        return foot

    def _connect(self) -> None:
        self.confirm_button.clicked.connect(self.confirm)
        if self.patient is not None:
            self.patient.changed.connect(self._on_edited)
        if self.duplicates is not None:
            self.duplicates.open_wanted.connect(self.open_wanted)
            self.duplicates.add_wanted.connect(self.add_wanted)
            switch = QShortcut(QKeySequence("F6"), self)
            switch.activated.connect(self._switch)

    def _on_edited(self) -> None:
        self._settled.start()
        self._show_reason()

    def _ask(self) -> None:
        if self.patient is not None:
            self.alike_wanted.emit(self.patient.typed())

    def _show_reason(self) -> None:
        self._why.setVisible(self._is_somebody_else())

    def _is_somebody_else(self) -> bool:
        """Whether what tells people apart is no longer what is stored."""
        if self.state.known is None or self.patient is None:
            return False
        now, known = self.patient.typed(), self.state.known
        if self.patient.birth_date.date != self.state.born:
            return True
        return any(getattr(now, name) != getattr(known, name) for name in _IDENTITY)

    def _switch(self) -> None:
        """From the form to who is alike, and back to where the keyboard was."""
        if self.duplicates is None:
            return
        here = self.focusWidget()
        if here is not None and self.duplicates.isAncestorOf(here):
            self._focus(self._left)
        elif self.duplicates.take_keyboard():
            self._left = here or self

    def _focus(self, widget: QWidget) -> None:
        if isinstance(widget, DateField):
            widget.take_keyboard()
        else:
            widget.setFocus(Qt.FocusReason.TabFocusReason)
        self._area.ensureWidgetVisible(widget)


def _turn(columns: QBoxLayout, text_scale: float) -> None:
    """Let columns stand one below the other where text is large."""
    way = QBoxLayout.Direction
    columns.setDirection(way.LeftToRight if text_scale <= _SIDE_BY_SIDE else way.TopToBottom)
