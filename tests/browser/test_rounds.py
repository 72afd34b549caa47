"""Control, address and picture agree and are the last ones, on every page, however quick the hand.

One trial of each law, each on another page.  `EXHAUSTIVE=1
STATE_TRIALS=20 STATE_STEPS=10 python -m pytest tests/browser/test_rounds.py` repeats every law on
every page twenty times.
"""

import os

import pytest
from playwright.sync_api import expect

from tests.support.part import some

from .conftest import PATIENCE
from .restarted import Restarted
from .rounds import LEFT, PAGES, RIGHT, Visit, agrees, place
from .slow_line import slow_line

APP = "streamlit_app.py"
TRIALS = range(int(os.environ.get("STATE_TRIALS", "1")))
STEPS = int(os.environ.get("STATE_STEPS", "3"))
"""States through which Back and Forward go."""
LATE = 150
"""Milliseconds by which a slow line is late; a page is at rest when it is silent for longer."""


@pytest.fixture
def visit(serve, page):
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield Visit(page, serve(APP))
    assert errors == []


@pytest.fixture
def far_visit(visit):
    """The same over a slow line: answers are on their way while the hand goes on."""
    with slow_line(visit.url, LATE / 1000) as url:
        yield Visit(visit.page, url, visit.url)
        visit.page.goto("about:blank")


def ends(visit, slider, wanted):
    """The slider stands where the last key left it, and the page agrees with it."""
    visit.rest()
    assert place(slider) == wanted
    assert agrees(visit) == ""


@pytest.mark.parametrize("name", some(PAGES, len(PAGES), 0))
def test_a_held_key(visit, name):
    slider = visit.open(name).main()
    for _ in TRIALS:
        ends(visit, slider, visit.press(slider, [visit.inward(slider)] * 20))


@pytest.mark.parametrize("name", some(PAGES, len(PAGES), 1))
def test_thirty_presses_in_a_second(visit, name):
    slider = visit.open(name).main()
    for _ in TRIALS:
        keys = [LEFT, RIGHT] if visit.inward(slider) == RIGHT else [RIGHT, LEFT]
        keys = [keys[1]] * 4 + keys * 12 + [keys[1]] * 2  # to and fro
        ends(visit, slider, visit.press(slider, keys))


@pytest.mark.parametrize("name", some(PAGES, len(PAGES), 2))
def test_two_sliders_in_turn(visit, name):
    sliders = visit.open(name).sliders()
    first, second = sliders[0], sliders[min(1, len(sliders) - 1)]
    for _ in TRIALS:
        keys = visit.inward(first), visit.inward(second)
        for _ in range(3):
            wanted = visit.press(first, [keys[0]] * 2), visit.press(second, [keys[1]] * 2)
        visit.rest()
        assert place(second) == wanted[1]
        assert first is second or place(first) == wanted[0]
        assert agrees(visit) == ""


@pytest.mark.parametrize("trial", TRIALS)
@pytest.mark.parametrize("name", some(PAGES, len(PAGES), 3))
def test_back_and_forward(visit, name, trial):
    slider = visit.open(name).main()
    key, states = visit.inward(slider), [visit.shown()]
    for _ in range(STEPS):
        visit.press(slider, [key])
        visit.page.wait_for_function(
            "old => location.pathname + location.search !== old", arg=states[-1].address
        )
        visit.rest(150)
        states.append(visit.shown())

    def arrives(state):
        wanted = {"address": state.address, "thumb": state.controls[0]}
        visit.page.wait_for_function(
            """({ address, thumb }) => location.pathname + location.search === address &&
            document.querySelector("[data-testid=stSliderThumbValue]")?.innerText === thumb""",
            arg=wanted,
        )

    for state in states[-2::-1]:  # the first Back undoes the last change, the last one the first
        visit.page.go_back()
        arrives(state)
    for state in states[1:]:
        visit.page.go_forward()
        arrives(state)
    visit.rest()
    assert visit.shown().differs(states[-1]) == ""
    for _ in states[2:]:  # quickly
        visit.page.evaluate("history.back()")
    visit.rest()
    assert visit.shown().differs(states[1]) == ""
    assert agrees(visit) == ""


def turns(visit, name):
    """Go to a page and another by turns, and set something on each; what the last shows at rest.

    A click makes one entry, and a page that is come back to has at once what was set there.
    """
    other = PAGES[PAGES.index(name) - 1]
    set_on = {}
    visit.open(name)
    for where in (name, other, name):
        if set_on:
            before = visit.entries()
            visit.go(where)
            visit.page.wait_for_url(f"**/{where}*")
            visit.rest()
            assert visit.entries()[:-1] == before
        if where in set_on:
            assert visit.shown() == set_on[where]
        visit.press(visit.main(), [visit.inward(visit.main())] * 2)
        visit.rest(5 * LATE)  # its entries are made
        set_on[where] = visit.shown()
    return set_on[name]


@pytest.mark.parametrize("trial", TRIALS)
@pytest.mark.parametrize("name", some(PAGES, len(PAGES), 4))
def test_quick_backs_across_pages(far_visit, name, trial):
    """No setting of a page is ever found on another, and no entry is written over."""
    visit = far_visit
    last, entries = turns(visit, name), visit.entries()
    for way, times in (("back", 2), ("back", 3), ("forward", 5)):
        for _ in range(times):
            visit.page.evaluate(f"history.{way}()")
            visit.page.wait_for_timeout(40)
        visit.rest(5 * LATE)
        assert visit.entries() == entries
        assert agrees(visit) == ""
    assert visit.shown().differs(last) == ""
    assert visit.page.locator("[data-testid=stAlert]", has_text="The link was not").count() == 0


@pytest.fixture
def restarted(tmp_path):
    server = Restarted(APP, tmp_path)
    server.start()
    yield server
    server.stop()


@pytest.mark.parametrize("name", some(PAGES, len(PAGES), 5))
def test_a_restart_of_the_server(restarted, page, name):
    """Something is set when the server goes and comes back; the next move is taken."""
    visit = Visit(page, restarted.url)
    slider = visit.open(name).main()
    app = page.locator("[data-testid=stApp]")
    for _ in TRIALS:
        visit.press(slider, [visit.inward(slider)])
        visit.rest()
        restarted.stop()
        restarted.start()
        connected = ("data-test-connection-state", "CONNECTED")
        expect(app).to_have_attribute(*connected, timeout=2 * PATIENCE)
        ends(visit, slider, visit.press(slider, [visit.inward(slider)]))
