"""Sizes on the kiosk: from millimetres of the panel to pixels, and never under the floors."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QScreen

from monitor.ui.shared.theme import Theme

MILLIMETRES_PER_INCH = 25.4
LIKELY_DPI = (60.0, 400.0)
"""Panels that claim a density outside of this lie about their size."""
USUAL_DPI = 96.0
DRAWN_FOR_MM = QSize(339, 212)
"""The panel the sizes of the theme are meant for; others get them larger or smaller."""
LEAST_FIT, LARGEST_FIT = 0.6, 1.5


def dots_per_inch(screen: QScreen) -> float:
    """The density of a panel in device-independent pixels, or the usual one if it lies."""
    claimed = screen.physicalDotsPerInch()
    lowest, highest = LIKELY_DPI
    return claimed if lowest <= claimed <= highest else USUAL_DPI


@dataclass(frozen=True)
class Measures:
    """What the screens ask for sizes and colours.

    `fit` is 1 on the panel the theme was drawn for; `text_scale` the patient's own choice.
    """

    theme: Theme
    pixels_per_mm: float
    fit: float = 1.0
    text_scale: float = 1.0

    @classmethod
    def of(cls, theme: Theme, size: QSize, dpi: float, text_scale: float = 1.0) -> Measures:
        """The measures of a window of `size` device-independent pixels on a panel of `dpi`."""
        per_mm = dpi / MILLIMETRES_PER_INCH
        wide = size.width() / per_mm / DRAWN_FOR_MM.width()
        high = size.height() / per_mm / DRAWN_FOR_MM.height()
        fit = min(max(min(wide, high), LEAST_FIT), LARGEST_FIT)
        return cls(theme.on_face("kiosk"), per_mm, fit, text_scale)

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
        """The least side of anything that can be touched."""
        return round(self.theme.sizes["target_floor"] * self.pixels_per_mm)

    @property
    def gap(self) -> int:
        """The least distance between two things that can be touched; not fitted."""
        return round(self.theme.sizes["gap"] * self.pixels_per_mm)

    def text(self, name: str = "text") -> int:
        """A font's em: the theme's, fitted, not under the floor, times the patient's choice."""
        return round(max(self.px(self.theme.sizes[name]), self._least_text) * self.text_scale)

    @property
    def least_text(self) -> int:
        """What a text may shrink to where it would not fit otherwise."""
        return round(self._least_text)

    @property
    def _least_text(self) -> float:
        return self.theme.sizes["text_floor"] * self.pixels_per_mm
