"""What is seen while the kiosk is loaded: the clinic's name, on the ground of the pages to come.

It is there within a few milliseconds of what Qt itself takes, so it does without all that is
slow to load: the screens, the services, and Qt's own enumerations, which are made when the first
of them is named or the first event is handled in Python (18 ms). There is nothing to touch.
"""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from monitor.ui.kiosk.comfort import USUAL, Comfort
from monitor.ui.kiosk.measures import WINDOW_SIZE, Measures, dots_per_inch
from monitor.ui.shared.theme import Theme

STYLE = """QLabel {
    background: @paper; color: @ink; font: bold @px(title) '@font'; padding: @px(margin);
}"""


class Opening(QLabel):
    """A window of its own, in whose place the kiosk's window comes."""

    def __init__(
        self,
        theme: Theme,
        clinic_name: str,
        *,
        full_screen: bool,
        comfort: Comfort = USUAL,
        dpi: float = 0.0,
    ) -> None:
        """dpi: the density of the panel where it was measured, 0 to ask the panel."""
        # always as HTML, or a label would guess whether the name is
        name = clinic_name.replace("&", "&amp;").replace("<", "&lt;")
        super().__init__(f'<p align="center">{name}</p>')
        self.setWindowTitle("Rootwatch")
        self.setWordWrap(True)
        self.resize(self.screen().size() if full_screen else WINDOW_SIZE)
        density = dpi or dots_per_inch(self.screen())
        measures = Measures.of(theme, self.size(), density, comfort)
        self.setStyleSheet(measures.theme.fill(STYLE, measures.pixels_per_mm))
        self._full_screen = full_screen

    def open(self) -> None:
        """Come to the front, over the whole screen or in a window of its own."""
        if self._full_screen:
            self.showFullScreen()
        else:
            self.show()
