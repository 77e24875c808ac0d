"""The slip and the card that a patient takes along: drawn alike on glass and on paper."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from monitor.ui.shared.theme import Theme
from monitor.ui.station.forms import Paper

PAGE = QSizeF(105, 148)
"""What is drawn, in millimetres: an A6. On other paper it is as wide as that."""
_UNIT = 100
"""So many units are a millimetre: fonts have whole sizes."""
_MARGIN = 9.0
_TITLE, _WHO, _CODE, _TEXT, _SMALL = 5.0, 7.5, 15.0, 4.4, 3.6
_SQUARE = 40.0
_GAP, _INDENT = 3.0, 7.0
_QUIET = 4
"""So many cells around its square a reader wants empty."""


class _Pen:
    """Writes from top to bottom, in millimetres of the page; `y` is how far it came.

    `is_dry`: nothing is drawn, to see how much room it takes.
    """

    def __init__(self, painter: QPainter, theme: Theme, *, is_dry: bool) -> None:
        self._painter = painter
        self._is_dry = is_dry
        self._family = theme.font_family
        self._ink = QColor(theme.ink)
        self.y = _MARGIN
        painter.setPen(self._ink)

    def write(
        self, text: str, size: float, *, bold: bool = False, centred: bool = False, left: float = 0
    ) -> None:
        """Write a paragraph; size: of its letters, left: how far it is indented, in millimetres."""
        font = QFont(self._family)
        font.setPixelSize(round(size * _UNIT))
        font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Medium)
        self._painter.setFont(font)
        align = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
        flags = int(align | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
        room = _rect(_MARGIN + left, self.y, PAGE.width() - 2 * _MARGIN - left, PAGE.height())
        taken = self._painter.boundingRect(room, flags, text)
        if not self._is_dry:
            self._painter.drawText(room, flags, text)
        self.y += taken.height() / _UNIT

    def step(self, number: int, text: str) -> None:
        """Write one of several things to do, its number before it."""
        top = self.y
        self.write(f"{number}.", _TEXT, bold=True)
        self.y = top
        self.write(text, _TEXT, left=_INDENT)
        self.y += 1

    def rule(self) -> None:
        """Draw a line across."""
        self.y += _GAP
        if not self._is_dry:
            line = _rect(_MARGIN, self.y, PAGE.width() - 2 * _MARGIN, 0.3)
            self._painter.fillRect(line, self._ink)
        self.y += _GAP

    def square(self, scan: str) -> None:
        """Draw the square in which a reader finds `scan`."""
        import segno  # noqa: PLC0415 (with the first slip, not with the station)

        cells = segno.make_qr(scan, error="m").matrix
        side = _SQUARE / (len(cells) + 2 * _QUIET)
        left = (PAGE.width() - _SQUARE) / 2 + _QUIET * side
        path = QPainterPath()
        for row, line in enumerate(cells):
            for column, is_dark in enumerate(line):
                if is_dark:
                    place = (left + column * side, self.y + (row + _QUIET) * side, side, side)
                    path.addRect(QRectF(*(value * _UNIT for value in place)))
        if not self._is_dry:
            self._painter.fillPath(path.simplified(), self._ink)
        self.y += _SQUARE


def draw(painter: QPainter, target: QRect, paper: Paper, theme: Theme) -> None:
    """Draw a slip or card over the width of `target`; black on white says all of it."""
    painter.save()
    scale = target.width() / (PAGE.width() * _UNIT)
    painter.translate(target.topLeft())
    painter.scale(scale, scale)
    dry = _Pen(painter, theme, is_dry=True)
    _write(dry, paper)
    whole = PAGE.width() * _UNIT
    shrunk = min(1.0, PAGE.height() / (dry.y + _MARGIN))  # a long name takes more room
    painter.translate((1 - shrunk) * whole / 2, 0)
    painter.scale(shrunk, shrunk)
    _write(_Pen(painter, theme, is_dry=False), paper)
    painter.restore()


def _write(pen: _Pen, paper: Paper) -> None:
    pen.write(paper.title, _TITLE)
    pen.write(paper.who, _WHO, bold=True)
    pen.rule()
    pen.write(paper.code, _CODE, bold=True, centred=True)
    if paper.scan:
        pen.square(paper.scan)
    pen.write(paper.until, _TEXT, bold=True, centred=True)
    pen.rule()
    for number, step in enumerate(paper.steps, 1):
        pen.step(number, step)
    pen.y += 1
    pen.write(paper.foot, _SMALL)


class SlipPreview(QWidget):
    """The slip or card as it will be printed, as large as there is room."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._paper: Paper | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_paper(self, paper: Paper | None) -> None:
        """Show what would be printed; None while it is made."""
        self._paper = paper
        said = (paper.title, paper.who, paper.code, paper.until, *paper.steps) if paper else ()
        self.setAccessibleName(". ".join(said))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            size = PAGE.scaled(QSizeF(self.size()), Qt.AspectRatioMode.KeepAspectRatio).toSize()
            place = QRect(0, 0, size.width() - 1, size.height() - 1)
            place.moveCenter(self.rect().center())
            painter.fillRect(place, QColor(self._theme.paper))
            if self._paper is not None:
                draw(painter, place, self._paper, self._theme)
            painter.setPen(QColor(self._theme.edge))
            painter.drawRect(place)


def _rect(left: float, top: float, width: float, height: float) -> QRect:
    """A rectangle of the page, from millimetres."""
    return QRectF(left * _UNIT, top * _UNIT, width * _UNIT, height * _UNIT).toRect()
