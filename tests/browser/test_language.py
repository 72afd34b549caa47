"""The language of an open page is another one: the player that stands there says all anew."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.support.pseudo import dressed

CALLED = """() => [...document.querySelectorAll(".pgp, .pgp *")]
  .flatMap((node) => [node.getAttribute("aria-label"), node.getAttribute("title")])
  .filter(Boolean)"""


def change(player, query):
    """Make the open page that one, with the same player on it."""
    typed = player.page.get_by_label("visit")
    typed.fill(query)
    typed.press("Enter")


def test_a_player_that_stands_there_speaks_the_language_it_is_asked_for(visit):
    player = visit("still&steps=60")
    page = player.page
    query = page.get_by_label("visit").input_value() or page.url.partition("?")[2]
    english = page.evaluate(CALLED)
    assert "Play (space)" in english
    assert "Zoom" in page.locator(".pgp .modebar-btn").evaluate_all(
        "nodes => nodes.map((node) => node.dataset.title)"
    )

    change(player, f"abroad&{query}")
    expect(page.get_by_role("button", name=dressed("Play"), exact=True)).to_be_visible()
    expect(page.locator(f".pgp .modebar-btn[data-title='{dressed('Zoom')}']")).to_have_count(1)
    expect(page.locator(".pgp")).to_have_count(1)
    expect(page.locator(".pgp-chip")).to_have_count(4)
    other = page.evaluate(CALLED)
    assert len(other) == len(english)
    assert dressed("One step back") in other
    assert "One step back" not in other

    change(player, query)
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    expect(page.locator(".pgp .modebar-btn[data-title='Zoom']")).to_have_count(1)
    assert page.evaluate(CALLED) == english
