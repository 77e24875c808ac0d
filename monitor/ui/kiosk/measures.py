"""Sizes on the kiosk: from millimetres of the panel to pixels, and never under the floors."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QScreen

from monitor.ui.kiosk.comfort import CAPITALS_MM, Comfort
from monitor.ui.shared.theme import Theme

WINDOW_SIZE = QSize(1280, 800)
"""The kiosk where it does not fill the screen."""
MILLIMETRES_PER_INCH = 25.4
LIKELY_DPI = (60.0, 400.0)
"""Panels that claim a density outside of this lie about their size."""
USUAL_DPI = 96.0
DRAWN_FOR_MM = QSize(339, 212)
"""The panel the sizes of the theme are meant for; others get them larger or smaller."""
LEAST_FIT, LARGEST_FIT = 0.6, 1.5
LARGE_INCHES = 13.0
"""From this diagonal on, what can be touched is larger. Panels sold as 13.3" measure 13.2"."""
CAPITALS_SHARE = 0.727
"""The height of a capital letter of Inter, in ems."""


def dots_per_inch(screen: QScreen) -> float:
    """The density of a panel in device-independent pixels, or the usual one if it lies."""
    claimed = screen.physicalDotsPerInch()
    lowest, highest = LIKELY_DPI
    return claimed if lowest <= claimed <= highest else USUAL_DPI


def seen_panel(application: QGuiApplication) -> tuple[int, int, float, bool] | None:
    """Width and height in pixels, density, and whether that is assumed; None where nothing is."""
    screen = application.primaryScreen()
    if application.platformName() in ("offscreen", "minimal") or screen is None:
        return None
    density = dots_per_inch(screen)
    assumed = density != screen.physicalDotsPerInch()
    return screen.size().width(), screen.size().height(), density, assumed


@dataclass(frozen=True)
class Measures:
    """What the screens ask for sizes and colours.

    `fit` is 1 on the panel the theme was drawn for; it makes distances and keys larger or
    smaller, keys never under `floor_mm`, and leaves texts alone: their capitals are as high as
    the patient chose in `comfort`, on every panel.
    """

    theme: Theme
    pixels_per_mm: float
    comfort: Comfort
    fit: float
    floor_mm: float

    @classmethod
    def of(cls, theme: Theme, size: QSize, dpi: float, comfort: Comfort) -> Measures:
        """The measures of a window of `size` device-independent pixels on a panel of `dpi`."""
        per_mm = dpi / MILLIMETRES_PER_INCH
        wide = size.width() / per_mm / DRAWN_FOR_MM.width()
        high = size.height() / per_mm / DRAWN_FOR_MM.height()
        fit = min(max(min(wide, high), LEAST_FIT), LARGEST_FIT)
        own = theme.on_face("kiosk", comfort.contrast)
        large = math.hypot(size.width(), size.height()) / dpi >= LARGE_INCHES
        floor_mm = own.sizes["target" if large else "target_floor"]
        return cls(own, per_mm, comfort, fit, floor_mm)

    def px(self, millimetres: float) -> int:
        """A distance as it was drawn, fitted to this panel."""
        return max(1, round(millimetres * self.fit * self.pixels_per_mm))

    def size(self, name: str) -> int:
        """A distance of the theme, fitted to this panel."""
        return self.px(self.theme.sizes[name])

    def target(self, millimetres: float = 0.0) -> int:
        """The side of something to touch, as drawn (the theme's by default) or the floor."""
        wanted = self.px(millimetres or self.theme.sizes["target"])
        return max(wanted, self.floor)

    @property
    def floor(self) -> int:
        """The least side of anything that can be touched: 20 mm, or 16 mm on small panels."""
        return math.ceil(self.floor_mm * self.pixels_per_mm)

    @property
    def gap(self) -> int:
        """The least distance between two things that can be touched; not fitted."""
        return math.ceil(self.theme.sizes["gap"] * self.pixels_per_mm)

    def text(self, name: str = "text") -> int:
        """A font's em: that of the theme's "text" has the capitals chosen, others keep step."""
        ems = CAPITALS_MM[self.comfort.text_size] / CAPITALS_SHARE
        share = self.theme.sizes[name] / self.theme.sizes["text"]
        return max(round(ems * share * self.pixels_per_mm), self.least_text)

    @property
    def least_text(self) -> int:
        """What a text may shrink to where it would not fit otherwise: capitals of 3.5 mm."""
        return math.ceil(CAPITALS_MM[0] / CAPITALS_SHARE * self.pixels_per_mm)
