"""Every number of every page can be typed, and one that means nothing is refused in words."""

from pathlib import Path

import pytest

from playground.kinds import WHOLE
from tests.app.test_controls import DECLARED
from tests.app.test_pages import link, opened
from tests.support.part import some

NUMBERLESS = ("course", "gallery", "home", "reference", "teacher")
PAGES = [
    p.stem
    for p in sorted((Path(__file__).parents[2] / "pages").glob("*.py"))
    if p.stem not in NUMBERLESS
]

WHOLES = {p.name for cls in DECLARED for p in cls.params() if p.kind is WHOLE}


def typing(page, **query):
    """A page whose numbers are fields."""
    app = opened(page, **query)
    app.toggle(key="exact").set_value(True).run(timeout=120)
    assert not app.exception
    return app


def fields(app):
    """The fields of numbers."""
    return [field for field in app.text_input if str(field.key).partition("~")[0].endswith("=")]


@pytest.mark.parametrize("page", some(PAGES, 3))
def test_no_slider_of_a_setting_is_left(page):
    app = typing(page)
    assert fields(app)
    assert [s.key for s in (*app.slider, *app.select_slider) if s.key.startswith(f"{page}:")] == []


@pytest.mark.parametrize("page", some(PAGES, 3, 1))
def test_what_is_typed_is_set_and_stands_in_the_link(page):
    app = typing(page)
    wanted = {}
    for field in fields(app):
        name = field.key.partition("=")[0].replace(":", ".").rpartition(".")[2]
        number = float(field.value)
        text = f"{int(number) + 1}" if name in WHOLES else f"{0.99871 * number:.5g}"
        wanted[name] = text
        field.set_value(text)
    app.run(timeout=120)
    assert not app.exception
    assert not app.error
    said = {name.rpartition(".")[2]: text for name, text in link(app).items()}
    for name, text in wanted.items():
        if float(text) != 0:
            assert float(said[name]) == float(text), name


@pytest.mark.parametrize("page", some(PAGES, 3, 2))
def test_what_means_nothing_is_refused_in_words(page):
    """In all fields at once: each has its own words, and taking it back takes them away."""
    app = typing(page)
    before = {field.key: field.value for field in fields(app)}
    for nonsense in ("much", "1e999"):
        typed_into(app, dict.fromkeys(before, nonsense))
        said = [e.value for e in app.error if " must be " in e.value and "got" in e.value]
        assert len(said) == len(before)
    typed_into(app, before)
    assert not app.error


def typed_into(app, values):
    for key, text in values.items():
        app.text_input(key=key).set_value(text)
    app.run(timeout=120)
    assert not app.exception


def test_the_numbers_of_a_homework():
    app = typing("trajectories")
    app.text_input(key="trajectories:surface.Bowl.kappa=").set_value("199.8")
    app.text_input(key="trajectories:steps=").set_value("321").run()
    assert link(app) == {"Bowl.kappa": "199.8", "steps": "321"}
    app.toggle(key="exact").set_value(False).run()
    assert link(app) == {"Bowl.kappa": "199.8", "steps": "321"}
    assert [float(s.value) for s in app.select_slider if "kappa" in s.key] == [199.8]
