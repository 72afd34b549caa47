"""Pictures of a race as one animated GIF, whose still parts never flicker.

All frames share one palette, made from the theme alone, and nothing is dithered: what does not
change has the same colour in every frame and is sent once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

import numpy as np
from PIL import Image

from playground.figures.theme import GROUND, Scheme, blend, channels

MOST = 255
"""Colours; the last of the 256 says that a pixel stays as it was."""
STAYS = 255
FIELD = 96
"""Shades of the map."""
DEEPEST = 120 / 255
"""The opacity of the highest one, as `ground.png` has it."""
ON_LINES, ON_TEXT = 28, 14
"""Shades of level lines on the map, and of letters."""
EDGE = (0.12, 0.25, 0.4, 0.55, 0.7, 0.85, 1.0)
"""How much of a coloured line covers a pixel at its edge."""


def palette_of(look: Scheme, colours: Sequence[str], level: float) -> np.ndarray:
    """At most 255 colours ``(n, 3)`` in which a race in these colours can be shown.

    level: the opacity of a level line.
    """
    field = [blend(look.paper, GROUND, DEEPEST * k / (FIELD - 1)) for k in range(FIELD)]
    few = field[:: FIELD // ON_LINES]
    lines = [blend(shade, look.ink, level * part) for shade in few for part in (0.4, 1.0)]
    letters = [blend(look.paper, look.ink, (k + 1) / ON_TEXT) for k in range(ON_TEXT)]
    spare = max((MOST - FIELD - len(lines) - ON_TEXT) // (len(colours) or 1), 1)
    shares = EDGE[-spare:] if spare < len(EDGE) else EDGE
    marks = [blend(look.paper, colour, share) for colour in colours for share in shares]
    found = list(dict.fromkeys(field + lines + letters + marks))[:MOST]
    return np.array([channels(colour) for colour in found])


def animated(
    pictures: Iterable[Image.Image], palette: np.ndarray, milliseconds: Sequence[int]
) -> bytes:
    """The pictures as a GIF that plays for ever, each shown for so long."""
    nearest = _Nearest(palette)
    shown: list[Image.Image] = []
    before: np.ndarray | None = None
    for picture in pictures:
        now = nearest(np.asarray(picture))
        fresh = now if before is None else np.where(now == before, np.uint8(STAYS), now)
        frame = Image.fromarray(fresh).convert("P")
        frame.putpalette(nearest.bytes)
        shown.append(frame)
        before = now
    file = BytesIO()
    options = {"duration": list(milliseconds), "transparency": STAYS, "disposal": 1, "loop": 0}
    shown[0].save(file, "GIF", save_all=True, append_images=shown[1:], optimize=False, **options)
    return file.getvalue()


class _Nearest:
    """The colour of a palette that is nearest to each pixel's; found once for every colour."""

    def __init__(self, palette: np.ndarray) -> None:
        self.palette = palette.astype(np.float32)
        self.known = np.full(2**24, -1, np.int16)
        whole = np.zeros((256, 3), np.uint8)
        whole[: len(palette)] = palette
        self.bytes = whole.tobytes()

    def __call__(self, picture: np.ndarray) -> np.ndarray:
        red, green, blue = np.moveaxis(picture.astype(np.int32), 2, 0)
        key = red << 16 | green << 8 | blue
        found = self.known[key]
        if (new := np.unique(key[found < 0])).size:
            self.known[new] = self._search(new)
            found = self.known[key]
        return found.astype(np.uint8)

    def _search(self, keys: np.ndarray) -> np.ndarray:
        colours = np.stack([keys >> 16, keys >> 8 & 255, keys & 255], axis=1).astype(np.float32)
        away = (self.palette**2).sum(axis=1) - 2 * colours @ self.palette.T
        return away.argmin(axis=1)
