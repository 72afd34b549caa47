"""One journey a page: the main control is moved, and the verdict and the address follow."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visit import FAILED

APP = "streamlit_app.py"


def choose(page, label, option):
    """Pick an option of a menu in the sidebar."""
    page.get_by_test_id("stSidebar").get_by_role("combobox", name=label).first.click()
    page.get_by_role("option", name=option, exact=True).click()


def badge(page, text):
    return page.get_by_test_id("stMain").get_by_text(text, exact=True).first


@pytest.mark.parametrize(
    ("path", "before", "control", "option", "after", "query"),
    [
        ("initialisation", "vanishing", "Initialisation", "He", "healthy", "initialisation=He"),
        (
            "dropout?steps=100&width=16",
            "means agree",
            "kind",
            "plain",
            "scale at test time",
            "kind=plain",
        ),
        ("gradient_check", "caught", "mistake", "none", "passes", "bug=none"),
    ],
)
def test_the_verdict_follows_the_control(serve, page, path, before, control, option, after, query):
    page.goto(f"{serve(APP)}/{path}")
    expect(badge(page, before)).to_be_visible()
    expect(page.locator(".pgp-figure .js-plotly-plot").first).to_be_visible()
    choose(page, control, option)
    expect(badge(page, after)).to_be_visible()
    page.wait_for_url(re.compile(query))
    expect(page.locator(FAILED)).to_have_count(0)


def test_a_training_runs_and_says_whether_the_verdict_held(serve, page):
    page.goto(f"{serve(APP)}/initialisation?depth=3&width=12&initialisation=He&steps=40")
    page.get_by_role("button", name="Train this network").click()
    expect(page.get_by_text("the network learned and the verdict “healthy” held")).to_be_visible()
