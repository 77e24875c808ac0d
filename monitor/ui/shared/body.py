"""The shape of the body map, as data: one half of a figure and where its regions end. Has no Qt.

In units of about a millimetre on a ten-inch panel: x from the middle of the body outwards, y
downwards from the highest place that can be touched. Above it is only the crown of the head. The
other half is the mirror image. Palms face forward, so the thumb is outside in both views. A region
is the skin and the `RIM` around it that is drawn with it: arms and hands are broad, legs short and
regions bent round each other so that each of them holds a circle of 16 mm for a finger.
"""

from __future__ import annotations

from typing import Literal

View = Literal["front", "back"]
Point = tuple[float, float]
Points = tuple[Point, ...]

VIEWS: tuple[View, ...] = ("front", "back")
HALF_WIDTH = 64.3
HEIGHT = 68.0
CROWN = 14.6
"""How far the head rises above what can be touched."""
RIM = 5.0
"""How far around the skin a touch still lies in the region, and is drawn so."""

# fmt: off
HEAD: Points = ((0.0, -14.0), (7.8, -12.5), (13.2, -7.8), (15.6, -1.0), (15.5, 5.6), (13.5, 11.8),
                (9.8, 16.4), (5.2, 19.0), (0.0, 19.8))
"""The edge of the head, from the crown to the chin: a smooth line through these points."""
JAW = 16.0
"""Down to here the rim of the head lies over that of the neck."""

OUTLINE: Points = ((8.4, 16.0), (8.9, 19.0), (11.6, 21.6), (18.0, 22.8), (26.0, 23.2),
                   (34.0, 25.0), (40.4, 28.6), (45.6, 33.4), (49.2, 38.4), (51.6, 43.4),
                   (54.4, 48.0), (54.6, 52.6), (52.0, 57.0), (46.6, 58.6), (41.4, 57.2),
                   (38.0, 54.8), (32.6, 52.6), (27.0, 47.6), (22.4, 40.4), (20.6, 44.4),
                   (20.4, 50.0), (21.6, 56.0), (22.8, 62.0), (23.0, 68.0), (23.0, 74.0))
"""The edge from the neck over the arm and the palm to the leg, smooth through these points.

It ends below what is shown, so that the legs seem to go on."""

INNER_LEG: Points = ((4.0, 74.0), (3.8, 68.0), (3.0, 64.0), (0.0, 60.4))

FINGERS: tuple[tuple[Point, Point, float], ...] = (
    ((49.5, 46.5), (55.8, 39.2), 8.0),
    ((51.5, 49.5), (57.4, 47.5), 6.8),
    ((50.5, 53.0), (57.0, 59.6), 7.6),
    ((46.4, 55.0), (45.6, 61.4), 6.6),
    ((43.0, 55.0), (38.6, 60.2), 6.4),
)
"""Thumb to little finger: from where to where, and how thick."""

CUTS: dict[str, Points] = {
    "neck": ((0.0, 10.0), (20.0, 10.0), (18.6, 22.8), (17.6, 31.6), (11.6, 34.4), (5.6, 36.0),
             (0.0, 36.4)),
    "shoulder": ((20.0, 10.0), (42.0, 10.0), (36.0, 25.0), (32.2, 36.6), (21.6, 39.2),
                 (17.6, 31.6), (18.6, 22.8)),
    "outer_arm": ((42.0, 10.0), (62.2, 18.0), (44.0, 47.6), (32.2, 36.6), (36.0, 25.0)),
    "inner_arm": ((21.6, 39.2), (32.2, 36.6), (44.0, 47.6), (25.4, 59.6), (22.6, 51.6)),
    "thumb_side": ((62.2, 18.0), (80.0, 18.0), (80.0, 51.7), (58.0, 51.7), (50.0, 51.2),
                   (44.0, 47.6)),
    "middle_finger": ((44.0, 47.6), (50.0, 51.2), (58.0, 51.7), (80.0, 51.7), (80.0, 90.0),
                      (47.8, 90.0), (48.0, 60.0), (47.2, 53.4)),
    "little_finger": ((44.0, 47.6), (47.2, 53.4), (48.0, 60.0), (47.8, 90.0), (29.0, 90.0),
                      (29.0, 57.2)),
    "trunk": ((0.0, 36.4), (5.6, 36.0), (11.6, 34.4), (17.6, 31.6), (21.6, 39.2), (22.6, 51.6),
              (16.0, 50.2), (8.0, 51.8), (0.0, 54.6)),
    "leg": ((0.0, 54.6), (8.0, 51.8), (16.0, 50.2), (22.6, 51.6), (25.4, 59.6), (29.0, 57.2),
            (29.0, 90.0), (0.0, 90.0)),
}
# fmt: on
"""Region below the head -> what of the outline and its rim belongs to it."""

HEARTS: dict[str, Point] = {
    "face": (8.2, 8.2),
    "back_of_head": (8.2, 8.2),
    "neck": (8.6, 26.6),
    "shoulder": (26.6, 26.9),
    "outer_arm": (41.8, 34.3),
    "inner_arm": (30.2, 46.0),
    "thumb_side": (56.1, 43.5),
    "middle_finger": (56.2, 59.8),
    "little_finger": (39.9, 59.8),
    "trunk": (13.4, 42.4),
    "leg": (15.2, 59.2),
}
"""The middle of the circle in each region, where its score is written."""

HEADS: dict[View, str] = {"front": "face", "back": "back_of_head"}
"""View -> the region that the head is in it."""

EAR: tuple[Point, float, float] = ((15.6, 3.0), 2.3, 3.8)
"""Where an ear is, how wide and how high to both sides."""
EYE: tuple[Point, float, float] = ((5.6, 2.2), 0.9, 1.3)
FRINGE: Points = ((20.0, -20.0), (20.0, 0.0), (15.4, -1.5), (12.6, -6.0), (8.0, -7.6), (0.0, -7.0))
"""Below the hair of the front view."""

STROKES: dict[View, tuple[Points, ...]] = {
    "front": (
        ((3.4, -1.4), (5.6, -2.2), (7.8, -1.4)),
        ((0.0, 8.4), (1.3, 7.8), (0.8, 6.4)),
        ((0.0, 14.2), (2.6, 13.6), (4.6, 12.0)),
        ((3.0, 27.4), (8.0, 26.8), (15.0, 24.6)),
        ((0.0, 47.2), (0.5, 46.9), (0.6, 46.2)),
    ),
    "back": (
        ((0.0, 26.0), (0.0, 38.0), (0.0, 50.0)),
        ((15.6, 34.4), (11.4, 40.0), (7.6, 42.6), (6.6, 38.0)),
    ),
}
"""A few lines by which a front and a back are known: a face, collar bones; a spine, blades."""

KEY = ((34.0, 0.0), (HALF_WIDTH, 16.0))
"""Where beside the head there is room for a key, or for words."""
SIDE_WORDS = ((37.0, 16.8), (HALF_WIDTH, 24.0))
"""Where above the arm it is said which side it is."""
