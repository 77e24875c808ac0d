"""Shows a paper before it is printed, and sends it to a printer or into a file."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDir, QObject, QStandardPaths, Qt, Signal
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from monitor.services.printing import Printed, note_printed
from monitor.ui.shared.tasks import Tasks
from monitor.ui.shared.theme import Theme
from monitor.ui.station.drawing import without_zeros
from monitor.ui.station.paper import Content, Paper
from monitor.ui.station.papers import SummaryRead, read_hand_over, read_summary
from monitor.ui.station.screens.print_preview import PrintPreview
from monitor.ui.station.views import PatientState, Told

_CHART_SIZE = (820, 390)
"""Of the chart in its own pixels: as wide as the page its letters are of the size of the text."""


def with_chart(read: SummaryRead, theme: Theme, fonts: Path) -> Content:
    """A patient's paper with the chart drawn, its words as text; nothing where no report came."""
    if not read.page.reports.rows:
        return read.content
    width, height = _CHART_SIZE
    chart = chart_svg(read.page, theme, fonts)
    return replace(read.content, chart=chart, chart_share=height / width)


def chart_svg(page: PatientState, theme: Theme, fonts: Path) -> bytes:
    """The chart of the whole follow-up as an SVG picture whose words stay text."""
    from matplotlib import rc_context  # noqa: PLC0415 (half a second, for whoever prints)
    from matplotlib.figure import Figure  # noqa: PLC0415

    from monitor.charts.ranges import ranges  # noqa: PLC0415
    from monitor.charts.stock import PIXELS_PER_INCH  # noqa: PLC0415
    from monitor.charts.style import Style, use_fonts  # noqa: PLC0415
    from monitor.charts.timeline import draw  # noqa: PLC0415

    use_fonts(fonts)
    width, height = _CHART_SIZE
    size = (width / PIXELS_PER_INCH, height / PIXELS_PER_INCH)
    figure = Figure(figsize=size, dpi=PIXELS_PER_INCH)
    style = Style.from_tokens(vars(theme), theme.font_family)
    chart = without_zeros(page.chart)
    labels = replace(page.words, source="")  # which stands below it on paper
    draw(figure, chart, labels, style, ranges(page.chart)["all"])
    drawn = io.BytesIO()
    with rc_context({"svg.fonttype": "none"}):
        figure.savefig(drawn, format="svg", metadata={"Date": None})
    # Qt reads one family of a font, and substitutes by itself what that has no letters for.
    families = ", ".join(f"'{family}'" for family in style.families())
    return drawn.getvalue().replace(families.encode(), f"'{theme.font_family}'".encode())


@dataclass(frozen=True)
class _Open:
    """The paper in front, and what stands in the audit trail once it leaves the program."""

    paper: Paper
    subject: str
    what: Printed


