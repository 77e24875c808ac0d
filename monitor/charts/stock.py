"""Artists that are kept from one drawing to the next, and words that are drawn once.

Half of a chart's time went into words, which matplotlib lays out and draws letter by letter in
Python each time, and a fifth into making artists that the last drawing had made already. A chart
on a `Paper` keeps both: artists are taken from the stock by how they look and only get their new
place, and words are copied from the picture that was made of them the first time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache
from math import ceil, log2
from typing import Any, TypeVar

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from monitor.charts.layout import Box

PIXELS_PER_INCH = 100
"""A figure of this dpi has one device-independent pixel per pixel; Qt's device pixel ratio
multiplies the dpi and leaves the inches as they are."""

Pixels = np.ndarray[Any, Any]

_PICTURES = 1500
"""So many words are remembered as pictures: a dozen charts' worth, some 10 MB."""
_KEPT = 100
"""So many artists of one look are kept, or as many as the last drawing used."""
_UNIT = Path.unit_rectangle()
_PLAIN = GraphicsContextBase()
_PLAIN.set_linewidth(0)
"""How a rectangle without an outline is drawn."""


_Kept = TypeVar("_Kept", bound=Artist)


class Words(Text):
    """A line of words, at pixels from the top left corner of the figure.

    On the screen it is copied from a picture of the words, at whole pixels.
    """

    def draw(self, renderer: RendererBase) -> None:
        if (screen := _screen(self, renderer)) is None:
            super().draw(renderer)
            return
        words = self.get_text()
        if not words:
            return
        picture, left, below = _picture(
            words, self.get_fontproperties(), str(self.get_color()), screen.dpi
        )
        scale = screen.dpi / PIXELS_PER_INCH
        share = _SHARES[self.get_horizontalalignment()]
        x, y = self.get_position()
        across = round(x * scale - share * (picture.shape[1] - 2 * left)) - left
        up = round(screen.height - y * scale) - below
        screen.draw_image(screen.new_gc(), across, up, picture)


_SHARES = {"left": 0.0, "center": 0.5, "right": 1.0}


@lru_cache(maxsize=_PICTURES)
def _picture(words: str, font: FontProperties, colour: str, dpi: float) -> tuple[Pixels, int, int]:
    """The words as pixels, lowest row first; how far their origin is from its left and bottom."""
    size = font.get_size_in_points() * dpi / 72
    margin, below = ceil(size * 0.2), ceil(size * 0.4)
    height = ceil(size * 1.2) + below
    renderer = _scratch(2 ** ceil(log2(size * len(words) + 2 * margin)), height, dpi)
    renderer.clear()
    context = renderer.new_gc()
    context.set_foreground(colour)
    renderer.draw_text(context, margin, height - below, words, font, 0)
    pixels = np.asarray(renderer.buffer_rgba())
    inked = np.flatnonzero(pixels[..., 3].any(axis=0))
    width = int(inked[-1]) + 1 if inked.size else margin
    return pixels[::-1, : width + margin].copy(), margin, below


@lru_cache(maxsize=32)
def _scratch(width: int, height: int, dpi: float) -> RendererAgg:
    """Where words are drawn the first time."""
    return RendererAgg(width, height, dpi)


def _screen(artist: Artist, renderer: RendererBase) -> RendererAgg | None:
    """The renderer, where an artist is drawn on a paper for the screen and not to be printed."""
    on_paper = isinstance(artist.figure, Paper)
    return renderer if on_paper and isinstance(renderer, RendererAgg) else None


class Block(Rectangle):
    """A rectangle in pixels from the top left corner of the figure."""

    def draw(self, renderer: RendererBase) -> None:
        if (screen := _screen(self, renderer)) is None:
            super().draw(renderer)
            return
        scale = screen.dpi / PIXELS_PER_INCH
        context = _PLAIN
        if self.get_linewidth():
            context = screen.new_gc()
            context.set_foreground(self.get_edgecolor(), isRGBA=True)
            context.set_linewidth(self.get_linewidth())
            context.set_joinstyle("miter")
        x, y = self.get_xy()
        where = Affine2D.from_values(
            self.get_width() * scale, 0, 0, -self.get_height() * scale,
            x * scale, screen.height - y * scale,
        )  # fmt: skip
        screen.draw_path(context, _UNIT, where, self.get_facecolor())


class Blocks(PathPatch):
    """Many rectangles of one look, in pixels from the top left corner of the figure."""

    def set_boxes(self, boxes: Sequence[Box]) -> None:
        corners = [
            (x, y)
            for b in boxes
            for x, y in (
                (b.left, b.top), (b.right, b.top), (b.right, b.bottom), (b.left, b.bottom),
                (b.left, b.top),
            )
        ]  # fmt: skip
        path = Path(np.array(corners), np.tile(_CODES, len(boxes)))
        self.set_path(path)


_CODES = np.array([Path.MOVETO, *[Path.LINETO] * 3, Path.CLOSEPOLY], dtype=Path.code_type)


class Stock:
    """Artists by how they look; each is given out once per drawing."""

    def __init__(self) -> None:
        self._shelves: dict[Any, list[Any]] = defaultdict(list)
        self._given: dict[Any, int] = defaultdict(int)

    @property
    def size(self) -> int:
        """How many artists are kept."""
        return sum(map(len, self._shelves.values()))

    def begin(self) -> None:
        """Everything may be given out again; of what a great chart needed, little is kept."""
        for look, shelf in self._shelves.items():
            del shelf[max(self._given[look], _KEPT) :]
        self._given.clear()

    def take(self, look: Hashable, make: Callable[[], _Kept]) -> _Kept:
        """An artist of that look: one from an earlier drawing, else a new one."""
        shelf, number = self._shelves[look], self._given[look]
        self._given[look] = number + 1
        if number == len(shelf):
            shelf.append(make())
        kept: _Kept = shelf[number]
        return kept


class Paper(Figure):
    """A figure to draw on again and again, for the screen."""

    def __init__(self, **fields: Any) -> None:
        super().__init__(**fields)
        self.stock = Stock()
