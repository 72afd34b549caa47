"""Undo, redo, reset and passing the link on, from the row that every page with settings has."""

import pytest

from tests.browser.rounds import Visit

APP = "streamlit_app.py"


@pytest.fixture
def visit(page, serve):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield Visit(page, serve(APP)).open("batches")
    page.context.clear_permissions()


def test_a_change_is_undone_done_again_and_taken_back_altogether(visit):
    page, first = visit.page, visit.shown()

    def tool(name):
        return page.get_by_role("toolbar").get_by_role("button", name=name)

    assert [tool(name).is_disabled() for name in ("Undo", "Redo", "Reset")] == [True] * 3
    visit.press(visit.main(), [visit.inward(visit.main())])
    visit.rest()
    changed = visit.shown()
    assert changed.address != first.address
    assert tool("Redo").is_disabled()
    for name, state in (("Undo", first), ("Redo", changed), ("Reset", first), ("Undo", changed)):
        tool(name).click()
        page.wait_for_function("a => location.pathname + location.search === a", arg=state.address)
        visit.rest()
        assert visit.shown().differs(state) == "", name
    tool("Copy the link").click()
    tool("Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    tool("QR code").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("img").wait_for()
    assert dialog.locator("code").inner_text() == page.url
