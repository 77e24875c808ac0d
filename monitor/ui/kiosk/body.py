"""The drawing of the body map: regions of one half of the body as polygons. Has no Qt.

x goes from the middle of the body outwards, y downwards, in units of which the whole body is
`HALF_WIDTH` * 2 wide and `HEIGHT` high. The other half is the mirror image. Hands are drawn
large and arms broad, because that is where the regions are small. Palms face forward, so the
thumb is outside in both views.
"""

from __future__ import annotations

import math
from typing import Literal

View = Literal["front", "back"]
Point = tuple[float, float]
Polygon = tuple[Point, ...]

HALF_WIDTH = 224.0
HEIGHT = 560.0

_WRIST_OUTER, _WRIST_THUMB = (168.0, 392.0), (153.0, 396.0)
_WRIST_INNER_SIDE, _WRIST_INNER = (138.0, 400.0), (124.0, 404.0)


def _half_oval(middle_y: float, width: float, height: float) -> Polygon:
    """The right half of an oval around the middle line, from top to bottom."""
    angles = (math.pi * step / 16 for step in range(17))
    return tuple((width * math.sin(a), middle_y - height * math.cos(a)) for a in angles)


_HEAD = _half_oval(60.0, 41.0, 52.0)
# fmt: off
_NECK = ((0.0, 96.0), (25.0, 96.0), (27.0, 122.0), (33.0, 134.0), (62.0, 144.0), (36.0, 158.0),
         (0.0, 164.0))
_SHOULDER = ((0.0, 164.0), (36.0, 158.0), (62.0, 144.0), (94.0, 151.0), (113.0, 160.0),
             (124.0, 171.0), (130.0, 182.0), (101.0, 190.0), (72.0, 190.0), (0.0, 194.0))
_TRUNK = ((0.0, 194.0), (72.0, 190.0), (76.0, 202.0), (73.0, 250.0), (66.0, 300.0), (66.0, 340.0),
          (75.0, 392.0), (0.0, 396.0))
_LEG = ((0.0, 396.0), (75.0, 392.0), (83.0, 440.0), (82.0, 490.0), (74.0, 560.0), (20.0, 560.0),
        (12.0, 500.0), (5.0, 424.0), (0.0, 416.0))
_OUTER_ARM = ((130.0, 182.0), (140.0, 214.0), (144.0, 250.0), (150.0, 290.0), (119.0, 296.0),
              (113.0, 258.0), (109.0, 224.0), (101.0, 190.0))
_INNER_ARM = ((101.0, 190.0), (109.0, 224.0), (113.0, 258.0), (119.0, 296.0), (132.0, 332.0),
              (103.0, 344.0), (87.0, 306.0), (80.0, 270.0), (78.0, 238.0), (76.0, 202.0),
              (72.0, 190.0))
_THUMB_SIDE = ((150.0, 290.0), (160.0, 326.0), (167.0, 360.0), _WRIST_OUTER, (189.0, 409.0),
               (211.0, 434.0), (219.0, 455.0), (204.0, 462.0), (182.0, 446.0), (172.0, 463.0),
               (162.0, 464.0), _WRIST_THUMB, (141.0, 366.0), (132.0, 332.0),
               (119.0, 296.0))
_MIDDLE_FINGER = (_WRIST_THUMB, (162.0, 464.0), (172.0, 463.0), (174.0, 510.0), (157.0, 513.0),
                  (155.0, 481.0), (150.0, 525.0), (132.0, 525.0), (136.0, 467.0),
                  _WRIST_INNER_SIDE)
_LITTLE_FINGER = ((132.0, 332.0), (141.0, 366.0), _WRIST_THUMB, _WRIST_INNER_SIDE, (136.0, 467.0),
                  (127.0, 518.0), (110.0, 516.0), (115.0, 476.0), (107.0, 503.0), (91.0, 499.0),
                  (103.0, 452.0), (108.0, 427.0), _WRIST_INNER, (118.0, 378.0),
                  (103.0, 344.0))
# fmt: on

_SAME_IN_BOTH: dict[str, Polygon] = {
    "neck": _NECK,
    "trunk": _TRUNK,
    "leg": _LEG,
    "shoulder": _SHOULDER,
    "outer_arm": _OUTER_ARM,
    "inner_arm": _INNER_ARM,
    "thumb_side": _THUMB_SIDE,
    "middle_finger": _MIDDLE_FINGER,
    "little_finger": _LITTLE_FINGER,
}

HALVES: dict[View, dict[str, Polygon]] = {
    "front": {**_SAME_IN_BOTH, "face": _HEAD},
    "back": {**_SAME_IN_BOTH, "back_of_head": _HEAD},
}
"""View -> region -> the polygon of one half, in order of painting: later ones lie on top."""

QUIET = frozenset({"trunk", "leg", "face"})
"""Regions of no cervical root, drawn fainter."""
