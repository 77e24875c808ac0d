"""How large the text of a window is: its reader chooses, and all beside the text follows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSettings, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

STEPS = (1.0, 1.25, 1.5, 2.0)
"""The sizes there are, as multiples of the theme's."""
_KEPT_AS = "text_size_percent"
_PROPERTY = "textScale"
_LARGER = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)
"""With Ctrl; "=" is plus without Shift on many keyboards."""
_NEWS = frozenset({QEvent.Type.FontChange, QEvent.Type.Polish, QEvent.Type.ParentChange})


class TextSize(QObject):
    """One size for all windows of a program.

    Signals:
        changed: the size is another one (float, one of STEPS).
    """

    changed = Signal(float)

    def __init__(self, file: Path | None = None, parent: QObject | None = None) -> None:
        """file: where the size is kept for the next start; None keeps it for this one.

        What is in the file and is no size is the usual one: whoever can read nothing, or has
        another version, must not be kept from starting.
        """
        super().__init__(parent)
        format_ = QSettings.Format.IniFormat
        self._kept = QSettings(str(file), format_) if file is not None else None
        self._number = self._read()

    @property
    def scale(self) -> float:
        """How many times as large as usual."""
        return STEPS[self._number]

    def larger(self) -> None:
        """The next size, up to the largest."""
        self._choose(self._number + 1)

    def smaller(self) -> None:
        """The size before, down to the usual one."""
        self._choose(self._number - 1)

    def normal(self) -> None:
        """The usual size."""
        self._choose(0)

    def obey(self, event: QKeyEvent) -> bool:
        """Do what Ctrl with plus, minus or 0 says; False for any other key."""
        modifiers = event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        if modifiers != Qt.KeyboardModifier.ControlModifier:
            return False
        does: dict[int, Callable[[], None]] = {
            **dict.fromkeys(_LARGER, self.larger),
            Qt.Key.Key_Minus: self.smaller,
            Qt.Key.Key_0: self.normal,
        }
        do = does.get(event.key())
        if do is not None and event.type() == QEvent.Type.KeyPress:
            do()
        return do is not None

    def _choose(self, number: int) -> None:
        number = min(max(number, 0), len(STEPS) - 1)
        if number == self._number:
            return
        self._number = number
        if self._kept is not None:
            self._kept.setValue(_KEPT_AS, round(100 * self.scale))
        self.changed.emit(self.scale)

    def _read(self) -> int:
        if self._kept is None:
            return 0
        kept = str(self._kept.value(_KEPT_AS, ""))
        sizes = [str(round(100 * step)) for step in STEPS]
        return sizes.index(kept) if kept in sizes else 0


def set_text_scale(window: QWidget, scale: float) -> None:
    """Say how large the text in a window and its dialogs is; its style sheet makes it so after."""
    window.setProperty(_PROPERTY, scale)


def text_scale(widget: QWidget) -> float:
    """How many times as large as usual the text in a widget is."""
    each: QWidget | None = widget
    while each is not None:
        scale = each.property(_PROPERTY)
        if scale is not None:
            return float(scale)
        each = each.parentWidget()  # of a dialog the window that it was opened from
    return 1.0


def follow_text_size(widget: QWidget, fit: Callable[[float], None]) -> None:
    """Call `fit` with the size of the text now, and whenever it has become another."""
    _Follower(widget, fit)


class _Follower(QObject):
    """Qt tells a widget of its new font by an event, and nobody else by anything."""

    def __init__(self, widget: QWidget, fit: Callable[[float], None]) -> None:
        super().__init__(widget)
        self._widget = widget
        self._fit = fit
        self._scale = text_scale(widget)
        fit(self._scale)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _NEWS:
            scale = text_scale(self._widget)
            if scale != self._scale:
                self._scale = scale
                self._fit(scale)
        return False
