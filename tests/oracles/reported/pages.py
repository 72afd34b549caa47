"""A page opened at an address without a browser, and what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from playground.ui.session import KEY, Session
from tests.oracles.reported.rows import Answer, add

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Page:
    """One page at one address, run alone: the navigation around it is not asked."""

    name: str
    query: tuple[tuple[str, Any], ...]
    view: str = ""

    @cached_property
    def app(self) -> AppTest:
        app = AppTest.from_file(str(ROOT / "pages" / f"{self.name}.py"), default_timeout=600)
        app.session_state[KEY] = session = Session()
        session.enter(self.name)
        if self.view:
            app.session_state["view"] = self.view
        for key, value in self.query:
            app.query_params[key] = value
        return app.run()

    @cached_property
    def text(self) -> str:
        """All that is written, without Markdown's backslashes."""
        app = self.app
        kinds = (app.markdown, app.caption, app.warning, app.info, app.error, app.success)
        written = [e.value for kind in kinds for e in kind]
        return " ".join(str(w) for w in written).replace("\\", "")

    def fresh(self) -> Page:
        """The same page not yet opened: a row in the register must not keep it open."""
        return Page(self.name, self.query, self.view)

    @property
    def boxes(self) -> list[str]:
        """What an exception box tells the visitor."""
        return [f"an exception: {e.value[:120]}" for e in self.app.exception]

    def never(self, *patterns: str) -> list[str]:
        return [f"says “{p}”" for p in patterns if re.search(p, self.text, re.IGNORECASE)]

    def always(self, *patterns: str) -> list[str]:
        return [
            f"does not say “{p}”" for p in patterns if not re.search(p, self.text, re.IGNORECASE)
        ]

    def badges(self, colour: str) -> list[str]:
        return re.findall(rf":{colour}-badge\[([^\]]*)\]", self.text)

    def answer(self, *faults: list[str]) -> Answer:
        found = [*self.boxes, *(f for part in faults for f in part)]
        return Answer(re.sub(r"\s+", " ", self.text)[:600], tuple(found))


def opened(name: str, view: str = "", **query: Any) -> Page:
    return Page(name, tuple((k.replace("__", "."), v) for k, v in query.items()), view)


def page_row(
    name: str,
    what: str,
    page: Page,
    never: tuple[str, ...] = (),
    always: tuple[str, ...] = (),
    slow: bool = False,
) -> None:
    """A row that forbids and demands words of one page."""

    def ask() -> Answer:
        seen = page.fresh()
        return seen.answer(seen.never(*never), seen.always(*always))

    add(name, what, ask, page=True, slow=slow)


def valid(name: str, what: str, page: Page, slow: bool = False) -> None:
    """A row that demands that an address works, or is refused in words."""
    page_row(name, what, page, never=(r"Traceback", r"/[\w/]+\.py"), slow=slow)
