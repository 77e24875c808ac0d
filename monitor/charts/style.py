"""The look of the charts: colours, font and sizes, taken from the theme and from nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from matplotlib import font_manager

FALLBACK_FAMILY = "DejaVu Sans"
"""The font that comes with matplotlib: for machines without the bundled one, and for letters
that the bundled one lacks."""


@dataclass(frozen=True)
class PriorityLook:
    """One priority: the fill of its marker, its text and outline, and the ground of its span."""

    fill: str
    ink: str
    wash: str


@dataclass(frozen=True)
class Style:
    """Colours ("#rrggbb") by what they are for, as the theme names them, and text sizes.

    `text` and `small` are font sizes in device-independent pixels.
    """

    paper: str
    ink: str
    muted: str
    line: str
    edge: str
    accent: str
    focus: str
    band: str
    band_edge: str
    pain: str
    numbness: str
    numbness_faint: str
    weakness: str
    weakness_faint: str
    strip: str
    event: str
    gap: str
    priorities: Mapping[str, PriorityLook]
    font_family: str
    text: float = 12.0
    small: float = 11.0

    @classmethod
    def from_tokens(
        cls, tokens: Mapping[str, Any], font_family: str, text: float = 12.0, small: float = 11.0
    ) -> Style:
        """Take what the charts need from a theme's colours by name; refuses with KeyError.

        tokens: the `[colour]` table of a theme file, or `vars()` of a theme read from it.
        """
        named = {f.name for f in fields(cls)} - {"priorities", "font_family", "text", "small"}
        looks = {
            name: PriorityLook(tokens[name], tokens[f"{name}_ink"], tokens[f"{name}_wash"])
            for name in ("red", "orange", "amber", "yellow")
        }
        colours: dict[str, Any] = {name: tokens[name] for name in named}
        return cls(priorities=looks, font_family=font_family, text=text, small=small, **colours)

    def strong(self, panel: str) -> str:
        """The colour of a panel's title and of its worst series."""
        return str(getattr(self, panel))

    def faint(self, panel: str) -> str:
        """The colour of the series that matter less."""
        return str(getattr(self, f"{panel}_faint", self.strong(panel)))

    def families(self) -> tuple[str, ...]:
        """The font families to try in turn; only those that this machine has."""
        known = _known_families()
        chosen = (self.font_family,) if self.font_family in known else ()
        return (*chosen, FALLBACK_FAMILY)


@cache
def _known_families() -> frozenset[str]:
    return frozenset(font_manager.get_font_names())


def use_fonts(folder: Path) -> None:
    """Make the fonts of a folder known to matplotlib; an empty folder changes nothing."""
    known = {entry.fname for entry in font_manager.fontManager.ttflist}
    for file in sorted((*folder.glob("*.otf"), *folder.glob("*.ttf"))):
        if str(file) not in known:
            font_manager.fontManager.addfont(file)
    _known_families.cache_clear()