class PrintPresenter(QObject):
    """Talks to the services for papers.

    Signals:
        summary_read: a patient's paper, the chart not yet drawn (SummaryRead).
        hand_over_read: the list for the next shift (Content).
        refused: why there is no paper, or why it does not leave the program (str).
    """

    summary_read = Signal(object)
    hand_over_read = Signal(object)
    refused = Signal(str)

    def __init__(self, tasks: Tasks, language: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._language = language

    def read_summary(self, episode_id: str) -> None:
        self._tasks.run(
            read_summary,
            episode_id,
            self._language,
            then=self.summary_read.emit,
            failed=self._refuse,
        )

    def read_hand_over(self) -> None:
        self._tasks.run(
            read_hand_over, self._language, then=self.hand_over_read.emit, failed=self._refuse
        )

    def note(self, subject: str, what: Printed, how: str, then: Callable[[], None]) -> None:
        """Write into the audit trail that something is printed, and only then do it."""
        self._tasks.run(
            note_printed, subject, what, how, then=lambda _: then(), failed=self._refuse
        )

    def _refuse(self, _error: Exception) -> None:
        said = self.tr("This cannot be printed now. Nothing has left the program.")
        self.refused.emit(said)


class Printing(QWidget):
    """Lets a nurse print a patient's summary and the hand-over list; has no looks of its own.

    Signals:
        told: what came of it (Told).
    """

    told = Signal(object)

    def __init__(
        self, tasks: Tasks, language: str, theme: Theme, fonts: Path, parent: QWidget
    ) -> None:
        """fonts: the folder of the bundled fonts, for the chart."""
        super().__init__(parent)
        self.hide()
        self._theme = theme
        self._fonts = fonts
        self._open: _Open | None = None
        self.preview: PrintPreview | None = None
        self.files: QFileDialog | None = None
        self.presenter = PrintPresenter(tasks, language, self)
        self.presenter.summary_read.connect(self._show_summary)
        self.presenter.hand_over_read.connect(self._show_hand_over)
        self.presenter.refused.connect(self._refuse)

    def summary(self, episode_id: str) -> None:
        """Read a patient's paper; it is shown when it has come."""
        if self.preview is None:
            self.presenter.read_summary(episode_id)

    def hand_over(self) -> None:
        """Read the list for the next shift; it is shown when it has come."""
        if self.preview is None:
            self.presenter.read_hand_over()

    def show_content(self, content: Content, subject: str, what: Printed) -> None:
        """Show any paper before it is printed. subject: whose it is, for the audit trail."""
        if self.preview is not None:
            return
        paper = Paper(content, self._theme)
        preview = PrintPreview(paper, self.parentWidget())
        preview.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        preview.print_wanted.connect(self._choose_printer)
        preview.save_wanted.connect(self._choose_file)
        preview.finished.connect(self._forget)
        self._open, self.preview = _Open(paper, subject, what), preview
        preview.open()

    def print_with(self, printer: QPrinter) -> None:
        """Print the paper in front, as soon as the audit trail says so."""
        if (leaving := self._open) is not None:
            how = printer.outputFileName() or printer.printerName()
            self._note(leaving, how, partial(self._print, leaving.paper, printer))

    def save_as(self, path: str) -> None:
        """Write the paper in front into a file, as soon as the audit trail says so."""
        if (leaving := self._open) is not None:
            self._note(leaving, Path(path).name, partial(self._save, leaving.paper, path))

    def _show_summary(self, read: SummaryRead) -> None:
        content = with_chart(read, self._theme, self._fonts)
        self.show_content(content, read.page.episode_id, "summary")

    def _show_hand_over(self, content: Content) -> None:
        self.show_content(content, "", "hand_over")

    def _note(self, leaving: _Open, how: str, then: Callable[[], None]) -> None:
        self.presenter.note(leaving.subject, leaving.what, how, then)

    def _choose_printer(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self.preview)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda *_: self.print_with(printer))
        QDialog.open(dialog)

    def _choose_file(self) -> None:
        """The name says what and when and not who: file names are read by everybody."""
        assert self._open is not None, "the preview is open"
        dialog = QFileDialog(self.preview, self.tr("Save as PDF"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("PDF files (*.pdf)"))
        dialog.setDefaultSuffix("pdf")
        place = QStandardPaths.StandardLocation.DocumentsLocation
        dialog.setDirectory(QStandardPaths.writableLocation(place) or QDir.homePath())
        dialog.selectFile(self._open.paper.file_name)
        dialog.fileSelected.connect(self.save_as)
        self.files = dialog
        dialog.open()

    def _print(self, paper: Paper, printer: QPrinter) -> None:
        if paper.print_on(printer):
            self._finish(self.tr("Sent to the printer."))
        else:
            self._refuse(self.tr("The printer did not begin. Choose it again, or save as PDF."))

    def _save(self, paper: Paper, path: str) -> None:
        if why := paper.save(path):
            said = self.tr("The file was not written: {why}")
            self._refuse(said.format(why=why))
        else:
            self._finish(self.tr("Saved as {file}.").format(file=Path(path).name))

    def _finish(self, said: str) -> None:
        if self.preview is not None:
            self.preview.accept()
        self.told.emit(Told(said))

    def _refuse(self, text: str) -> None:
        if self.preview is not None:
            self.preview.show_refusal(text)
        else:
            self.told.emit(Told(text, bad=True))

    def _forget(self) -> None:
        self.preview = self._open = None
