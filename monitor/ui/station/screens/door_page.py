"""The door of the station: who can sign in, what they are asked for, and nothing of any patient."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from monitor.ui.shared.text_size import follow_text_size, text_scale
from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.doorway import DoorTile, Form
from monitor.ui.station.views import MonitoringState

_WIDTH = 640
_TILE = QSize(191, 72)
_TILES_AROUND, _BESIDE = 4, 48
_LABELS = 150


class DoorPage(QWidget):
    """What stands on the screen while nobody is signed in.

    Signals:
        chosen: who wants to sign in (DoorTile).
        submitted: what was typed into the form (dict of str by key).
        skipped: the button beside it was pressed: back, or not now.
        other_wanted: the password is to be asked for, not the PIN.
    """

    chosen = Signal(object)
    submitted = Signal(object)
    skipped = Signal()
    other_wanted = Signal()

    def __init__(self, clinic_name: str, version: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "wash")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.alarm = _strip("alarm sentence")
        self.calls = _strip("banner")
        self.urgent = _strip("urgent")
        self.tiles = _Tiles()
        self.tiles.itemActivated.connect(self._choose)
        self.tiles.setAccessibleName(self.tr("Who are you?"))
        self.form = FormCard()
        self.form.submitted.connect(self.submitted)
        self.form.skipped.connect(self.skipped)
        self.form.other_wanted.connect(self.other_wanted)
        self._said = PlainLabel(role="refusal")
        self._said.setWordWrap(True)
        self._said.hide()
        self._foot = PlainLabel(role="small")
        self.clinic, self._version = clinic_name, version
        self._lay_out()
        self.show_monitoring(MonitoringState("unknown", ""))

    def show_tiles(self, tiles: Sequence[DoorTile]) -> None:
        """Ask who it is; the one who was chosen before stays chosen."""
        before = self.tiles.currentItem().text() if self.tiles.currentItem() else ""
        self.tiles.clear()
        for tile in tiles:
            item = QListWidgetItem(f"{tile.name}\n{tile.role}")
            item.setData(Qt.ItemDataRole.UserRole, tile)
            item.setToolTip(tile.hint)
            item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            item.setSizeHint(self.tiles.tile)
            self.tiles.addItem(item)
        found = self.tiles.findItems(before, Qt.MatchFlag.MatchExactly) if before else []
        self.tiles.setCurrentItem(found[0] if found else self.tiles.item(0))
        self.tiles.updateGeometry()
        self._middle.setCurrentWidget(self._who)
        self.tiles.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_form(self, form: Form) -> None:
        """Ask for what the form asks for."""
        self.form.show_form(form)
        self._middle.setCurrentWidget(self.form)
        self.form.take_keyboard()

    def show_refusal(self, text: str) -> None:
        """Say why somebody was not let in; secrets that were typed are gone."""
        if self._middle.currentWidget() is self.form:
            self.form.show_refusal(text)
        else:
            self._said.setText(text)
            self._said.show()

    def show_monitoring(self, state: MonitoringState) -> None:
        """Say how monitoring is; where it is not well, in red over the whole width."""
        is_ill = state.state in ("stopped", "bad")
        self.alarm.setText(f"{state.text} {state.advice}".strip() if is_ill else "")
        self.alarm.setVisible(is_ill)
        parts = (self.clinic, state.text if not is_ill else "", f"Rootwatch {self._version}")
        self._foot.setText(" · ".join(part for part in parts if part))

    def show_calls(self, text: str) -> None:
        """Say that a kiosk calls, without a name; "" where none does."""
        self.calls.setText(text)
        self.calls.setVisible(bool(text))

    def show_red(self, count: int) -> None:
        """Say how many red alerts nobody has seen."""
        said = self.tr("1 alert: act now. Sign in to see it.")
        if count > 1:
            said = self.tr("{n} alerts: act now. Sign in to see them.").format(n=count)
        self.urgent.setText(said)
        self.urgent.setVisible(bool(count))

    def _choose(self, item: QListWidgetItem) -> None:
        self._said.hide()
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))

    def _widen(self) -> None:
        """What is asked is as wide as its text wants, and no wider than the window."""
        width = round(_WIDTH * text_scale(self))
        self._middle.setFixedWidth(min(width, max(_WIDTH, self.width() - _BESIDE)))
        for number in range(self.tiles.count()):
            self.tiles.item(number).setSizeHint(self.tiles.tile)
        self.tiles.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._widen()

    def _lay_out(self) -> None:
        self._who = QFrame()
        self._who.setProperty("card", "true")
        column = QVBoxLayout(self._who)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(PlainLabel(self.tr("Who are you?"), "heading"))
        column.addWidget(self.tiles)
        column.addWidget(self._said)
        hint = self.tr("Arrows and Enter, or the first letters of your name")
        column.addWidget(PlainLabel(hint, "small"))
        self._middle = QStackedWidget()
        self._middle.addWidget(self._who)
        self._middle.addWidget(self.form)
        follow_text_size(self, lambda _scale: self._widen())
        self._middle.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum)
        brand = QVBoxLayout()
        brand.setSpacing(2)
        brand.addWidget(PlainLabel("Rootwatch", "brand"), 0, Qt.AlignmentFlag.AlignHCenter)
        brand.addWidget(PlainLabel(self.clinic, "title"), 0, Qt.AlignmentFlag.AlignHCenter)
        row = QHBoxLayout()  # not an alignment: that lets lines wrap for the whole width
        row.addStretch(1)
        row.addWidget(self._middle)
        row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 12)
        whole.setSpacing(0)
        for strip in (self.alarm, self.urgent, self.calls):
            whole.addWidget(strip)
        whole.addStretch(2)
        whole.addLayout(brand)
        whole.addSpacing(20)
        whole.addLayout(row)
        whole.addStretch(3)
        whole.addWidget(self._foot, 0, Qt.AlignmentFlag.AlignHCenter)


class _Tiles(QListWidget):
    """Names in rows of tiles: arrows go from one to the next, Enter or a click chooses."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "tiles")
        self.setViewMode(QListWidget.ViewMode.IconMode)
        self.setFlow(QListWidget.Flow.LeftToRight)
        self.setMovement(QListWidget.Movement.Static)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setWordWrap(True)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(self.itemActivated)

    @property
    def tile(self) -> QSize:
        """How large a tile is with the text as large as it is."""
        return _TILE * text_scale(self)

    def sizeHint(self) -> QSize:
        """As high as four rows at most; more scroll."""
        across = max(1, (self.width() - _TILES_AROUND) // self.tile.width())
        rows = -(-max(1, self.count()) // across)
        return QSize(self.width(), min(rows, 4) * self.tile.height() + _TILES_AROUND)

    def minimumSizeHint(self) -> QSize:
        """One row and a little: where there are alarms above in large text, the rest scrolls."""
        least = round(1.5 * self.tile.height())
        return QSize(self.tile.width(), min(self.sizeHint().height(), least))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if (item := self.currentItem()) is not None:
                self.itemActivated.emit(item)
            return
        super().keyPressEvent(event)


class FormCard(QFrame):
    """A heading, a few lines to fill in, and what is to be done with them.

    Signals:
        submitted: what was typed (dict of str by key); secrets are gone from the lines.
        skipped: the button beside it, or Esc.
        other_wanted: the link below.
    """

    submitted = Signal(object)
    skipped = Signal()
    other_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "true")
        self.lines: dict[str, QLineEdit] = {}
        self._heading = PlainLabel(role="heading")
        self._text = PlainLabel(role="muted")
        self.refusal = PlainLabel(role="refusal")
        for label in (self._heading, self._text, self.refusal):
            label.setWordWrap(True)
        self._fields = QGridLayout()
        self._fields.setHorizontalSpacing(12)
        self._fields.setVerticalSpacing(8)
        follow_text_size(self, self._follow)
        self.go = QPushButton()
        self.go.setProperty("kind", "primary")
        self.back = QPushButton()
        self.other = QPushButton()
        self.other.setProperty("kind", "link")
        self.go.clicked.connect(self.submit)
        self.back.clicked.connect(self.skipped)
        self.other.clicked.connect(self.other_wanted)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addWidget(self.other)
        buttons.addStretch(1)
        buttons.addWidget(self.back)
        buttons.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(self._heading)
        column.addWidget(self._text)
        column.addLayout(self._fields)
        column.addWidget(self.refusal)
        column.addLayout(buttons)

    def _follow(self, scale: float) -> None:
        self._fields.setColumnMinimumWidth(0, round(_LABELS * scale))

    def show_form(self, form: Form) -> None:
        """Ask for what the form asks for; what stood in the lines is gone."""
        for line in self.lines.values():
            line.clear()
        while self._fields.count():
            item = self._fields.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.lines = {}
        for row, field in enumerate(form.fields):
            line = QLineEdit()
            line.setAccessibleName(field.label)
            if field.is_secret:
                line.setEchoMode(QLineEdit.EchoMode.Password)
                line.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
            line.returnPressed.connect(lambda key=field.key: self._go_on_from(key))
            label = PlainLabel(field.label)
            self._fields.addWidget(label, row, 0)
            self._fields.addWidget(line, row, 1)
            self.lines[field.key] = line
        self._heading.setText(form.heading)
        self._text.setText(form.text)
        self.go.setText(form.go)
        self.back.setText(form.back)
        self.back.setVisible(bool(form.back))
        self.other.setText(form.other)
        self.other.setVisible(bool(form.other))
        self.refusal.hide()
        self._wait(False)
        self._set_order()

    def _set_order(self) -> None:
        widgets = [*self.lines.values(), self.go, self.back, self.other]
        for before, after in pairwise(widgets):
            self.setTabOrder(before, after)

    def take_keyboard(self) -> None:
        """Give the keyboard to the first line."""
        next(iter(self.lines.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_refusal(self, text: str) -> None:
        """Say what was wrong, and ask once more."""
        self.refusal.setText(text)
        self.refusal.show()
        self._wait(False)
        for line in self.lines.values():
            if line.echoMode() is QLineEdit.EchoMode.Password:
                line.setFocus(Qt.FocusReason.OtherFocusReason)
                break

    def submit(self) -> None:
        """Send what was typed, once every line has something in it."""
        if not self.go.isEnabled():
            return
        for line in self.lines.values():
            if not line.text():
                line.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        said = {key: line.text() for key, line in self.lines.items()}
        for line in self.lines.values():
            if line.echoMode() is QLineEdit.EchoMode.Password:
                line.clear()
        self._wait(True)
        self.submitted.emit(said)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.back.isHidden():
            self.skipped.emit()
            return
        super().keyPressEvent(event)

    def _go_on_from(self, key: str) -> None:
        keys = list(self.lines)
        if key == keys[-1]:
            self.submit()
        else:
            self.lines[keys[keys.index(key) + 1]].setFocus(Qt.FocusReason.TabFocusReason)

    def _wait(self, waits: bool) -> None:
        """The button is pressed once; it takes a moment to look a secret up."""
        self.go.setEnabled(not waits)


def _strip(role: str) -> PlainLabel:
    label = PlainLabel(role=role)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    label.hide()
    return label
