"""The paper a chart is drawn on: a figure measured in device-independent pixels from the top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Bbox, Transform, TransformedBbox

from monitor.charts.layout import Box
from monitor.charts.style import Style
from monitor.charts.view import View

PIXELS_PER_INCH = 100
"""A figure of this dpi has one device-independent pixel per pixel; Qt's device pixel ratio
multiplies the dpi and leaves the inches as they are."""

# Bold and not semibold: the fallback font has only these two.
Weight = Literal["normal", "bold"]


@cache
def _font(families: tuple[str, ...], pixels: float, weight: Weight) -> FontProperties:
    return FontProperties(family=list(families), size=pixels * 72 / PIXELS_PER_INCH, weight=weight)


@cache
def _ruler() -> RendererAgg:
    return RendererAgg(1, 1, PIXELS_PER_INCH)


@cache
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
        kept = words
        while kept and self.measure(kept.rstrip() + "…", size, weight) > room:
            kept = kept[:-1]
        return kept.rstrip() + "…"

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
        # Half of a capital's height below the middle is the line the letters stand on.
        text = Text(
            x,
            y + 0.36 * size,
            words,
            color=colour,
            fontproperties=_font(self.style.families(), size, weight),
            horizontalalignment=align,
            verticalalignment="baseline",
            parse_math=False,
            transform=self.transform,
            zorder=8,
        )
        self.figure.add_artist(text)
        return text

    def line(
        self, xs: Sequence[float], ys: Sequence[float], frame: Frame | None = None, **look: Any
    ) -> Line2D:
        """Draw a line in pixels, or with `frame` in its days and scores, cut off at its box.

        look: as for Line2D, but widths and sizes in pixels.
        """
        for name in ("linewidth", "markersize", "markeredgewidth"):
            if name in look:
                look[name] = look[name] * 72 / PIXELS_PER_INCH
        where = self.transform if frame is None else frame.transform + self.transform
        line = Line2D(xs, ys, transform=where, **look)
        self.figure.add_artist(line)
        if frame is not None:
            line.set_clip_box(self._clip(frame.box))
        return line

    def fill(self, box: Box, colour: str, zorder: float, **look: Any) -> Rectangle:
        """Fill a rectangle given in pixels."""
        patch = Rectangle(
            (box.left, box.top),
            box.width,
            box.height,
            facecolor=colour,
            transform=self.transform,
            zorder=zorder,
            **({"linewidth": 0} | look),
        )
        self.figure.add_artist(patch)
        return patch

    def hatch(self, box: Box, colour: str, zorder: float, name: str) -> None:
        """Draw thin, pale diagonals over a rectangle given in pixels."""
        pale = to_rgba(colour, 0.17)
        patch = self.fill(box, "none", zorder, hatch="//", hatchcolor=pale, gid=name)
        patch.set_hatch_linewidth(0.8 * 72 / PIXELS_PER_INCH)

    def _clip(self, box: Box) -> TransformedBbox:
        corners = Bbox([[box.left - 4, box.top], [box.right + 4, box.bottom + 4]])
        return TransformedBbox(corners, self.transform)


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
