"""Links of every declared field of every page: a bad one is named and nothing else is lost."""

import pytest

from playground.kinds import CHOICE, REAL, SWITCH, TEXT, WHOLE, WHOLES, to_text
from playground.links import read_settings
from playground.topics.maps.panel import read as read_map
from playground.topics.race import OPENING, read
from tests.oracles.ends import PAGES, ends, fields
from tests.support.part import some

BAD = {
    REAL: ("much", "nan", "inf", "1e999"),
    WHOLE: ("much", "nan", "1.5", "1e999"),
    WHOLES: ("much", "1.5", "-1"),
    SWITCH: ("perhaps",),
    CHOICE: ("neither",),
}
"""What means nothing, by kind; a text is bad in its own way."""
TEXTS = {
    "text": ("x +", "q", "__import__('os')"),
    "window": ("1,2", "3,1,0,1", "a,b,c,d"),
    "f": ("x +", "q"),
    "dfdx": ("x +", "q"),
    "dfdy": ("x +", "q"),
    "other": ("beta7",),
}


def understood(page, query):
    """The value that the page makes of a link, and its complaints."""
    if page == "trajectories":
        return read(query, OPENING)
    reads = read_map if page == "hyperparameters" else read_settings
    return reads(query, PAGES[page].settings())


def outside(p):
    """Numbers just off the valid ground."""
    if not p.kind.numeric:
        return []
    low, high = p.valid.bounds
    return [to_text(v) for v in (low, high, low - 1, high + 1) if not p.valid.holds(v)]


def siblings(page, field):
    """The other fields that stand beside this one, each at a valid value that is not the usual."""
    for other in fields(page):
        chosen = all(field.context.get(k, v) == v for k, v in other.context.items())
        if chosen and other.name != field.name and other.context.keys() <= field.context.keys():
            for value in ends(other.param):
                if value != other.param.default:
                    yield other.name, to_text(value)
                    break


@pytest.mark.parametrize("page", some(PAGES, 3))
def test_a_bad_field_loses_no_other(page):
    for field in fields(page):
        beside = dict(list(siblings(page, field))[:4])
        alone, complaints = understood(page, field.context | beside)
        p = field.param
        bad = TEXTS[p.name] if p.kind is TEXT else BAD[p.kind]
        for text in (*bad, *outside(p)):
            value, problems = understood(page, field.context | beside | {field.name: text})
            assert value == alone, (field.name, text, problems)
            assert len(problems) == len(complaints) + 1, (field.name, text, problems)
            said = " ".join(problems)
            assert field.name.rpartition(".")[2] in said, problems
            assert "\n" not in said
