"""The player as a file of its own, opened from a disk: it plays, and asks nobody for anything."""

import pytest

from playground.topics.race import stage
from playground.topics.race.scenes import OPENING

WIDTHS = [(1280, 800), (390, 844)]
OVER = """() => [...document.querySelectorAll("h1, .pgp-map, .pgp-bar, .pgp-charts, body > p")]
  .filter((node) => node.getBoundingClientRect().right > innerWidth + 1)
  .map((node) => node.className || node.tagName)"""


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    race = OPENING
    path = tmp_path_factory.mktemp("taken") / "race.html"
    path.write_text(stage.page_of(race, race.runs())(), "utf-8")
    return path


@pytest.fixture
def opened(browser, file):
    """`opened(390, 844)` is the file in a browser; afterwards nothing was asked or complained."""
    contexts, heard = [], []

    def go(width, height, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: heard.append(request.url))
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.goto(file.as_uri())
        page.locator(".pgp-cursor").first.wait_for(state="attached")  # the charts are drawn
        return page

    yield go
    for context in contexts:
        context.close()
    asked = [text for text in heard if not text.startswith(("data:", "blob:"))]
    assert asked == [file.as_uri()] * len(contexts)


def test_it_plays_and_can_be_scrubbed(opened):
    page = opened(1280, 800)
    page.wait_for_function("parseInt(document.querySelector('.pgp-counter').textContent) > 3")
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("slider", name="Step", exact=True).fill("41")
    assert page.locator(".pgp-counter").inner_text() == "41 / 150"
    lines = page.locator(".pgp-line").evaluate_all(
        "all => all.map(l => l.getAttribute('d').length)"
    )
    assert len(lines) == 4
    assert min(lines) > 100
    page.get_by_role("button", name="3-D").click()
    page.locator(".pgp-in-solid").wait_for()
    assert "start is set" not in page.locator(".pgp-foot").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", WIDTHS)
def test_all_is_in_the_window_and_nothing_is_dead(opened, scheme, size):
    page = opened(*size, color_scheme=scheme, reduced_motion="reduce")
    assert page.evaluate(OVER) == []
    assert page.locator(".pgp-knob, .pgp-clickable, .pgp-start[role=button]").count() == 0
    assert page.locator(".pgp-name").first.inner_text().startswith("Gradient Descent η")
    back = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert back == {"light": "rgb(255, 255, 255)", "dark": "rgb(16, 21, 29)"}[scheme]


def test_it_follows_the_theme_of_the_visitor(opened):
    page = opened(1280, 800, color_scheme="light", reduced_motion="reduce")
    colour = "getComputedStyle(document.querySelector('.pgp-map .xtick text')).fill"
    before = page.evaluate(colour)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"{colour} !== '{before}'")
