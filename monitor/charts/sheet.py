"""The paper a chart is drawn on: a figure measured in device-independent pixels from the top."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import ceil, nan
from typing import Any, Literal

from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Bbox, Transform, TransformedBbox

from monitor.charts.layout import Box
from monitor.charts.stock import PIXELS_PER_INCH, Block, Blocks, Paper, Stock, Words
from monitor.charts.style import Style
from monitor.charts.view import View

_HATCH = 19.0
"""How far apart the diagonals are, in pixels along the edge."""
_NOTHING = Path([(0, 0)])
_IN_PIXELS = {"linewidth", "markersize", "markeredgewidth"}

# Bold and not semibold: the fallback font has only these two.
Weight = Literal["normal", "bold"]


@cache
def _font(families: tuple[str, ...], pixels: float, weight: Weight) -> FontProperties:
    return FontProperties(family=list(families), size=pixels * 72 / PIXELS_PER_INCH, weight=weight)


@cache
def _ruler() -> RendererAgg:
    return RendererAgg(1, 1, PIXELS_PER_INCH)


@lru_cache(maxsize=10_000)
def _width(words: str, families: tuple[str, ...], pixels: float, weight: Weight) -> float:
    width, _, _ = _ruler().get_text_width_height_descent(
        words, _font(families, pixels, weight), ismath=False
    )
    return float(width)


class Sheet:
    """A figure, the style it is drawn in, and its size in device-independent pixels.

    Nothing here uses axes: artists lie directly on the figure, which is several times faster
    to build and to draw than axes with ticks.
    """

    def __init__(self, figure: Figure, style: Style) -> None:
        """Clears the figure; the artists of a `Paper` stay in its stock."""
        self.figure = figure
        self.style = style
        inches = figure.get_size_inches()
        self.width = float(inches[0]) * PIXELS_PER_INCH
        self.height = float(inches[1]) * PIXELS_PER_INCH
        self.transform: Transform = (
            Affine2D()
            .scale(1 / PIXELS_PER_INCH, -1 / PIXELS_PER_INCH)
            .translate(0, self.height / PIXELS_PER_INCH)
            + figure.dpi_scale_trans
        )
        self._frames: dict[int, tuple[Frame, Transform, TransformedBbox]] = {}
        self._stock = figure.stock if isinstance(figure, Paper) else Stock()
        self._stock.begin()
        figure.clear()
        figure.set_facecolor(style.paper)

    @property
    def is_small(self) -> bool:
        """Whether there is so little height that words get smaller."""
        return self.height < 560

    @property
    def text_size(self) -> float:
        return self.style.text - (1 if self.is_small else 0)

    @property
    def small_size(self) -> float:
        return self.style.small - (1 if self.is_small else 0)

    def measure(self, words: str, size: float | None = None, weight: Weight = "normal") -> float:
        """The width of words in pixels; `size` None is the small size."""
        return _width(words, self.style.families(), size or self.small_size, weight)

    def elide(
        self, words: str, room: float, size: float | None = None, weight: Weight = "normal"
    ) -> str:
        """The words, shortened with "…" to fit into `room` pixels."""
        if self.measure(words, size, weight) <= room:
            return words

        def shortened(length: int) -> str:
            return words[:length].rstrip() + "…"

        # The longest that fits; the more letters, the wider.
        length = bisect_right(
            range(len(words)), room, key=lambda some: self.measure(shortened(some), size, weight)
        )
        return shortened(max(length - 1, 0))

    def text(
        self,
        x: float,
        y: float,
        words: str,
        colour: str,
        *,
        size: float | None = None,
        weight: Weight = "normal",
        align: Literal["left", "center", "right"] = "left",
    ) -> Text:
        """Write words with their middle at height `y`."""
        size = size or self.small_size

        def make() -> Words:
            return Words(
                0,
                0,
                color=colour,
                fontproperties=_font(self.style.families(), size, weight),
                horizontalalignment=align,
                verticalalignment="baseline",
                parse_math=False,
                zorder=8,
            )

        text = self._stock.take((self.style.font_family, size, weight, colour, align), make)
        # Half of a capital's height below the middle is the line the letters stand on.
        text.set_position((x, y + 0.36 * size))
        text.set_text(words)
        self._put(text, self.transform)
        return text

    def line(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        frame: Frame | None = None,
        *,
        gid: str = "",
        **look: Any,
    ) -> Line2D:
        """Draw a line in pixels, or with `frame` in its days and scores, cut off at its box.

        gid: its name, by which a test finds it; look: as for Line2D, but widths and sizes in
        pixels.
        """

        def make() -> Line2D:
            points = {
                name: value * 72 / PIXELS_PER_INCH if name in _IN_PIXELS else value
                for name, value in look.items()
            }
            return Line2D([], [], **points)

        line = self._stock.take(tuple(look.items()), make)
        line.set_data(xs, ys)
        line.set_gid(gid)
        if frame is None:
            line.set_clip_box(None)
            self._put(line, self.transform)
        else:
            _, transform, clip = self._of_frame(frame)
            line.set_clip_box(clip)
            self._put(line, transform)
        return line

    def leaders(self, ends: Sequence[tuple[float, float, float, float]], **look: Any) -> None:
        """Draw short lines (x, y, x, y) in one go."""
        xs: list[float] = []
        ys: list[float] = []
        for x, y, other_x, other_y in ends:
            xs += (x, other_x, nan)
            ys += (y, other_y, nan)
        if xs:
            self.line(xs[:-1], ys[:-1], **look)

    def rules(self, across: Sequence[float], down: Sequence[float], box: Box, **look: Any) -> None:
        """Draw lines through a box in one go: at the heights `across`, at the places `down`."""
        ends = [(box.left, y, box.right, y) for y in across]
        self.leaders([*ends, *((x, box.top, x, box.bottom) for x in down)], **look)

    def fill(
        self, box: Box, colour: str, zorder: float, *, gid: str = "", **look: Any
    ) -> Rectangle:
        """Fill a rectangle given in pixels."""

        def make() -> Block:
            return Block((0, 0), 0, 0, facecolor=colour, zorder=zorder, **({"linewidth": 0} | look))

        patch = self._stock.take((colour, zorder, *look.items()), make)
        patch.set_bounds(box.left, box.top, box.width, box.height)
        patch.set_gid(gid)
        self._put(patch, self.transform)
        return patch

    def fills(
        self, boxes: Sequence[Box], colour: str, zorder: float, *, gid: str = "", **look: Any
    ) -> None:
        """Fill rectangles of one look, none of which lies over another."""

        def make() -> Blocks:
            return Blocks(_NOTHING, facecolor=colour, zorder=zorder, linewidth=0, **look)

        patch = self._stock.take(("many", colour, zorder, *look.items()), make)
        patch.set_boxes(boxes)
        patch.set_gid(gid)
        self._put(patch, self.transform)

    def _put(self, artist: Artist, transform: Transform) -> None:
        """Lay an artist on the figure; the same one has lain on it before, perhaps."""
        artist.set_transform(transform)
        if artist.get_figure() is None:
            artist.set_figure(self.figure)
        self.figure.artists.append(artist)

    def hatch(self, box: Box, colour: str, zorder: float, name: str) -> None:
        """Draw thin, pale diagonals over a rectangle given in pixels."""
        ends = []
        # Where x + y is a multiple of the step: those of two rectangles side by side meet.
        first, last = box.left + box.top, box.right + box.bottom
        for number in range(ceil(first / _HATCH), int(last / _HATCH) + 1):
            total = number * _HATCH
            left, right = max(box.left, total - box.bottom), min(box.right, total - box.top)
            ends.append((left, total - left, right, total - right))
        self.leaders(ends, color=colour, alpha=0.17, linewidth=0.8, zorder=zorder, gid=name)

    def _of_frame(self, frame: Frame) -> tuple[Frame, Transform, TransformedBbox]:
        """The way from a frame's days and scores to the figure, and where its lines end."""
        if id(frame) not in self._frames:
            box = frame.box
            corners = Bbox([[box.left - 4, box.top], [box.right + 4, box.bottom + 4]])
            transform = frame.transform + self.transform
            self._frames[id(frame)] = frame, transform, TransformedBbox(corners, self.transform)
        return self._frames[id(frame)]


