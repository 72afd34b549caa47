"""A visitor of the course: what he predicts, and what his browser keeps of it."""

from __future__ import annotations

from playwright.sync_api import Page

RESTS = "[data-testid=stApp][data-test-script-state=notRunning]"
DONE = "() => localStorage.getItem('optimizer-playground-course')"
"""What the browser keeps."""


def rests(page: Page) -> None:
    page.locator(RESTS).wait_for()


def predict(page: Page, words: str) -> None:
    """Say what will happen, and see what does."""
    page.locator("label", has_text=words).first.click()
    page.get_by_role("button", name="Run it").click()
    page.get_by_role("heading", name="What happened").wait_for()
    rests(page)


def keeps(page: Page, *said: str) -> None:
    """Wait until the browser keeps all of that."""
    page.wait_for_function(f"(said) => said.every((one) => ({DONE})()?.includes(one))", arg=said)
