"""Nothing lives in the tests alone: what the house defines, a page or the public face uses."""

import re

import playground as pg
from playground.topics.course.exhibits.races import OF_RACE, OF_RUN
from playground.topics.course.lesson import folder
from tests.support.reach import FILES, definitions, members, reached, words
from tests.support.source import ROOT

ASKED = " ".join(
    path.read_text("utf-8")
    for path in (*folder().rglob("*.md"), *(ROOT / "playground/topics/course").rglob("*.py"))
)
"""The lessons, which ask for facts by their names, and what reads them."""
FACTS = {
    (fact.__module__, fact.__name__)
    for facts in (OF_RUN, OF_RACE)
    for name, fact in facts.items()
    if re.search(rf"(?:[.\"`}} ]){name}[\"`\n.]", ASKED)
}
FACE = {
    *FACTS,
    *((family.__module__, family.__name__) for family in pg.FAMILIES),
    *((cls.__module__, name) for family in pg.FAMILIES for name, cls in family.all.items()),
    *(("playground", name) for name in pg.__all__),
    *(("playground.theory", name) for name in pg.theory.__all__),
    *(("playground.figures", name) for name in pg.figures.__all__),
    *(("playground.diagnosis", name) for name in ("outcomes", "OUTCOMES")),
}
"""What whoever imports the package may use; the registers are found by the pages by themselves."""
OFFERED = {("Run", "to_frame")}
"""What a notebook asks a value for and no page does."""


def test_every_definition_is_used_by_a_page_or_belongs_to_the_public_face():
    live = reached(FACE)
    names = [(module, name) for module in FILES for name in definitions(module)]
    assert len(names) > 1000
    assert [name for name in names if name not in live and not name[1].startswith("__")] == []


def test_every_property_is_asked_for():
    mentioned = words()
    asked = [m for m in members() if not m[2].startswith("_") and m[1:] not in OFFERED]
    assert len(asked) > 500
    assert [member for member in asked if member[2] not in mentioned] == []
