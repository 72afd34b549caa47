"""Small multiples: several descents, each on a small map of its own, on one clock.

They are sent as one fan, and the ground once, unless each has its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import streamlit as st

from playground.player.component import bring_grounds, nothing, seconds
from playground.player.fan import Fan
from playground.player.ground import SurfaceMap
from playground.player.modules import script
from playground.player.packing import join

_multiples = st.components.v2.component(
    "optimizer_playground_multiples", js=script("mount_multiples"), isolate_styles=False
)


@dataclass(frozen=True, eq=False)
class Multiples:
    """Descents side by side.

    fan: one lane a descent.
    titles: of each, above its map.
    grounds, colours: one for each, or one for all.
    name: what they are called where they are not seen.
    now: which of them is the one that runs.
    told: whether the verdicts are sentences, or one word each.
    of: the name of what is chosen by a click on one of them; without it none can be chosen.
    """

    fan: Fan
    titles: Sequence[str]
    grounds: Sequence[SurfaceMap]
    colours: Sequence[str]
    name: str
    now: int | None = None
    told: bool = False
    of: str = ""

    @cached_property
    def message(self) -> bytes:
        """The bytes the browser gets, but for the grounds."""
        steps = len(self.fan.path) - 1
        header: dict[str, Any] = {
            "titles": list(self.titles),
            "grounds": [ground.id for ground in self.grounds],
            "colours": list(self.colours),
            "name": self.name,
            "now": self.now,
            "told": self.told,
            "of": self.of,
            "steps": steps,
            "seconds": seconds(steps, None),
            "autoplay": True,
        }
        return join(header, [self.fan.message()])


def small_multiples(
    shown: Multiples,
    key: str,
    *,
    loaded: bool = False,
    on_choose: Callable[[], None] | None = None,
) -> None:
    """Show descents side by side, playing together.

    loaded: whether their grounds are on the page already.
    on_choose: a callback without arguments, of a click on one of them; what was chosen and its
        value are in `st.session_state[key]` under "choose".
    """
    _multiples(key=key, data=shown.message, on_choose_change=on_choose or nothing)
    if not loaded:
        bring_grounds(key, *dict.fromkeys(shown.grounds))
