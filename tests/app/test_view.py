"""How a page is looked at stands in the link of every page, and is kept from page to page."""

import pytest
import streamlit as st
from streamlit.runtime.scriptrunner import ScriptRunContext
from streamlit.testing.v1 import AppTest

from playground.language import ENGLISH, KNOWN, speak
from playground.ui.session import KEY
from playground.ui.view import PARTS, PageView
from tests.app.test_pages import PAGES, link, opened
from tests.support import pseudo
from tests.support.source import ROOT

HIDE = {"hide": "controls,verdict"}
WALL = {"projector": "yes"}
WRONG = {"hide": "verdict,scnes,x", "projector": "perhaps", "language": "tlh"}
every_page = pytest.mark.parametrize("page", [path.stem for path in PAGES])


@pytest.fixture
def language():
    """Another one is known, and spoken by whoever reads the menus of a page in this thread."""
    speak(pseudo.known())
    yield pseudo.CODE
    speak(ENGLISH)
    del KNOWN[pseudo.CODE]


@pytest.fixture
def titles(monkeypatch):
    """What the navigation said at each call: sections and pages."""
    said = []
    navigation = st.navigation

    def heard(sections, **options):
        pages = [page.title for section in sections.values() for page in section]
        said.append([*filter(None, sections), *pages])
        return navigation(sections, **options)

    monkeypatch.setattr(st, "navigation", heard)
    return said


@pytest.fixture
def in_history(monkeypatch):
    """From `in_history()` on, every run is asked for by a step in the browser's history."""
    back = property(lambda context: True, lambda context, value: None)
    return lambda: monkeypatch.setattr(ScriptRunContext, "is_history_navigation", back)


def at(page, **query):
    """The app with a page open at a link that another page led to."""
    app = opened("" if page != "home" else "reference")
    app.switch_page(f"pages/{page}.py")
    for name, text in query.items():
        app.query_params[name] = text
    return app.run()


def view(app):
    assert not app.exception
    return app.session_state[KEY].view.value


def way_out(app):
    return [button for button in app.button if button.key == "way-out"]


def leave(app):
    (button,) = way_out(app)
    button.click()
    return app.run()


@every_page
def test_a_link_says_it_and_goes_on_saying_it_until_it_is_left(page, language):
    spoken = {"language": language}
    app = at(page, **HIDE, **WALL, **spoken)
    assert not app.warning
    assert view(app) == PageView(language, HIDE["hide"], True)
    app.run()
    assert link(app) == HIDE | WALL | spoken
    assert link(leave(app)) == HIDE | spoken
    assert link(leave(app)) == spoken
    assert view(app) == PageView(language)
    assert way_out(app) == []


@every_page
def test_what_means_nothing_is_said(page):
    app = at(page, **WRONG)
    said = " ".join(element.value for element in app.warning).replace("\\", "")
    assert view(app) == PageView(hide="verdict")
    assert "“scnes” is no part of a page. Did you mean scenes?" in said
    assert f"“x” is no part of a page. Choose from {', '.join(PARTS)}." in said
    assert "projector = “perhaps” must be yes or no" in said
    assert "language = “tlh” is not known; choose one of en" in said
    app.run()
    assert link(app) == {"hide": "verdict"}


@every_page
def test_the_usual_view_writes_nothing(page):
    app = at(page, hide="", projector="no", language="en")
    assert not app.warning
    assert way_out(app) == []
    app.run()
    assert link(app) == {}


@every_page
def test_another_page_keeps_it(page):
    app = opened("batches", **HIDE, **WALL)
    app.query_params.clear()  # as the browser does
    app.switch_page(f"pages/{page}.py").run()
    assert view(app) == PageView(hide=HIDE["hide"], projector=True)
    assert link(app) == HIDE | WALL


def test_another_page_opened_by_a_link_keeps_it_and_its_settings_unless_the_link_says_them():
    app = opened("dropout", **HIDE)
    for query, shown in (
        ({"keep_1": "0.7"}, {"keep_1": "0.7"} | HIDE),
        (WALL, {"keep_1": "0.7"} | WALL),
    ):
        app.switch_page("pages/batches.py").run()
        app.query_params.clear()
        app.switch_page("pages/dropout.py")
        for name, text in query.items():
            app.query_params[name] = text
        app.run()
        assert not app.warning
        assert link(app) == shown


def test_the_button_says_what_is_hidden():
    (button,) = way_out(at("dropout", **HIDE))
    assert button.label == "Reveal"
    assert button.help.startswith("Hidden: the controls in the sidebar, what is said of how it ")


def test_it_stands_beside_what_the_page_writes():
    app = opened("trajectories", **HIDE, **{"Bowl.kappa": "50"})
    assert link(app) == {"Bowl.kappa": "50"} | HIDE
    app.select_slider(key="trajectories:surface.Bowl.kappa").set_value(60.0)
    app.run()
    assert link(app) == {"Bowl.kappa": "60"} | HIDE
    assert link(leave(app)) == {"Bowl.kappa": "60"}


@pytest.mark.parametrize("page", ["dropout", "reference"])
def test_back_hides_again_what_was_revealed(page, in_history):
    app = at(page, **HIDE)
    leave(app)
    in_history()
    app.query_params.update(HIDE)
    app.run()
    assert view(app) == PageView(hide=HIDE["hide"])
    app.query_params.clear()
    app.run()
    assert view(app) == PageView()


def entered(**query):
    """The app opened at its first page by a link."""
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    for name, text in query.items():
        app.query_params[name] = text
    return app.run()


def test_the_names_of_all_pages_are_in_the_language_of_each_visitor(titles, language):
    entered()
    english = titles.pop()
    entered(language=language)
    assert titles[-1] == [pseudo.dressed(text) for text in english]
    entered()
    assert titles[-1] == english


def test_a_page_without_settings_that_was_opened_by_a_link_is_revealed():
    app = entered(**HIDE, utm="1")
    assert link(app) == HIDE | {"utm": "1"}
    assert link(leave(app)) == {}


def test_a_complaint_is_said_in_the_language_of_the_link(language):
    app = opened("batches", language=language, hide="scnes")
    said = app.warning[0].value.replace("\\", "")
    assert said.startswith(pseudo.dressed("The link was not fully understood. hide: “"))
    assert pseudo.dressed("is no part of a page. Did you mean ") in said


def test_the_language_is_chosen_in_the_sidebar_where_there_is_a_choice(language):
    speak(ENGLISH)
    app = opened("batches")
    (menu,) = (box for box in app.selectbox if box.key == "language")
    assert menu.options == ["English", pseudo.dressed("English")]
    menu.set_value(language)
    app.run()
    speak(language)
    assert link(app) == {"language": language}
    (menu,) = (box for box in app.selectbox if str(box.key).startswith("language"))
    assert menu.label == pseudo.dressed("Language")
    menu.set_value("en")
    app.run()
    assert link(app) == {}


def test_no_language_is_offered_where_there_is_one():
    assert not [box for box in opened("batches").selectbox if str(box.key).startswith("language")]
