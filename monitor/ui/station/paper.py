"""A4 pages with the same head and foot on each: for a printer, a PDF file, and to look at before.

Everything is laid out once in units of a tenth of a point, whatever it is drawn on, so that all
three show the same pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Literal

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QMarginsF,
    QRectF,
    QSaveFile,
    QSizeF,
    Qt,
    QUrl,
)
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextDocument,
    QTextOption,
)
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtSvg import QSvgRenderer

from monitor.ui.shared.theme import Theme

Shape = Literal["portrait", "landscape"]

_UNITS = 10
"""Per point: letters are laid out so finely that rounding is not seen."""
_POINTS_PER_INCH = 72
_SHORT, _LONG = 5950.0, 8420.0
"""A4, in units."""
_MARGIN = 380.0
_GAP = 90.0
"""Between head, body and foot."""
_TEXT, _SMALL, _HEADING, _TITLE = 85, 70, 100, 130
"""Letter sizes, in units."""
_ABOVE_HEADING = 70
_CHART = "chart"
_LOOKS_ONLY = ("calt", "case")
"""Features of a font that exchange letters by their neighbours: a PDF reader that searches or
copies does not find what was exchanged ("11:02" became "11102")."""
_PDF_DPI = 300

_STYLE = """
body {{ font-size: {text}px; color: {ink}; }}
h1 {{ font-size: {title}px; font-weight: 600; margin: 0; }}
.heading {{ font-size: {heading}px; font-weight: 600; margin-top: {above}px; margin-bottom: 15px; }}
p {{ margin-top: 0; margin-bottom: 25px; }}
td, th {{ font-size: {text}px; text-align: left; vertical-align: top; }}
th {{ font-size: {small}px; font-weight: 600; }}
.cell {{ border-bottom-width: 4px; border-bottom-style: solid; border-bottom-color: {edge}; }}
.small {{ font-size: {small}px; color: {muted}; }}
"""


@dataclass(frozen=True)
class Content:
    """What stands on a paper: `head` and `foot` on every page, `body` flows; all of it HTML.

    `{page}` and `{pages}` in the foot are filled in. `chart` is an SVG picture (b"": none) with
    the height `chart_share` of its width; it stands where the body has `CHART`. `title` and
    `file_name` name nobody: both are read by whoever sees a folder or a printer's queue.
    """

    title: str
    file_name: str
    head: str
    body: str
    foot: str
    shape: Shape = "portrait"
    chart: bytes = b""
    chart_share: float = 0.0


CHART = "<!-- chart -->"


def lines(*parts: str) -> str:
    """Texts of people and clinics, each on a line, as they were typed."""
    return "<br>".join(escape(part) for part in parts if part)


def row(*cells: str) -> str:
    """One row of a table; the cells are HTML."""
    return "<tr>" + "".join(f'<td class="cell">{cell}</td>' for cell in cells) + "</tr>"


def table(head: tuple[str, ...], body: list[str], widths: tuple[int, ...]) -> str:
    """A table of the whole width; its head is on every page. widths: in per cent.

    A heading or nothing stands below it: Qt 6.11 lays a text there across the end of a page.
    """
    columns = "".join(
        f'<th class="cell" width="{width}%">{escape(name)}</th>'
        for name, width in zip(head, widths, strict=True)
    )
    return (
        '<table width="100%" cellspacing="0" cellpadding="16">'
        f"<thead><tr>{columns}</tr></thead>{''.join(body)}</table>"
    )


class Paper:
    """Content laid out on pages."""

    def __init__(self, content: Content, theme: Theme) -> None:
        self.title, self.file_name = content.title, content.file_name
        self._theme = theme
        self._content = content
        self._is_portrait = content.shape == "portrait"
        short, long = (_SHORT, _LONG) if self._is_portrait else (_LONG, _SHORT)
        self.size = QSizeF(short, long)
        self._width = short - 2 * _MARGIN
        self._head = self._laid_out(content.head)
        foot = self._laid_out(content.foot)
        self._top = _MARGIN + self._head.size().height() + _GAP
        self._foot_top = long - _MARGIN - foot.size().height()
        self._height = self._foot_top - _GAP - self._top
        self._chart = QSvgRenderer(QByteArray(content.chart)) if content.chart else None
        self._body = self._laid_out(self._with_chart(content), self._height)
        self._chart_top = self._find_chart()

    @property
    def pages(self) -> int:
        return self._body.pageCount()

    def picture(self, page: int, width: int) -> QImage:
        """A page, from 0, as it will be printed. width: in pixels."""
        scale = width / self.size.width()
        image = QImage(width, round(self.size.height() * scale), QImage.Format.Format_RGB32)
        image.fill(QColor(self._theme.paper))
        with QPainter(image) as painter:
            painter.setRenderHints(
                QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing
            )
            painter.scale(scale, scale)
            self._paint(painter, page)
        return image

    def pdf(self) -> bytes:
        """The whole paper as a PDF file, with text that can be searched."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setTitle(self.title)
        writer.setCreator("Rootwatch")
        writer.setResolution(_PDF_DPI)
        writer.setPageLayout(self._layout())
        self._paint_all(writer, _PDF_DPI)
        buffer.close()
        return bytes(buffer.data().data())

    def save(self, path: str) -> str:
        """Write the PDF file, whole or not at all; "" where that was done, else why not."""
        file = QSaveFile(path)
        if not file.open(QIODevice.OpenModeFlag.WriteOnly):
            return file.errorString()
        file.write(self.pdf())
        return "" if file.commit() else file.errorString()

    def print_on(self, printer: QPrinter) -> bool:
        """Print all pages; False where the printer does not begin."""
        printer.setDocName(self.title)
        printer.setFullPage(True)
        printer.setPageLayout(self._layout())
        return self._paint_all(printer, printer.resolution())

    def _layout(self) -> QPageLayout:
        shape = QPageLayout.Orientation
        return QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            shape.Portrait if self._is_portrait else shape.Landscape,
            QMarginsF(0, 0, 0, 0),
        )

    def _paint_all(self, device: QPdfWriter | QPrinter, dpi: int) -> bool:
        painter = QPainter()
        if not painter.begin(device):
            return False
        with painter:
            scale = dpi / _POINTS_PER_INCH / _UNITS
            painter.scale(scale, scale)
            for page in range(self.pages):
                if page:
                    device.newPage()
                self._paint(painter, page)
        return True

    def _paint(self, painter: QPainter, page: int) -> None:
        foot = self._laid_out(self._foot_words(page + 1))
        self._draw(painter, self._head, _MARGIN, 0, self._head.size().height())
        self._rule(painter, self._top - _GAP / 2)
        self._draw(painter, self._body, self._top, page * self._height, self._height)
        if self._chart is not None and self._chart_top // self._height == page:
            top = self._top + self._chart_top - page * self._height
            height = self._width * self._content.chart_share
            self._chart.render(painter, QRectF(_MARGIN, top, self._width, height))
        self._rule(painter, self._foot_top - _GAP / 2)
        self._draw(painter, foot, self._foot_top, 0, foot.size().height())

    def _draw(
        self, painter: QPainter, document: QTextDocument, top: float, first: float, height: float
    ) -> None:
        """Draw a stretch of a document, from `first` on, at a height of the page."""
        painter.save()
        painter.translate(_MARGIN, top - first)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = QRectF(0, first, self._width, height)
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Text, QColor(self._theme.ink))
        context.palette = palette
        painter.setClipRect(QRectF(0, first, self._width, height))
        document.documentLayout().draw(painter, context)
        painter.restore()

    def _rule(self, painter: QPainter, y: float) -> None:
        rule = QRectF(_MARGIN, y, self._width, 5)
        painter.fillRect(rule, QColor(self._theme.ink))

    def _laid_out(self, html: str, page_height: float = -1) -> QTextDocument:
        """A text in the width of the page, on pages of that height where one is given."""
        document = QTextDocument()
        font = QFont(self._theme.font_family)
        font.setPixelSize(_TEXT)
        for feature in _LOOKS_ONLY:
            font.setFeature(QFont.Tag(feature), 0)
        document.setDefaultFont(font)
        document.setDocumentMargin(0)
        document.setUseDesignMetrics(True)
        option = QTextOption()
        option.setTextDirection(
            Qt.LayoutDirection.LeftToRight
        )  # a line may begin with a name written otherwise
        document.setDefaultTextOption(option)
        document.setDefaultStyleSheet(
            _STYLE.format(
                text=_TEXT,
                small=_SMALL,
                heading=_HEADING,
                above=_ABOVE_HEADING,
                title=_TITLE,
                ink=self._theme.ink,
                muted=self._theme.muted,
                edge=self._theme.edge,
            )
        )
        blank = QImage(1, 1, QImage.Format.Format_ARGB32)
        blank.fill(0)
        document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(_CHART), blank)
        document.setHtml(f"<body>{html}</body>")
        if page_height > 0:
            document.setPageSize(QSizeF(self._width, page_height))
        else:
            document.setTextWidth(self._width)
        return document

    def _with_chart(self, content: Content) -> str:
        height = round(self._width * content.chart_share)
        place = f'<p><img src="{_CHART}" width="{round(self._width)}" height="{height}"></p>'
        return content.body.replace(CHART, place if content.chart else "", 1)

    def _find_chart(self) -> float:
        """Where in the body room was left for the chart; below everything where there is none."""
        block = self._body.begin()
        while block.isValid():
            parts = block.begin()
            while not parts.atEnd():
                if parts.fragment().charFormat().isImageFormat():
                    return self._body.documentLayout().blockBoundingRect(block).top()
                parts += 1
            block = block.next()
        return -1.0

    def _foot_words(self, page: int) -> str:
        filled = self._content.foot.replace("{pages}", str(self.pages))
        return filled.replace("{page}", str(page))
