"""Random walks through every control of every page, and what each must end in."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import urlencode

from playground.ui.session import KEY, Session
from tests.fuzz.controls import hands, key_of, moved
from tests.fuzz.judge import faults, listening
from tests.fuzz.links import OPEN, SIZES, link
from tests.fuzz.tries import SLOW
from tests.fuzz.visitor import NAMES, Visitor
from tests.oracles.ends import PAGES, VIEWS
from tests.support.visible import texts

TABS = {"trajectories": ("view", VIEWS)}
"""Key and names of the tabs of a page."""
READ = {"markdown", "caption", "heading", "figure"}
"""Elements whose words are what the page says of its state."""


@dataclass
class Walk:
    """A walk as far as it went."""

    page: str
    changes: int = 0
    refused: int = 0
    faults: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)


class Walker:
    """A visitor who changes one thing after the other."""

    def __init__(self, chance: Random, page: str) -> None:
        self.chance = chance
        self.visitor = Visitor(page, small(page))
        self.history = [(page, self.visitor.query)]

    @property
    def page(self) -> str:
        return self.visitor.page

    def change(self) -> str:
        """Change something; what it was, in words."""
        which = self.chance.random()
        if which < 0.84 and (controls := hands(self.visitor.app._tree)):
            said = self._control(controls)
        elif which < 0.89 and self.page in TABS:
            said = self._tab()
        elif which < 0.93:
            said = self._back()
        elif which < 0.97:
            said = self._link()
        else:
            said = self._other_page()
        here = self.page, self.visitor.query
        if self.history[-1] != here:
            self.history.append(here)
        return said

    def _control(self, controls: list[Any]) -> str:
        node = self.chance.choice(controls)
        key = key_of(node)
        name = re.split(r"[:.=]", key.rstrip("="))[-1]
        state = moved(node, self.chance, name in sizes(self.page))
        self.visitor.run(state)
        return f"{node.type} {key} := {str(state)[-80:].strip()!r}"

    def _tab(self) -> str:
        key, names = TABS[self.page]
        self.visitor.app.session_state[key] = said = self.chance.choice(names)
        self.visitor.run()
        return f"tab {said}"

    def _back(self) -> str:
        if len(self.history) > 1:
            self.history.pop()
        page, query = self.history[-1]
        self.visitor.turn(page, query, history=True)
        return f"back to {page}?{query}"

    def _link(self) -> str:
        """A link from elsewhere: the browser loads the app anew."""
        there = link(self.chance)
        self.visitor = Visitor(there.page, there.query)
        self.history = [(there.page, self.visitor.query)]
        return f"link {there}"

    def _other_page(self) -> str:
        page = self.chance.choice(NAMES)
        self.visitor.turn(page, small(page), history=False)
        return f"page {page}"


def small(page: str) -> str:
    """A query that keeps a page quick."""
    return urlencode(PAGES[page].small) if page in PAGES else ""


def sizes(page: str) -> tuple[str, ...]:
    """The settings of a page on which its time depends."""
    return tuple(PAGES[page].small) if page in PAGES else SIZES


def walk(chance: Random, changes: int, page: str = "") -> Walk:
    """A walk of so many changes, judged after each, and at its end."""
    walked = Walk(page or chance.choice(NAMES))
    with listening() as logged:
        walker = Walker(chance, walked.page)
        while walked.changes < changes and not walked.faults:
            walked.changes += 1
            begun = time.process_time()
            walked.steps.append(walker.change())
            if (took := time.process_time() - begun) > SLOW:
                walked.faults.append(f"a change took {took:.1f} s")
            app = walker.visitor.app
            walked.refused += bool(app.error or app.warning)
            walked.faults += [*faults(app), *(f"logs {line}" for line in logged)]
        if not walked.faults:
            walked.faults += disagreements(walker.visitor)
    if walked.faults:
        walked.faults.append("after " + "; ".join(walked.steps[-3:]))
    return walked


def disagreements(walked: Visitor) -> Iterator[str]:
    """Where the page, opened freshly at its address, is not what it is after the walk."""
    app = walked.app
    mine = app.session_state[KEY]
    fresh = Visitor(walked.page, walked.query, **_beside(walked), **{KEY: _like(mine)})
    yield from (f"fresh: {fault}" for fault in faults(fresh.app))
    if not app.warning:
        for box in fresh.app.warning:
            yield f"its own address is not understood: {box.value}"
    if app.error:  # what was refused is still in its field, and nowhere else
        return
    shown, anew = controls(walked), controls(fresh)
    for key in shown.keys() & anew.keys():
        if shown[key] != anew[key]:
            yield f"{key} shows {shown[key]!r}, and opened freshly {anew[key]!r}"
    if shown.keys() != anew.keys():
        return  # rarely used controls are open or closed, which no address says
    here, there = words(walked), words(fresh)
    for text, _ in ((here - there) + (there - here)).items():
        yield f"says only {'after the walk' if text in here else 'afresh'}: {text[1][:150]}"


def controls(visitor: Visitor) -> dict[str, Any]:
    """What every control of the settings shows."""
    nodes = [
        node for node in hands(visitor.app._tree) if node.type not in ("button", "bidi_component")
    ]
    shown = {key_of(node): node.value for node in nodes}
    return {
        key: read(value) if key.endswith("=") else value
        for key, value in shown.items()
        if ":" in key and not key.endswith("more")
    }


def read(text: str) -> Any:
    """A typed number by its value: what is typed stays as it is spelled."""
    try:
        return [float(part) for part in text.split(",") if part.strip()]
    except ValueError:
        return text


def words(visitor: Visitor) -> Counter[tuple[str, str]]:
    """What a page says, but for the complaint of a link, which is gone with the next change."""
    return Counter((kind, text) for kind, text in texts(visitor.app) if kind in READ)


def _like(mine: Session) -> Session:
    """A new session that remembers what no address says: what is open, what was tuned."""
    new = Session()
    new._memories = deepcopy(mine._memories)
    return new


def _beside(visitor: Visitor) -> dict[str, Any]:
    """The tab that is open."""
    key, _ = TABS.get(visitor.page, ("", ()))
    state = visitor.app.session_state
    return {key: state[key]} if key in state and state[key] in (*OPEN, VIEWS[0]) else {}
