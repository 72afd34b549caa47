"""One journey per page: the main control is moved, and the verdict and the address follow."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visit import FAILED


def opened(page, serve, path):
    page.goto(f"{serve('streamlit_app.py')}/{path}")


def verdict(page, label):
    """The badge that says what happened."""
    badge = page.get_by_test_id("stMarkdownContainer").get_by_text(label, exact=True).first
    expect(badge).to_be_visible()


@pytest.mark.parametrize(
    ("path", "before", "slider", "keys", "after", "address"),
    [
        ("batches?well_lr=0.1", "noise floor", "batches-batch", "End", "no noise", "batch=2000"),
        (
            "regularisation?width=16&steps=50",
            "high variance",
            "regularisation-ridge",
            "End",
            "high bias",
            "ridge=100",
        ),
    ],
)
def test_a_moved_slider_changes_the_verdict(
    serve, page, path, before, slider, keys, after, address
):
    opened(page, serve, path)
    verdict(page, before)
    expect(page.locator(".pgp-figure .js-plotly-plot").first).to_be_visible()
    page.locator(f".st-key-{slider} input[type=range]").press(keys)
    verdict(page, after)
    page.wait_for_url(re.compile(re.escape(address)))


def test_a_named_way_makes_the_bowl_round(serve, page):
    opened(page, serve, "normalisation")
    verdict(page, "stretched")
    page.get_by_role("group", name="Ways").get_by_role("button", name="standardised").click()
    verdict(page, "arrives")
    page.wait_for_url(re.compile(r"\?centred=1&power=1$"))
    power = page.locator("[class*=st-key-normalisation-power]")
    expect(power).to_have_count(1)  # the one that showed another value is gone
    expect(power.get_by_test_id("stSliderThumbValue")).to_have_text("1")
    expect(page.locator(FAILED)).to_have_count(0)


def test_a_mended_answer_is_watched_in_the_player(serve, page):
    opened(page, serve, "losses")
    verdict(page, "stalls")
    page.locator(".st-key-losses-wrong input[type=range]").press("Home")
    verdict(page, "both arrive")
    page.wait_for_url(re.compile("wrong=0.5"))
    page.get_by_role("button", name="Watch it in the player").nth(1).click()
    page.wait_for_url(re.compile("/trajectories.*SquaredSoftmax"))
    expect(page.locator(".pgp")).to_be_visible()
