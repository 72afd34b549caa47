"""What a declaration calls valid works: pages at both ends of every number."""

import pytest

from playground.kinds import to_text
from playground.topics.initialisation.settings import FirstBreath
from playground.topics.normalisation.settings import Scales
from tests.oracles.reported.pages import opened

PAGES = {
    "initialisation": (FirstBreath, {"depth": 5, "width": 10, "layers": 20}),
    "normalisation": (Scales, {"steps": 20}),
}
"""Small sizes: what a size costs is not asked here."""


def ends(p, far=1e308):
    """Both ends of a slider and of the valid ground."""
    low, high = p.valid.bounds
    found = dict.fromkeys((max(low, -far), min(high, far), 5e-324))
    return [v for v in found if p.valid.holds(v) and (p.kind.noun == "a finite" or v == round(v))]


def addresses():
    for page, (cls, small) in PAGES.items():
        for p in cls.params():
            if p.kind.numeric and p.name not in ("samples", "examples", *small):
                for value in ends(p):
                    yield page, {**small, p.name: value}
            if p.name == "initialisation":
                for name, member in p.family.all.items():
                    for q in member.params():
                        if q.kind.numeric:
                            for value in ends(q)[:2]:
                                yield page, {**small, p.name: name, f"{p.name}.{q.name}": value}


@pytest.mark.parametrize(("page", "query"), list(addresses()), ids=str)
def test_no_valid_address_ends_in_an_exception(page, query):
    seen = opened(page, **{name: to_text(value) for name, value in query.items()})
    assert not seen.boxes
    assert "nan" not in seen.text.replace("dominan", "").split()
