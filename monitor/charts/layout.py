"""Where words go: boxes in pixels, rows without overlap, labels pushed apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

EDGE = 6.0
"""So many pixels are kept free at both sides of a chart."""


@dataclass(frozen=True)
class Box:
    """A rectangle in device-independent pixels; y counts downwards from the top."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def holds(self, x: float, y: float, slack: float = 0.0) -> bool:
        """Whether a point is inside, or at most `slack` pixels outside."""
        return (
            self.left - slack <= x <= self.right + slack
            and self.top - slack <= y <= self.bottom + slack
        )


@dataclass
class Rows:
    """Rows of words side by side; what does not fit in one row goes into the next."""

    most: int
    taken: list[list[tuple[float, float]]] = field(default_factory=list)

    def place(self, *candidates: tuple[float, float], first: int = 0) -> tuple[int, int] | None:
        """Take the first free stretch of `candidates` (left, right): (row, which candidate).

        A higher row comes before a better candidate; none above row `first` is looked at.
        None if no row has room.
        """
        for row in range(first, self.most):
            for which, (left, right) in enumerate(candidates):
                if self._is_free(row, left, right):
                    self.take(row, left, right)
                    return row, which
        return None

    def take(self, row: int, left: float, right: float) -> None:
        while len(self.taken) <= row:
            self.taken.append([])
        self.taken[row].append((left, right))

    def _is_free(self, row: int, left: float, right: float) -> bool:
        taken = self.taken[row] if row < len(self.taken) else []
        return all(right <= start or end <= left for start, end in taken)

    @property
    def used(self) -> int:
        return len(self.taken)


def spread(wanted: Sequence[float], step: float, low: float, high: float) -> list[float]:
    """Positions at least `step` apart and within [low, high], each as near as can be to wanted.

    The order of the result is that of `wanted`, equal ones keep their order. There must be
    room: `(len - 1) * step <= high - low`.
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    groups: list[tuple[float, int]] = []  # (centre, how many) of labels that touch
    for index in order:
        centre, count = _kept_inside(wanted[index], 1, step, low, high), 1
        while groups and centre - groups[-1][0] < step * (count + groups[-1][1]) / 2:
            other, others = groups.pop()
            total = count + others
            centre = (centre * count + other * others) / total
            centre, count = _kept_inside(centre, total, step, low, high), total
        groups.append((centre, count))
    placed = [0.0] * len(wanted)
    position = iter(order)
    for centre, count in groups:
        for number in range(count):
            placed[next(position)] = centre + step * (number - (count - 1) / 2)
    return placed


def _kept_inside(centre: float, count: int, step: float, low: float, high: float) -> float:
    half = step * (count - 1) / 2
    return min(max(centre, low + half), max(high - half, low + half))
