"""A dialog that is as high as its texts need in the width it has."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from monitor.ui.shared.text_size import follow_text_size
from monitor.ui.station.screens.flowing_page import FlowingPage, scrolled
from monitor.ui.station.screens.room import fitted, room_of

_ANY_HEIGHT = 0


class FittingDialog(QDialog):
    """Has a `column` of content and one width; where the window is too low for it, it scrolls.

    Qt would take the height that wrapped texts need in the narrowest width there can be, or that
    chips need on one line.
    """

    def __init__(self, parent: QWidget | None, width: int) -> None:
        """width: in device-independent pixels, with text of the usual size."""
        super().__init__(parent)
        self._wanted = QSize(width, _ANY_HEIGHT)
        page = FlowingPage()
        page.installEventFilter(self)
        self.column = page.column
        area = scrolled(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        whole.addWidget(area)
        follow_text_size(self, self._follow_text)

    def fit(self) -> None:
        """Take the height that the content needs now."""
        self.column.activate()
        needed = self.column.totalHeightForWidth(self.width())
        self.setFixedHeight(min(needed, room_of(self).height()))
        self._stay_on_screen()

    def _stay_on_screen(self) -> None:
        """Go up where it has grown below the screen's end: its buttons are at the bottom."""
        frame, free = self.frameGeometry(), self.screen().availableGeometry()
        below = self.y() + self.height() + (frame.height() - self.height()) - free.bottom() - 1
        if self.isVisible() and below > 0:
            self.move(self.x(), max(free.top(), frame.top() - below))

    def _follow_text(self, _text_scale: float) -> None:
        self.setFixedWidth(fitted(self, self._wanted).width())
        if self.isVisible():
            self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Texts on it have changed."""
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self.fit()
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        self.fit()
        super().showEvent(event)
