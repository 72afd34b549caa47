"""Laws over every lesson: its links, its facts, its numbers, its answers."""

import re

import pytest

from playground.topics.course import filled, lessons
from playground.topics.course.asking import Choose, Number, Where
from playground.topics.course.lesson import CODE, folder
from playground.topics.course.told import MISTAKEN, explained
from playground.topics.course.visit import Visit
from playground.topics.race import OPENING, SCENES, read
from tests.app.test_pages import PAGES

ALL = lessons()
MATHS = re.compile(r"\$\$.*?\$\$|\$.*?\$", re.DOTALL)
SOURCE = re.compile(r"^Source: .*$", re.MULTILINE)
LINK = re.compile(r"\]\(.*?\)")
KINDS = {"right", "wrong", "low", "high"}

every_lesson = pytest.mark.parametrize("lesson", ALL.values(), ids=ALL)


def guesses(lesson):
    """Predictions of every kind: every choice, or one that is right and others that are not."""
    asking = lesson.asking
    if isinstance(asking, Choose):
        return list(asking.choices)
    if isinstance(asking, Number):
        return [str(asking.low), str(asking.high), f"{lesson.facts().measured(asking.fact):.6g}"]
    assert isinstance(asking, Where)
    facts = lesson.facts()
    end = ",".join(str(facts.measured(f"{asking.fact}.{axis}")) for axis in ("end_x", "end_y"))
    return [end, "3.14,-2.72"]


def states(lesson):
    """Every state a lesson shows by itself."""
    runs = [lesson.run_of(guess) for guess in guesses(lesson)]
    return [*runs, *(variation.state for variation in lesson.variations)]


@every_lesson
def test_its_file_names_it_once_and_in_order(lesson):
    files = sorted(path.name for path in (folder() / "en").glob("*.md"))
    assert files[lesson.number - 1] == f"{lesson.number:02}-{lesson.name}.md"


@every_lesson
def test_it_says_what_a_teacher_needs(lesson):
    assert lesson.question.endswith("?")
    assert "\n\n" not in lesson.question
    assert lesson.goal.endswith(".")
    assert 2 <= lesson.minutes <= 10
    assert len(lesson.source.chapters["teacher"].items) >= 2


@every_lesson
def test_it_has_two_variations_that_end_otherwise_or_are_told_otherwise(lesson):
    assert len(lesson.variations) >= 2
    assert all(v.state != lesson.run_of(guesses(lesson)[0]) for v in lesson.variations)
    for variation in lesson.variations:
        assert filled(variation.watch, lesson.facts(variation.state))


@every_lesson
def test_the_right_answer_is_among_the_choices(lesson):
    for asking, facts in (
        (lesson.asking, lesson.facts()),
        (lesson.check.asking, lesson.facts(lesson.check.state)),
    ):
        assert asking.answer(facts)
        if isinstance(asking, Choose):
            assert len(asking.choices) >= 2
            assert all(asking.choices.values())
            assert not CODE.search(" ".join(asking.choices.values()))
            assert facts[asking.fact] in asking.choices


@every_lesson
def test_predictions_are_told_apart_and_one_is_right(lesson):
    told = [explained(Visit(lesson.name, guess)) for guess in guesses(lesson)]
    assert {one.right for one in told} == {True, False}
    assert all(one.why for one in told)
    assert len({(one.right, one.said, *one.why) for one in told}) == len(told)


@every_lesson
def test_the_explanation_follows_the_run(lesson):
    """A variation has another explanation, with its own numbers."""
    guess = guesses(lesson)[0]
    plain = explained(Visit(lesson.name, guess))
    for variation in lesson.variations:
        told = explained(Visit(lesson.name, guess, variation.state))
        assert told.varied
        assert (told.varied, told.why) != ("", plain.why)


@every_lesson
def test_every_answer_is_explained(lesson):
    """What else can come about may be; a mistake that is spoken of is one that can be made."""
    choices = {*lesson.asking.choices} or {"right"}
    mistaken = {key.removeprefix(MISTAKEN) for key in lesson.stories if key.startswith(MISTAKEN)}
    assert choices <= lesson.stories.keys() or lesson.stories.keys() >= KINDS - {"wrong"}
    assert mistaken <= {*lesson.asking.choices, "right"}


@every_lesson
def test_every_fact_it_names_is_known_in_every_state_it_shows(lesson):
    chapters = lesson.source.chapters
    for chapter in ("predict", "happened"):
        for name in CODE.findall(chapters[chapter].body):
            for state in states(lesson):
                lesson.facts(state).in_words(name)  # KeyError if there is none
    filled(lesson.check.after, lesson.facts(lesson.check.state))


@every_lesson
def test_its_numbers_are_computed(lesson):
    """No digit is typed: it stands in mathematics, in a source, or as the name of a fact."""
    text = "\n".join(chapter.body for chapter in lesson.source.chapters.values())
    for pattern in (MATHS, SOURCE, LINK, CODE):
        text = pattern.sub("", text)
    assert re.findall(r".*\d.*", text) == []


@every_lesson
def test_the_idea_is_two_sentences_an_equation_and_a_source(lesson):
    first, *rest = lesson.idea.split("\n\n")
    assert len(re.findall(r"[.](?:\s|$)", first)) <= 2
    assert any(re.fullmatch(r"\$\$.+\$\$", part) for part in rest)  # in one line
    assert SOURCE.search(lesson.idea)


@every_lesson
def test_its_page_is_there_and_takes_its_link(lesson):
    assert lesson.exhibit.page in {page.stem for page in PAGES}
    for state in states(lesson):
        link = lesson.exhibit.whole(state)
        if lesson.exhibit.page == "trajectories":
            assert read(link, OPENING) == (state, [])


def test_every_scene_is_an_exhibit():
    from playground.topics.course.exhibits import EXHIBITS

    assert SCENES.keys() <= EXHIBITS.keys()
