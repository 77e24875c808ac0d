"""The look of the program: colours, fonts and sizes by the names of what they are for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtGui import QFont, QFontDatabase

from monitor.ui.shared.stylesheets import STYLESHEETS

if TYPE_CHECKING:
    from monitor.domain.protocol import Priority

Face = Literal["kiosk", "station"]
Contrast = Literal["light", "dark"]
"""Dark on light, or light on dark: the kiosk offers both, the station is light."""

_TOKEN = re.compile(r"@(\w+)(?:\(([\w.]+)\))?")


class ThemeFault(Exception):
    """A theme that lacks a colour, or names one that the program does not know."""


@dataclass(frozen=True)
class PriorityColours:
    """One priority: its shape's fill, the mark on it, text and outline, and a light ground."""

    fill: str
    mark: str
    ink: str
    wash: str


@dataclass(frozen=True, eq=False, repr=False)
class Theme:
    """The colours as "#rrggbb" by use, the font family, and the sizes of each face.

    `sizes` are those of the station in device-independent pixels, or of the kiosk in
    millimetres, once `on_face` has chosen one. `text_scale`: how many times as large as usual
    the station's reader wants all text.
    """

    font_family: str
    sizes: Mapping[str, float]
    _faces: Mapping[str, tuple[Mapping[str, str], Mapping[str, float]]]

    paper: str
    wash: str
    ink: str
    muted: str
    faint: str
    line: str
    edge: str
    accent: str
    accent_ink: str
    accent_wash: str
    accent_press: str
    press: str
    disabled: str
    disabled_ink: str
    focus: str
    red: str
    red_ink: str
    red_mark: str
    red_wash: str
    orange: str
    orange_ink: str
    orange_mark: str
    orange_wash: str
    amber: str
    amber_ink: str
    amber_mark: str
    amber_wash: str
    yellow: str
    yellow_ink: str
    yellow_mark: str
    yellow_wash: str
    green: str
    green_wash: str
    band: str
    band_edge: str
    pain: str
    pain_wash: str
    numbness: str
    numbness_faint: str
    weakness: str
    weakness_faint: str
    strip: str
    event: str
    gap: str
    skin: str
    skin_still: str
    skin_edge: str
    numb_area: str
    text_scale: float = 1.0

    @classmethod
    def from_mapping(cls, content: Mapping[str, Any]) -> Theme:
        """Build the theme from the content of a theme file, on the station's face.

        Refuses with ThemeFault, naming every colour that is missing or unknown.
        """
        colours = dict(content["colour"])
        wanted = {f.name for f in fields(cls)} - {
            "font_family", "sizes", "_faces", "text_scale",
        }  # fmt: skip
        kiosk = dict(content["kiosk"]["colour"])
        dark = dict(content["kiosk"]["dark"])
        given = set(colours)
        faults = [f"colour {name} is missing" for name in sorted(wanted - given)]
        unknown = (given | set(kiosk) | set(dark)) - wanted
        faults += [f"colour {name} is not known" for name in sorted(unknown)]
        if faults:
            raise ThemeFault("; ".join(faults))
        millimetres = dict(content["kiosk"]["millimetres"])
        faces = {
            "kiosk light": ({**colours, **kiosk}, millimetres),
            "kiosk dark": ({**colours, **kiosk, **dark}, millimetres),
            "station light": (colours, dict(content["station"]["pixels"])),
        }
        family = content["font"]["family"]
        plain = cls(font_family=family, sizes={}, _faces=faces, **colours)
        return plain.on_face("station")

    def on_face(self, face: Face, contrast: Contrast = "light") -> Theme:
        """The theme with the colours and sizes of one face. Only the kiosk can be dark."""
        colours, sizes = self._faces[f"{face} {contrast}"]
        return replace(self, sizes=sizes, **colours)  # type: ignore[arg-type]

    def priority(self, priority: Priority) -> PriorityColours:
        """The four colours of one priority."""
        name = priority.value
        return PriorityColours(
            getattr(self, name),
            getattr(self, f"{name}_mark"),
            getattr(self, f"{name}_ink"),
            getattr(self, f"{name}_wash"),
        )

    def zoomed(self, text_scale: float) -> Theme:
        """The theme with all text so many times as large as usual."""
        return replace(self, text_scale=text_scale)

    def text_pixels(self, size: str) -> int:
        """A text size of the station by its name ("small"), as large as the reader wants it."""
        return round(self.sizes[size] * self.text_scale)

    def fill(self, template: str, scale: float = 1.0, text_scale: float = 1.0) -> str:
        """Put colours and sizes into a style sheet.

        `@accent` is a colour, `@font` the family; `@px(gap)` or `@px(12)` a size times
        `scale`; `@text(small)` or `@text(12)` a text size times both scales.
        """

        def filled(found: re.Match[str]) -> str:
            name, argument = found.groups()
            if argument is None:
                return self.font_family if name == "font" else str(getattr(self, name))
            size = self.sizes[argument] if argument in self.sizes else float(argument)
            factor = scale * text_scale * self.text_scale if name == "text" else scale
            return f"{max(1, round(size * factor))}px"

        return _TOKEN.sub(filled, template)

    def stylesheet(
        self,
        face: Face,
        scale: float = 1.0,
        text_scale: float = 1.0,
        contrast: Contrast = "light",
    ) -> str:
        """The style sheet of a face.

        `scale`: device-independent pixels per unit of the face's sizes: the zoom of the
        station, pixels per millimetre on the kiosk.
        """
        return self.on_face(face, contrast).fill(STYLESHEETS[face], scale, text_scale)


def load_fonts(folder: Path) -> None:
    """Make the bundled fonts known to Qt; refuses with ThemeFault a file it cannot read.

    What a font has no letters for is written in the others, not in whatever the machine has.
    """
    families: set[str] = set()
    for file in sorted(each for each in folder.iterdir() if each.suffix in (".otf", ".ttf")):
        number = QFontDatabase.addApplicationFont(str(file))
        if number < 0:
            raise ThemeFault(f"the font {file.name} cannot be read")
        families.update(QFontDatabase.applicationFontFamilies(number))
    for family in families:
        QFont.insertSubstitutions(family, sorted(families - {family}))
