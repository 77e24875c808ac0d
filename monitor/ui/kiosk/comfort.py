"""What a patient may choose for eyes, hands and ears; put back to the clinic's own at the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from monitor.ui.shared.theme import Contrast

CAPITALS_MM = (3.5, 4.9, 6.5, 8.5)
"""The four text sizes, as the height of a capital letter in the text of a page."""

HOLD_MS = (0, 300, 700, 1200)
"""For how long a key may have to be held down until it counts."""

Hand = Literal["left", "right"]


@dataclass(frozen=True)
class Comfort:
    """`language` is the code of a language; `text_size` an index of `CAPITALS_MM`.

    `contrast`: black on white or white on black. `hand`: the one that touches, on whose side the
    main keys are. `hold_ms`: one of `HOLD_MS`. `sound`: questions can be listened to.
    """

    language: str = "en"
    text_size: int = 1
    contrast: Contrast = "light"
    hand: Hand = "right"
    hold_ms: int = 0
    sound: bool = True


USUAL = Comfort()
"""What every patient finds where the clinic has set nothing else."""
