"""What is seen while the station is loaded: its frame, and the clinic's name.

It is there within a few milliseconds of what Qt itself takes, so it does without all that is
slow to load: the screens, the services, and Qt's own enumerations, which are made when the first
of them is named. There is nothing to click, and nothing of any patient.
"""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from monitor.ui.shared.theme import Theme
from monitor.ui.station.placing import SIZE, first_place

STYLE = """
QLabel { background: @wash; color: @muted; font: @text(16) '@font'; }
QLabel[role="brand"] {
    background: @paper; color: @ink; border-bottom: @px(line) solid @line;
    font-weight: 700; padding: 0 @px(20);
}
"""
_HEADER_HEIGHT = 50


class Opening(QLabel):
    """A window of its own, in whose place the station's window comes."""

    def __init__(self, theme: Theme, clinic_name: str) -> None:
        # always as HTML, or a label would guess whether the name is
        name = clinic_name.replace("&", "&amp;").replace("<", "&lt;")
        super().__init__()
        self.setText(f'<p align="center">{self.tr("Opening {clinic} …").format(clinic=name)}</p>')
        self.setWindowTitle("Rootwatch")
        self.setWordWrap(True)
        self.setStyleSheet(theme.on_face("station").fill(STYLE))
        place = first_place(self.screen().availableGeometry())
        self.resize(place.size())
        if place.size() != SIZE:
            self.move(place.topLeft())
        # in its place by hand: a layout would have to be made before the first paint
        brand = QLabel("Rootwatch", self)
        brand.setProperty("role", "brand")
        brand.setGeometry(0, 0, self.width(), _HEADER_HEIGHT)
