"""Shows a desk slip or a patient's card, and puts it on paper or into a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QRect, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QPageSize, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from monitor.ui.shared.text_size import follow_text_size
from monitor.ui.shared.theme import Theme
from monitor.ui.shared.widgets.choices import Choice, Segments
from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.forms import Paper
from monitor.ui.station.screens.arrow_fields import ArrowBox
from monitor.ui.station.screens.form_field import FormField
from monitor.ui.station.screens.room import keep_fitted
from monitor.ui.station.screens.slip import SlipPreview, draw

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

SlipKind = Literal["slip", "card"]
_LABEL = QSizeF(62, 100)
"""The widest roll of usual label printers, in millimetres, and a piece of it."""
_SIZE, _SIDE = QSize(800, 660), 292
"""So much of the window is seen around the dialog at least: a frame and a title bar."""
_DPI = 300


@dataclass(frozen=True)
class Output:
    """Where a slip goes: the printer, set up, and how that is said in the record."""

    printer: QPrinter
    how: str


class SlipDialog(QDialog):
    """One patient's slip or card as it will be printed, with what can be done with it.

    Signals:
        kind_wanted: the other paper is wanted ("slip" or "card").
        output_chosen: it is to be put on paper or into a file; that is noted before (Output).
    """

    kind_wanted = Signal(str)
    output_chosen = Signal(object)

    def __init__(self, theme: Theme, who: str, kind: SlipKind, parent: QWidget | None) -> None:
        """who: tells the patient apart ("Lindqvist, Karin, No. 204 118")."""
        super().__init__(parent)
        self.kind: SlipKind = kind
        self._theme = theme
        self._papers: dict[SlipKind, Paper] = {}
        self.setWindowTitle(self.tr("Desk slip and card"))
        self.preview = SlipPreview(theme)
        self.kinds = Segments(self.tr("What to print"))
        self.kinds.show_choices(
            (
                Choice("slip", self.tr("Code for today")),
                Choice("card", self.tr("Patient card")),
            ),
            kind,
        )
        self.kinds.chosen.connect(self._choose_kind)
        self.sizes = ArrowBox()
        for name, size in _sizes():
            self.sizes.addItem(name, size)
        self._says = PlainLabel(role="muted")
        self._says.setWordWrap(True)
        self._refusal = PlainLabel(role="refusal")
        self._refusal.setWordWrap(True)
        self._refusal.hide()
        self.print_button = QPushButton(self.tr("Print…"))
        self.print_button.setProperty("kind", "primary")
        self.print_button.setDefault(True)
        self.print_button.clicked.connect(self._ask_printer)
        self.save_button = QPushButton(self.tr("Save as PDF…"))
        self.save_button.clicked.connect(self._ask_file)
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.clicked.connect(self.reject)
        for button in (self.save_button, self.close_button):
            button.setAutoDefault(False)
        self._build(who)
        self.show_paper(kind, None)
        self.print_button.setFocus()

    @property
    def paper(self) -> Paper | None:
        """What is shown, None while it is made."""
        return self._papers.get(self.kind)

    @property
    def refusal(self) -> str:
        """What stands in the way, "" for nothing."""
        return "" if self._refusal.isHidden() else self._refusal.text()

    def show_paper(self, kind: SlipKind, paper: Paper | None) -> None:
        """Show what would be printed; None while it is made."""
        if paper is not None:
            self._papers[kind] = paper
        if kind != self.kind:
            return  # the other one was chosen in the meantime
        self.preview.show_paper(paper)
        self._says.setText(
            self.tr("The code is for today and signs in once. One made before is void.")
            if kind == "slip"
            else self.tr("The card is for all visits; the date of birth is asked for each time.")
        )
        for button in (self.print_button, self.save_button):
            button.setEnabled(paper is not None)
        if paper is not None:
            self._refusal.hide()
            self.print_button.setFocus()

    def show_refusal(self, text: str) -> None:
        """Say why it is not made or not printed."""
        self._refusal.setText(text)
        self._refusal.show()

    def put_out(self, output: Output) -> None:
        """Print or write what is shown, now that it stands in the record."""
        assert self.paper is not None, "only what is shown is put out"
        painter = QPainter()
        if not painter.begin(output.printer):
            self.show_refusal(self.tr("It could not be printed or written. Try another place."))
            return
        with painter:
            whole = output.printer.pageLayout().fullRectPixels(output.printer.resolution())
            draw(painter, QRect(0, 0, whole.width(), whole.height()), self.paper, self._theme)

    def _build(self, who: str) -> None:
        heading = PlainLabel(who, "heading")
        heading.setWordWrap(True)
        hint = PlainLabel(self.tr("Enter prints, Esc closes"), "small")
        side = QVBoxLayout()
        side.setSpacing(12)
        side.addWidget(heading)
        side.addWidget(self.kinds, 0, Qt.AlignmentFlag.AlignLeft)
        side.addWidget(self._says)
        side.addWidget(FormField(self.tr("Paper"), self.sizes))
        side.addWidget(self._refusal)
        side.addStretch(1)
        side.addWidget(hint)
        for button in (self.print_button, self.save_button, self.close_button):
            side.addWidget(button)
        holder = QWidget()
        follow_text_size(holder, lambda by: holder.setFixedWidth(round(_SIDE * by)))
        holder.setLayout(side)
        side.setContentsMargins(0, 0, 0, 0)
        line = QHBoxLayout(self)
        line.setContentsMargins(20, 20, 20, 16)
        line.setSpacing(20)
        line.addWidget(self.preview, 1)
        line.addWidget(holder)
        keep_fitted(self, _SIZE)

    def _choose_kind(self, kind: str) -> None:
        self.kind = "card" if kind == "card" else "slip"
        self.show_paper(self.kind, self.paper)
        self._refusal.hide()
        if self.paper is None:  # a second code would make the first one void
            self.kind_wanted.emit(self.kind)

    def _printer(self) -> QPrinter:
        from PySide6.QtPrintSupport import QPrinter  # noqa: PLC0415 (with the first slip)

        printer = QPrinter()
        printer.setResolution(_DPI)
        printer.setFullPage(True)
        printer.setPageSize(self.sizes.currentData())
        return printer

    def _ask_printer(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog  # noqa: PLC0415 (with the first slip)

        printer = self._printer()
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.output_chosen.emit(Output(printer, "printer")))
        QDialog.open(dialog)  # its own asks for a receiver

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Save as PDF"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("PDF (*.pdf)"))
        dialog.setDefaultSuffix("pdf")
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, file: str) -> None:
        """Ask for it to be written into a PDF file of that path."""
        printer = self._printer()
        printer.setOutputFormat(printer.OutputFormat.PdfFormat)
        printer.setOutputFileName(file)
        self.output_chosen.emit(Output(printer, Path(file).name))


def _sizes() -> tuple[tuple[str, QPageSize], ...]:
    """The papers, the one that is at hand at a desk first."""
    label = QPageSize(_LABEL, QPageSize.Unit.Millimeter, "Label 62 × 100 mm")
    return (
        ("A6", QPageSize(QPageSize.PageSizeId.A6)),
        (label.name(), label),
        ("A4", QPageSize(QPageSize.PageSizeId.A4)),
    )
