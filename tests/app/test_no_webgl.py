"""Nothing the app draws needs WebGL, so there is nobody who must be told that it is missing."""

import re

import pytest

from tests.app.test_pages import PAGES, opened
from tests.support.source import ROOT
from tests.support.visible import figures

NEEDS_IT = re.compile(
    r"\b(?:\w+gl|\w+3d|surface|cone|streamtube|volume|isosurface|splom|parcoords"
    r"|\w*mapbox|\w+map)\b"
)
"""Types of Plotly's traces that are drawn with WebGL (plotly.js 3, by its own list)."""
SVG = {"heatmap"}
TRACE = re.compile(r'\btype: "([\w-]+)"')
BRUSH = re.compile(r'\bgetContext\("([\w-]+)"')


def needs_webgl(kind):
    return kind not in SVG and NEEDS_IT.fullmatch(kind) is not None


def test_what_needs_it_is_known():
    assert all(map(needs_webgl, ("scattergl", "scatter3d", "mesh3d", "surface", "scattermap")))
    assert not any(map(needs_webgl, ("scatter", "heatmap", "contour", "bar", "histogram")))


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_no_figure_of_a_page_needs_it(page):
    kinds = {t.get("type", "scatter") for f in figures(opened(page.stem)) for t in f["data"]}
    assert not {kind for kind in kinds if needs_webgl(kind)}


def test_no_trace_of_the_player_needs_it():
    modules = ROOT / "playground" / "player" / "js"
    kinds = {kind for path in modules.glob("*.js") for kind in TRACE.findall(path.read_text())}
    assert "scatter" in kinds
    assert not {kind for kind in kinds if needs_webgl(kind)}
    brushes = {kind for path in modules.glob("*.js") for kind in BRUSH.findall(path.read_text())}
    assert brushes == {"2d"}
