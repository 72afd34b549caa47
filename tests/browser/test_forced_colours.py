"""In forced colours, where backgrounds are taken away, what is chosen can still be seen."""

import pytest

from tests.browser.conftest import PATIENCE
from tests.browser.rounds import Visit

COLOURS = """(css) => {
  const look = getComputedStyle(document.querySelector(css));
  return [look.backgroundColor, getComputedStyle(document.body).backgroundColor];
}"""
SLIDER = "[data-testid=stSlider]"
SEEN = {
    "the track of a slider": f"{SLIDER} [role=group] > div > div:first-child",
    "the thumb of a slider": f"{SLIDER} div:has(> div > input[type=range])",
    "the chosen scene": ".pgp-chips [aria-current]",
    "the chosen tab": "[data-testid=stTab][aria-selected=true]",
    "the knob of a switch": "label:has([role=switch]) > div:first-of-type > div",
}


@pytest.fixture(params=["light", "dark"])
def visit(browser, serve, request):
    context = browser.new_context(
        viewport={"width": 1280, "height": 1100},
        forced_colors="active",
        color_scheme=request.param,
    )
    context.set_default_timeout(PATIENCE)
    yield Visit(context.new_page(), serve("streamlit_app.py")).open("trajectories")
    context.close()


def test_what_is_chosen_stands_out(visit):
    for what, css in SEEN.items():
        own, ground = visit.page.evaluate(COLOURS, css)
        assert own not in (ground, "rgba(0, 0, 0, 0)"), what
    chosen, other = (
        visit.page.evaluate(COLOURS, f"[data-testid=stTab][aria-selected={state}]")[0]
        for state in ("true", "false")
    )
    assert chosen != other
