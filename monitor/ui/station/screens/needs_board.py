"""The board of needs above the rows: every list with its shape, its words and its count."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QWidget,
)

from monitor.ui.shared.text_size import text_scale
from monitor.ui.shared.theme import Theme
from monitor.ui.shared.widgets.priority_shape import paint_priority
from monitor.ui.station.screens.signs import paint_sign
from monitor.ui.station.views import Need

_ROWS = 5
"""In each of the two columns below the first list, which is as wide as both."""
_LEFT, _RIGHT, _SHAPE, _GAP = 8, 8, 14, 8
_STEPS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


def _place_of(number: int) -> tuple[int, int]:
    """The row and column of the list of that number."""
    return (0, 0) if number == 0 else ((number - 1) % _ROWS + 1, (number - 1) // _ROWS)


def _number_at(row: int, column: int) -> int:
    """The number of the list there; the first is in both columns."""
    return 0 if row == 0 else column * _ROWS + row


class NeedButton(QAbstractButton):
    """One list: shape, words and count on one line; the chosen one stands on the accent."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._need = Need("worklist", "")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard with the rows
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_need(self, need: Need, hint: str) -> None:
        """hint: what to press for it."""
        if need == self._need:
            return
        self._need = need
        self.setText(need.label if need.count is None else f"{need.label} {need.count}")
        self.setToolTip(f"{need.label}  {hint}".strip())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, QFontMetrics(self._font()).height() + 9)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _font(self, strong: bool = False) -> QFont:
        font = QFont(self._theme.font_family)
        font.setPixelSize(round(self._theme.sizes["text"] * text_scale(self)))
        font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        return font

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            theme, need = self._theme, self._need
            self._paint_ground(painter)
            has_shape = need.priority is not None or need.sign != ""
            side = _SHAPE * text_scale(self)
            shape = QRectF(_LEFT, (self.height() - side) / 2, side, side)
            if need.priority is not None:
                paint_priority(painter, shape, need.priority, theme)
            else:
                paint_sign(painter, shape, need.sign, theme)
            left = _LEFT + (round(side) + _GAP if has_shape else 0)
            line = self.rect().adjusted(left, 0, -_RIGHT, 0)
            middle = Qt.AlignmentFlag.AlignVCenter
            # Red in the figure only where somebody waits for it; a nought is no news.
            ink = theme.muted
            if need.count:
                ink = theme.red_ink if need.key == "red" else theme.ink
            painter.setPen(QColor(ink))
            painter.setFont(self._font(strong=bool(need.count)))
            count = "" if need.count is None else f"{need.count:,}".replace(",", "\u202f")
            painter.drawText(line, int(Qt.AlignmentFlag.AlignRight | middle), count)
            room = line.width() - painter.fontMetrics().horizontalAdvance(count) - 6
            painter.setPen(QColor(theme.accent if self.isChecked() else theme.ink))
            painter.setFont(self._font(strong=self.isChecked() or not has_shape))
            label = painter.fontMetrics().elidedText(need.label, Qt.TextElideMode.ElideRight, room)
            painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft | middle), label)

    def _paint_ground(self, painter: QPainter) -> None:
        theme = self._theme
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.isChecked() or self.underMouse():
            painter.setPen(QPen(QColor(theme.accent), 1) if self.isChecked() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent_wash if self.isChecked() else theme.wash))
            painter.drawRoundedRect(box, 5, 5)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)


class NeedsBoard(QWidget):
    """Two columns of lists of which one is chosen; the arrows walk from one to the next.

    Signals:
        chosen: the key of the list that a person chose (str).
        entered: the keyboard goes from the board to the rows.
        why_wanted: why the lists are in the order they are in is to be explained.
    """

    chosen = Signal(str)
    entered = Signal()
    why_wanted = Signal()

    def __init__(self, theme: Theme, hints: dict[str, str], parent: QWidget | None = None) -> None:
        """hints: what to press for each list, by its key."""
        super().__init__(parent)
        self.setAccessibleName(self.tr("Lists"))
        self._theme = theme
        self._hints = hints
        self._keys: list[str] = []
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(lambda number: self.chosen.emit(self._keys[number]))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(1)
        self._why = QPushButton("?")
        self._why.setProperty("kind", "round")
        self._why.setAccessibleName(self.tr("Why this order"))
        self._why.setToolTip(self.tr("Why the list is in this order (?)"))
        self._why.clicked.connect(self.why_wanted)

    def show_needs(self, needs: Sequence[Need], chosen: str) -> None:
        """Show the lists, the one of key `chosen` pressed; none where it is another."""
        if [need.key for need in needs] != self._keys:
            self._make(needs)
        self._group.setExclusive(chosen in self._keys)
        for number, need in enumerate(needs):
            button = self.button(need.key)
            button.show_need(need, self._hints.get(need.key, ""))
            button.setChecked(self._keys[number] == chosen)

    def button(self, key: str) -> NeedButton:
        found = self._group.button(self._keys.index(key))
        assert isinstance(found, NeedButton)
        return found

    def choose(self, key: str) -> None:
        """Press the button of a list as if a person had."""
        self.button(key).click()

    def _make(self, needs: Sequence[Need]) -> None:
        assert not self._keys, "the lists are the same for good"
        self._keys = [need.key for need in needs]
        for number in range(len(needs)):
            button = NeedButton(self._theme, self)
            button.installEventFilter(self)
            self._group.addButton(button, number)
            row, column = _place_of(number)
            if number:
                self._grid.addWidget(button, row, column)
            else:
                self._grid.addLayout(self._first_line(button), 0, 0, 1, 2)

    def _first_line(self, button: NeedButton) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(button, 1)
        line.addWidget(self._why)
        return line

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.entered.emit()
                return True
            if key in _STEPS and isinstance(watched, NeedButton):
                self._walk(self._group.id(watched), *_STEPS[key])
                return True
        return super().eventFilter(watched, event)

    def _walk(self, number: int, down: int, right: int) -> None:
        row, column = _place_of(number)
        row, column = row + down, column + right
        if 0 <= row <= _ROWS and 0 <= column <= 1:
            button = self._group.button(_number_at(row, column))
            button.setFocus(Qt.FocusReason.TabFocusReason)
            button.click()