@dataclass(frozen=True)
class TimeAxis:
    """The shared time axis: days of a view between two pixels."""

    left: float
    right: float
    view: View

    def x(self, day: float) -> float:
        return self.left + (day - self.view.first_day) / self.view.span * (self.right - self.left)

    def day(self, x: float) -> float:
        return self.view.first_day + (x - self.left) / (self.right - self.left) * self.view.span

    def clipped(self, first: float, last: float) -> tuple[float, float] | None:
        """The pixels of a stretch of days as far as it is in view, or None."""
        left, right = max(self.x(first), self.left), min(self.x(last), self.right)
        return (left, right) if left < right else None

    def shows(self, day: float) -> bool:
        return self.view.first_day <= day <= self.view.last_day


@dataclass(frozen=True)
class Frame:
    """One part of the chart: its box, the axis, and where scores 0 and 10 lie in it."""

    box: Box
    axis: TimeAxis
    zero_y: float
    ten_y: float

    def y(self, score: float) -> float:
        return self.zero_y + (self.ten_y - self.zero_y) * score / 10

    @property
    def transform(self) -> Affine2D:
        """From (day, score) to pixels."""
        across = (self.axis.right - self.axis.left) / self.axis.view.span
        up = (self.ten_y - self.zero_y) / 10
        return Affine2D.from_values(across, 0, 0, up, self.axis.x(0), self.zero_y)
