"""A race as one HTML file with the player in it, which asks nothing of the network.

The file carries the code of the player, the packed scene and ground, and plotly.js of Python's
plotly package, compressed: a third of its size.  Nobody listens to it, so what only a server can
answer is left out: knobs, limits that can be clicked, the choice of a start.
"""

from __future__ import annotations

import zlib
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from plotly.offline import get_plotlyjs

from playground.language import spoken_now, tr
from playground.player.component import GROUND, STYLES, seconds
from playground.player.ground import SurfaceMap
from playground.player.modules import script
from playground.player.scene import Chart, Track, drawable, pack_scene, steps_of

PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
<style>{style}</style>
</head>
<body>
<h1>{title}</h1>
<main><noscript>{silent}</noscript></main>
{words}
{carried}
<script type="module">
{code}
standalone();
</script>
</body>
</html>
"""
"""The icon is empty, or a browser would ask a server for one."""


def self_contained(
    ground: SurfaceMap,
    tracks: Sequence[Track],
    charts: Sequence[Chart] = (),
    *,
    title: str,
    words: Sequence[str] = (),
    start: tuple[float, float] | None = None,
    height: int = 560,
) -> str:
    """The player with descents on a surface as a whole HTML page, see `component.player`.

    title: of the page, in its tab and above the player.
    words: paragraphs below the player.
    start: where the ring stands; by default where the first track begins.
    height: of the map in pixels where map and charts stand side by side.
    """
    carried = {"pgp-scene": _scene(ground, tracks, charts, start, height)}
    carried |= {"pgp-ground": ground.message}
    parts = {name: b64encode(data).decode() for name, data in carried.items()}
    parts["pgp-plotly"] = _plotly_js()
    return PAGE.format(
        language=spoken_now(),
        title=escape(title),
        style=_style(),
        silent=escape(tr("This page needs JavaScript, which is switched off here.")),
        words="\n".join(f"<p>{escape(text)}</p>" for text in words),
        carried="\n".join(_holder(name, text) for name, text in parts.items()),
        code=script("standalone"),
    )


def _scene(
    ground: SurfaceMap,
    tracks: Sequence[Track],
    charts: Sequence[Chart],
    start: tuple[float, float] | None,
    height: int,
) -> bytes:
    """The message of a scene in which nothing has to be answered; names say what knobs showed."""
    length = steps_of(tracks)
    facts: dict[str, Any] = {
        "ground": ground.id,
        "steps": length,
        "seconds": seconds(length, None),
        "autoplay": True,
        "step": None,
        "heard": None,
        "start": None if start is None else [float(start[0]), float(start[1])],
        "startable": False,
        "sketched": False,
        "height": height,
        "reportStep": False,
        "dials": {"slot": GROUND, "name": "", "knobs": []},
    }
    deaf = [replace(track, knobs=(), short="") for track in tracks]
    plain = [
        replace(chart, thresholds=[replace(line, id="") for line in chart.thresholds])
        for chart in drawable(tracks, charts)
    ]
    return pack_scene(deaf, plain, facts)


def _holder(name: str, text: str) -> str:
    """An element of the page that carries bytes as text, and is not run."""
    return f'<script type="text/plain" id="{name}">{text}</script>'


@cache
def _plotly_js() -> str:
    return b64encode(zlib.compress(get_plotlyjs().encode(), 9)).decode()


@cache
def _style() -> str:
    names = ("standalone", *STYLES)
    return "".join(Path(__file__).with_name(f"{name}.css").read_text("utf-8") for name in names)
