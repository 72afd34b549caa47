"""All that runs in the app may be passed on, and the reference says under what licence it is."""

import re
from email.message import Message

import pytest

from playground.topics.reference.made_of import ingredients, licence, table_of_ingredients
from tests.app.test_pages import opened
from tests.support.source import ROOT

REQUIREMENTS = ROOT / "requirements.txt"
PERMISSIVE = {
    *("MIT", "MIT-CMU", "HPND", "ISC", "0BSD", "BSD", "BSD-2-Clause", "BSD-3-Clause", "Zlib"),
    *("Apache-2.0", "PSF-2.0", "CC0-1.0", "Unlicense", "BSL-1.0", "Python-2.0"),
}
RUNTIME = "GCC-exception-3.1"
"""The exception by which what is built with a compiler's libraries is free of their licence."""
UNCHANGED = {"certifi": "MPL-2.0"}
"""What may be passed on as long as its own files stay as they are, which we leave alone."""


def is_free(said):
    """Whether every licence of an expression, or one of several to choose from, is permissive."""
    said = said.replace("(", "").replace(")", "")
    return all(
        any(term in PERMISSIVE or term.endswith(f"WITH {RUNTIME}") for term in one.split(" OR "))
        for one in said.split(" AND ")
    )


EVERY = ingredients(REQUIREMENTS)


@pytest.mark.parametrize("part", EVERY, ids=lambda part: part.name)
def test_its_licence_is_known_and_lets_it_be_passed_on(part):
    assert is_free(part.licence) or UNCHANGED.get(part.name) == part.licence, part


@pytest.mark.parametrize(
    ("said", "free"),
    [
        ("MIT", True),
        ("Apache-2.0 OR GPL-3.0-only", True),
        ("BSD-3-Clause AND (MIT OR Zlib)", True),
        ("MIT AND GPL-3.0-or-later WITH GCC-exception-3.1", True),
        ("MIT AND GPL-3.0-only", False),
        ("MPL-2.0", False),
        ("", False),
    ],
)
def test_a_licence_that_binds_is_no_free_one(said, free):
    assert is_free(said) == free


def test_all_that_is_asked_for_is_there_with_what_it_needs_in_turn():
    lines = REQUIREMENTS.read_text("utf-8").splitlines()
    ours = {re.split(r"[<>=;]", line)[0] for line in lines if line and not line.startswith("#")}
    names = {part.name for part in EVERY}
    assert ours <= names
    assert "protobuf" in names, "Streamlit cannot do without it"
    assert names.isdisjoint({"pytest", "ruff", "playwright"}), "the tests are no part of the app"
    said = {part.name: part.allowed for part in EVERY}
    assert said["scipy"][0] == "`>=1.14,<2`"
    assert any(one.endswith("(`streamlit`)") for one in said["protobuf"])


def test_what_names_no_licence_has_none():
    class There:
        metadata = Message()

    there = There()
    assert licence(there) == ""
    there.metadata["Classifier"] = "License :: OSI Approved :: MIT License"
    there.metadata["License"] = "a whole text"
    assert licence(there) == "MIT"


def test_the_reference_lists_them():
    app = opened("reference")
    app.session_state["reference"] = "Made of"
    app.run()
    assert not app.exception
    assert table_of_ingredients(REQUIREMENTS) in [markdown.value for markdown in app.markdown]
