"""Lays widgets out like words: side by side, and on a new line where they do not fit."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLabel, QLayout, QLayoutItem, QSizePolicy, QWidget
from shiboken6 import isValid

_SLACK = 2


class FlowLayout(QLayout):
    """Left to right, then top to bottom; `gap` device-independent pixels apart.

    line_gap: between the lines, where that is another one.
    spread: every line is filled. What gives its own width up (the size policy Ignored) takes what
    the others leave; where nothing does, the last of a line stands at its right end.
    """

    def __init__(
        self,
        gap: int,
        parent: QWidget | None = None,
        *,
        line_gap: int | None = None,
        spread: bool = False,
    ) -> None:
        super().__init__(parent)
        self._gap = gap
        self._line_gap = gap if line_gap is None else line_gap
        self._spread = spread
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal if self._spread else Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        around = self.contentsMargins()
        inside = width - around.left() - around.right()
        return self._place(QRect(0, 0, inside, 0), move=False) + around.top() + around.bottom()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect.marginsRemoved(self.contentsMargins()), move=True)

    def sizeHint(self) -> QSize:
        shown = self._shown()
        width = sum(_width(item) for item in shown) + self._gap * max(0, len(shown) - 1)
        around = self.contentsMargins()
        return QSize(width + around.left() + around.right(), self.minimumSize().height())

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size.grownBy(self.contentsMargins())

    def _shown(self) -> list[QLayoutItem]:
        # Qt asks once more while a window is taken down, when its items are gone already
        return [item for item in self._items if isValid(item) and not item.isEmpty()]

    def _place(self, rect: QRect, *, move: bool) -> int:
        """The height that is needed in `rect`'s width."""
        y = rect.y()
        for line in self._lines(rect.width()):
            widths = self._widths(line, rect.width())
            pairs = list(zip(line, widths, strict=True))
            height = max(_height(item, width) for item, width in pairs)
            if move:
                self._move(pairs, QRect(rect.x(), y, rect.width(), height))
            y += height + self._line_gap
        return max(0, y - self._line_gap - rect.y())

    def _lines(self, room: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        used = 0
        for item in self._shown():
            width = min(_width(item), room)
            if not lines or used + self._gap + width > room:
                lines.append([item])
                used = width
            else:
                lines[-1].append(item)
                used += self._gap + width
        return lines

    def _widths(self, line: list[QLayoutItem], room: int) -> list[int]:
        widths = [min(_width(item), room) for item in line]
        greedy = [number for number, item in enumerate(line) if _is_greedy(item)]
        if self._spread and greedy:
            widths[greedy[0]] += room - sum(widths) - self._gap * (len(line) - 1)
        return widths

    def _move(self, pairs: list[tuple[QLayoutItem, int]], line: QRect) -> None:
        x = line.x()
        for number, (item, width) in enumerate(pairs, 1):
            if self._spread and number == len(pairs) > 1:
                x = line.right() + 1 - width
            # in a line of several heights each stands in the middle, or where it is aligned
            height = line.height() if self._spread else item.sizeHint().height()
            item.setGeometry(QRect(QPoint(x, line.y()), QSize(width, height)))
            x += width + self._gap


def _is_greedy(item: QLayoutItem) -> bool:
    widget = item.widget()
    ignored = QSizePolicy.Policy.Ignored
    return widget is not None and widget.sizePolicy().horizontalPolicy() is ignored


def _width(item: QLayoutItem) -> int:
    """What it would like to have; of a text that can wrap, a line of its own is enough."""
    if not _is_greedy(item):
        return item.sizeHint().width()
    widget = item.widget()
    if isinstance(widget, QLabel) and widget.wordWrap():
        widget.ensurePolished()
        return widget.fontMetrics().horizontalAdvance(widget.text()) + _SLACK
    return item.minimumSize().width()


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
