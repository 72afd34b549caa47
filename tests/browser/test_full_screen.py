"""Full screen: the player alone, enlarged, with all of it in the window and nothing lost."""

import pytest

SIZES = [(1280, 720, 1.6), (1920, 1080, 1.6), (390, 844, 1.15)]
PARTS = (".pgp-map", ".pgp-bar", ".pgp-charts, .pgp-panel", ".pgp-verdict", ".pgp-switch")
NO_API = "delete Element.prototype.requestFullscreen"

OUTSIDE = """(parts) => parts.flatMap((part) => {
  const shown = [...document.querySelectorAll(part)].filter((node) => node.offsetHeight);
  const out = shown.filter((node) => {
    const { left, top, right, bottom } = node.getBoundingClientRect();
    const hidden = node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).overflowX;
    return left < 0 || top < 0 || right > innerWidth + 1 || bottom > innerHeight + 1 ||
      ["auto", "scroll", "hidden"].includes(hidden);
  });
  return shown.length ? out.map(() => `${part} is cut`) : [`${part} is not there`];
})"""
TYPE = """() => {
  const name = document.querySelector(".pgp-name");
  const whole = document.querySelector(".pgp-whole");
  const scale = whole.getBoundingClientRect().width / whole.offsetWidth;
  return scale * parseFloat(getComputedStyle(name).fontSize);
}"""
FULL = ".pgp.pgp-full"
BUTTON = "Full screen"


def opened(page, url, path):
    page.goto(f"{url}/{path}")
    page.locator(".pgp-line").first.wait_for(state="attached")
    page.locator(".pgp-cursor").first.wait_for(state="attached")


def settled(page):
    """All is drawn as large as the window now asks for."""
    page.wait_for_function(
        """() => {
          const { width } = document.querySelector(".pgp-map .main-svg").getBoundingClientRect();
          return Math.abs(width - document.querySelector(".pgp-map").offsetWidth *
            (document.querySelector(".pgp-whole").getBoundingClientRect().width /
             document.querySelector(".pgp-whole").offsetWidth)) < 2;
        }"""
    )


@pytest.mark.parametrize("path", ["trajectories", "network"])
def test_f_shows_all_of_the_player_larger_and_esc_leaves_as_it_was(serve, desktop, path):
    page = desktop.new_page()
    opened(page, serve("streamlit_app.py"), path)
    page.get_by_role("slider", name="Step", exact=True).fill("41")
    usual = page.evaluate(TYPE)
    for width, height, larger in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.keyboard.press("f")
        page.locator(FULL).wait_for()
        settled(page)
        assert page.evaluate(OUTSIDE, PARTS) == [], width
        assert page.evaluate(TYPE) >= larger * usual - 0.01, width
        button = page.get_by_role("button", name=BUTTON, exact=True)
        assert button.get_attribute("aria-pressed") == "true"
        assert page.locator(".pgp-counter").inner_text().startswith("41 /")
        page.keyboard.press("f" if width == 1920 else "Escape")
        page.locator(FULL).wait_for(state="detached")
        assert page.evaluate("document.fullscreenElement") is None
    settled(page)
    assert page.evaluate(TYPE) == usual
    page.close()


def test_where_the_browser_has_none_it_lies_over_the_page(serve, desktop):
    page = desktop.new_page()
    page.set_viewport_size({"width": 1280, "height": 720})
    page.add_init_script(NO_API)
    opened(page, serve("streamlit_app.py"), "trajectories")
    before = page.locator(".pgp-map").bounding_box()
    page.get_by_role("button", name=BUTTON, exact=True).click()
    page.locator(FULL).wait_for()
    settled(page)
    assert page.evaluate(OUTSIDE, PARTS) == []
    for x, y in ((5, 5), (1275, 5), (5, 715), (1275, 715)):
        assert page.evaluate(
            "([x, y]) => !!document.elementFromPoint(x, y).closest('.pgp')", [x, y]
        )
    page.keyboard.press("Escape")
    page.locator(FULL).wait_for(state="detached")
    settled(page)
    assert page.locator(".pgp-map").bounding_box() == before
    page.close()


def test_a_letter_in_a_field_is_a_letter(serve, desktop):
    page = desktop.new_page()
    opened(page, serve("streamlit_app.py"), "trajectories")
    page.locator(".pgp-knob input[type=number]").first.press("f")
    page.locator(".pgp-which").first.press("f")
    assert page.locator(FULL).count() == 0
    page.close()


def test_the_start_is_dragged_and_3d_turned_in_full_screen(visit):
    tab = visit("still")
    page = tab.page
    page.set_viewport_size({"width": 1280, "height": 720})
    page.keyboard.press("f")
    page.locator(FULL).wait_for()
    settled(page)
    box = tab.box()
    x, y = box["x"] + 0.25 * box["width"], box["y"] + 0.3 * box["height"]
    page.mouse.click(x, y)
    ring = page.locator(".pgp-start .pgp-ring")
    page.wait_for_timeout(100)
    at = ring.bounding_box()
    assert abs(at["x"] + at["width"] / 2 - x) < 2
    assert abs(at["y"] + at["height"] / 2 - y) < 2
    if page.locator(".pgp-flip").is_visible():
        page.locator(".pgp-flip").click()
        page.locator(".pgp-in-solid").wait_for()
        assert page.evaluate(OUTSIDE, PARTS[:2]) == []
        page.locator(".pgp-flip").click()
    page.get_by_role("button", name=BUTTON, exact=True).click()
    page.locator(FULL).wait_for(state="detached")
