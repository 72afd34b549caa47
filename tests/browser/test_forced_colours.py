"""In forced colours, where backgrounds are taken away, what is chosen can still be seen."""

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


def test_what_is_chosen_stands_out(page, serve):
    page.emulate_media(forced_colors="active", color_scheme="light")
    Visit(page, serve("streamlit_app.py")).open("trajectories")
    stands_out(page)
    page.emulate_media(forced_colors="active", color_scheme="dark")
    page.wait_for_function("matchMedia('(prefers-color-scheme: dark)').matches")
    stands_out(page)


def stands_out(page):
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    for what, css in SEEN.items():
        own, ground = page.evaluate(COLOURS, css)
        assert own not in (ground, "rgba(0, 0, 0, 0)"), what
    chosen, other = (
        page.evaluate(COLOURS, f"[data-testid=stTab][aria-selected={state}]")[0]
        for state in ("true", "false")
    )
    assert chosen != other
