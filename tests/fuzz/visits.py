"""A hostile link opened, judged, and made smaller as long as it is as bad."""

from __future__ import annotations

from playground.links import Query
from tests.fuzz.judge import faults, listening, unsaid
from tests.fuzz.links import Link
from tests.fuzz.visitor import Visitor


def asked(link: Link, state: Query) -> tuple[list[str], bool]:
    """What is wrong with what a link shows, and whether something of it was refused in words."""
    with listening() as logged:
        visitor = Visitor(link.page, link.query, **state)
    app = visitor.app
    found = [*faults(app), *unsaid(app, link), *(f"logs {line}" for line in logged)]
    return found, bool(app.warning or app.error)


def smallest(link: Link, state: Query, found: list[str]) -> Link:
    """The link without all that it does not need for its first fault."""
    kind = found[0][:30]
    i = 0
    while i < len(link.entries):
        shorter = link.without(i)
        again, _ = asked(shorter, state)
        if any(fault[:30] == kind for fault in again):
            link = shorter
        else:
            i += 1
    return link
