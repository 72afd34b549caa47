"""The player as a file of its own: it holds all it needs, and offers nothing it cannot do."""

import base64
import json
import re
import tomllib
import zlib
from html.parser import HTMLParser

import numpy as np
import pytest
from plotly.offline import get_plotlyjs

from playground.player import Chart, Knob, Series, SurfaceMap, Threshold, Track, self_contained
from playground.player.modules import script
from tests.support.source import HOUSE, ROOT

GROUND = SurfaceMap((0, 1, 0, 1), b"\x89PNG", [np.eye(2)], [(0.5, 0.5, "minimum")])
PATH = np.linspace((0, 0), (1, 1), 5)
KNOB = Knob(
    "lr",
    "η",
    "learning rate",
    0.1,
    (0.01, 1.0),
    "log",
    9,
    3,
    (0.0, None, False, False),
    "above 0",
    "fan",
)
TRACK = Track("Adam <η 0.1>", "#112233", PATH, slot="a", short="Adam", knobs=[KNOB])
CHARTS = [Chart("Loss", [Series(np.arange(5.0), 0)], [Threshold(1.0, "limit", id="a")])]


class Page(HTMLParser):
    """What a page asks for, and what it carries: the texts of its scripts by their id."""

    def __init__(self, text):
        super().__init__()
        self.asked, self.carried, self.styles, self.titles = [], {}, [], []
        self.inside = None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        targets = ("src", "href", "srcset", "action", "data", "poster")
        self.asked += [given[name] for name in targets if name in given]
        self.inside = (tag, given.get("id") or given.get("type", ""))

    def handle_endtag(self, tag):
        self.inside = None

    def handle_data(self, data):
        tag, name = self.inside or ("", "")
        if tag == "script":
            self.carried[name] = data
        elif tag == "style":
            self.styles.append(data)
        elif tag in ("title", "h1", "p"):
            self.titles.append(data)


@pytest.fixture(scope="module")
def text():
    return self_contained(
        GROUND, [TRACK], CHARTS, title="Adam & others on <Bowl>", words=["Start <0, 0>."]
    )


@pytest.fixture(scope="module")
def page(text):
    return Page(text)


@pytest.fixture(scope="module")
def scene(page):
    """The header of the scene that the page carries."""
    packed = zlib.decompress(base64.b64decode(page.carried["pgp-scene"]))
    length = int.from_bytes(packed[:4], "little")
    return json.loads(packed[4 : 4 + length])


def test_it_asks_for_nothing(page):
    assert page.asked == ["data:,"]
    assert not any(re.search(r"url\(|@import", style) for style in page.styles)
    code = page.carried["module"]
    assert not re.search(r"\bimport\b|\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon", code)
    assert set(re.findall(r"https?://[^\"'`\s]+", code)) == {"http://www.w3.org/2000/svg"}


def test_it_carries_all_of_it(page):
    assert base64.b64decode(page.carried["pgp-ground"]) == GROUND.message
    assert zlib.decompress(base64.b64decode(page.carried["pgp-plotly"])).decode() == get_plotlyjs()
    assert script("standalone") in page.carried["module"]
    assert page.carried["module"].rstrip().endswith("\nstandalone();")
    assert len(page.carried) == 4


def test_texts_are_shown_as_they_are(page):
    assert page.titles == ["Adam & others on <Bowl>"] * 2 + ["Start <0, 0>."]


def test_it_offers_nothing_that_only_a_server_can_do(scene):
    (track,), (chart,) = scene["tracks"], scene["charts"]
    assert track["knobs"] == scene["dials"]["knobs"] == []
    assert track["short"] == ""  # without its knob the name says the learning rate
    assert [line["id"] for line in chart["thresholds"]] == [""]
    assert scene["startable"] is scene["reportStep"] is scene["sketched"] is False
    assert scene["ground"] == GROUND.id
    assert scene["steps"] == 4


def test_it_says_all_that_the_player_reads(scene):
    """Every property of the type `Scene` in payload.js, whatever is added to it."""
    source = (HOUSE / "player" / "js" / "payload.js").read_text("utf-8")
    declared = source.partition("@typedef {object} Scene")[2].partition("\n *\n")[0]
    wanted = re.findall(r"@property \{.+?\} (\w+)", declared)
    assert len(wanted) > 10
    assert set(scene) == set(wanted)


def test_the_same_race_is_the_same_file(text):
    again = self_contained(
        GROUND, [TRACK], CHARTS, title="Adam & others on <Bowl>", words=["Start <0, 0>."]
    )
    assert again == text


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_its_colours_are_those_of_the_app(page, theme):
    said = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"][theme]
    light, _, rest = "".join(page.styles).partition("@media (prefers-color-scheme: dark)")
    style = light if theme == "light" else rest.partition("}\n}")[0]
    for name, key in (("background", "background"), ("text", "text"), ("primary", "primary")):
        assert f"--st-{name}-color: {said[f'{key}Color'].lower()};" in style
