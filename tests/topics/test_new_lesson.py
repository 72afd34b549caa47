"""A new lesson is the file that CONTRIBUTING shows, and nothing else."""

import re
import shutil

import pytest

import playground as pg
from playground.topics.course import LessonError
from playground.topics.course import lesson as course
from playground.ui.say import literal
from tests.app.test_pages import opened
from tests.support.source import ROOT
from tests.topics import test_lessons

SHOWN = re.search(
    r"as `assets/lessons/(en/(\d+-(\w+)\.md))`.*?````markdown\n(.*?)````",
    (ROOT / "CONTRIBUTING.md").read_text("utf-8"),
    re.DOTALL,
)
PATH, _, NAME, TEXT = SHOWN.groups()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A copy of the lessons that is read instead of them."""
    shutil.copytree(course.folder(), tmp_path / "lessons")
    monkeypatch.setattr(course, "HERE", tmp_path / "lessons")
    course._lessons.cache_clear()
    yield tmp_path / "lessons"
    course._lessons.cache_clear()


@pytest.fixture
def new(folder):
    """The new lesson, whose file was written."""
    (folder / PATH).write_text(TEXT, "utf-8")
    return pg.lesson(NAME)


LAWS = [law for name, law in vars(test_lessons).items() if name.startswith("test_its_")]
LAWS += [
    test_lessons.test_the_right_answer_is_among_the_choices,
    test_lessons.test_predictions_are_told_apart_and_one_is_right,
    test_lessons.test_the_explanation_follows_the_run,
    test_lessons.test_every_fact_it_names_is_known_in_every_state_it_shows,
    test_lessons.test_the_idea_is_two_sentences_an_equation_and_a_source,
    test_lessons.test_every_answer_is_explained,
]


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_every_law_holds_for_it(law, new):
    law(new)


def test_it_is_the_last_of_the_course_and_can_be_taught(new):
    assert [*course.lessons()][-1] == NAME
    app = opened("course", lesson=NAME)
    app.radio[0].set_value("converged").run()
    next(b for b in app.button if b.label == "Run it").click().run()
    assert not app.exception
    assert any("as you said" in m.value for m in app.markdown)
    app = opened("teacher", lesson=NAME)
    assert not app.exception
    assert literal(new.goal) in " ".join(m.value for m in app.markdown)


@pytest.mark.parametrize(
    ("slip", "word"),
    [
        (("exhibit: too-small", "exhibit: too-tall"), "too-tall"),
        (("set: a=Newton", "set: a=Newtown"), "Newtown"),
        (("predict: choose", "predict: guess"), "guess"),
        (("## Try", "Try"), "chapters"),
        (("minutes: 3\n", ""), "minutes"),
        (("(?a.lr=0.1)", "(?a.rate=0.1)"), "a.rate"),
    ],
)
def test_a_slip_is_named(slip, word, folder):
    assert slip[0] in TEXT
    (folder / PATH).write_text(TEXT.replace(*slip), "utf-8")
    with pytest.raises(LessonError, match=re.escape(word)):
        touch(pg.lesson(NAME))


def touch(lesson):
    """Everything a lesson is asked for."""
    return lesson.asking, lesson.variations, lesson.check, lesson.minutes, lesson.goal


def test_an_unknown_lesson_is_refused_with_those_there_are():
    with pytest.raises(ValueError, match="momentum"):
        pg.lesson("levitation")
