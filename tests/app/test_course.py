"""The course without a browser: lessons predicted rightly and wrongly, the record, the links."""

import math

import pytest

from playground.topics.course import lessons
from playground.topics.course.asking import Choose, Number
from playground.topics.course.panel.asking import positions_of
from playground.topics.course.told import explained
from playground.topics.course.visit import Visit, begin, read, write
from playground.ui.say import literal
from tests.app.test_pages import link, opened
from tests.topics.test_lessons import guesses

ALL = lessons()
every_lesson = pytest.mark.parametrize("name", ALL)


def said(app):
    return "\n".join(element.value for element in [*app.markdown, *app.caption])


def press(app, label):
    next(b for b in app.button if b.label == label).click()
    app.run()
    assert not app.exception
    return app


def answer(app, asking, text, label):
    """Say something to a question by its control, and press the button below it."""
    if isinstance(asking, Choose):
        next(r for r in app.radio if r.value is None).set_value(text).run()
    elif isinstance(asking, Number) and app.number_input:
        app.number_input[0].set_value(float(text)).run()
    else:
        app.select_slider[-1].set_value(float(text)).run()
    return press(app, label)


def at(name, **query):
    return opened("course", **({} if name == begin().lesson else {"lesson": name}), **query)


def rightly_and_wrongly(lesson):
    """One guess of each kind."""
    told = {g: explained(Visit(lesson.name, g)).right for g in guesses(lesson)}
    right = next(g for g, so in told.items() if so)
    return right, next(g for g, so in told.items() if not so)


@every_lesson
def test_nothing_is_told_before_it_is_predicted(name):
    app = at(name)
    assert ALL[name].idea.split("\n")[0] not in said(app)
    assert next(b for b in app.button if b.label == "Run it").disabled
    assert not [b for b in app.button if b.label == "Answer"]


@every_lesson
def test_it_is_told_what_happened_rightly_and_wrongly(name):
    """Predicted by its control where AppTest has it, else by the link."""
    lesson = ALL[name]
    texts = []
    for guess in rightly_and_wrongly(lesson):
        if isinstance(lesson.asking, Choose):
            app = answer(at(name), lesson.asking, guess, "Run it")
            assert link(app)["guess"] == guess
        else:
            app = at(name, guess=guess)
            assert not app.warning
        visit = Visit(name).predicting(guess)
        told = explained(visit)
        for text in (told.so, told.said):
            assert literal(text) in said(app)
        for text in told.why:
            assert text in said(app)
        texts.append(said(app))
    assert "as you said" in texts[0]
    assert "not as you said" in texts[1]
    assert texts[0] != texts[1]


@every_lesson
def test_its_variations_and_its_question(name):
    lesson = ALL[name]
    guess = rightly_and_wrongly(lesson)[0]
    app = at(name, guess=guess)
    for i in range(len(lesson.variations)):
        app.button(key=f"try-{name}-{i}").click().run()
        assert not app.exception
        assert "in your variation" in said(app)
    check = lesson.check
    facts = lesson.facts(check.state)
    if isinstance(check.asking, Choose):
        right = facts[check.asking.fact]
        wrong = next(key for key in check.asking.choices if key != right)
    else:
        exact = facts.measured(check.asking.fact)
        right, wrong = exact, 2 * exact + 1
        if math.isfinite(check.asking.low):  # on a ladder
            ladder = positions_of(check.asking.low, check.asking.high)
            right, wrong = (by(ladder, key=lambda v: abs(v - exact)) for by in (min, max))
    for text, verdict in ((right, "badge[right]"), (wrong, "badge[not right]")):
        app = at(name, guess=guess)
        app = answer(app, check.asking, text, "Answer")
        assert verdict in said(app)
        assert link(app)["done"].rpartition(":")[2] == ("rr" if text == right else "rw")


@every_lesson
def test_its_link_is_the_whole_state(name):
    lesson = ALL[name]
    for guess in guesses(lesson):
        for state in (None, *(variation.state for variation in lesson.variations)):
            visit = Visit(name).predicting(guess)
            visit = visit if state is None else visit.running(state)
            assert read(write(visit), begin()) == (visit, [])


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ({"lesson": "levitation"}, "levitation"),
        ({"guess": "sideways"}, "guess"),
        ({"lesson": "dropout", "answer": "many"}, "it must be a number."),
        ({"lesson": "dropout", "answer": "inf"}, "it must be a number."),
        ({"lesson": "one-step", "guess": "many"}, "it must be a number from 0.001 to 0.1."),
        ({"lesson": "minima-and-saddles", "guess": "1"}, "two numbers, such as -1,0.5"),
        ({"lesson": "minima-and-saddles", "guess": "left,right"}, "two numbers"),
        ({"done": "momentum"}, "done"),
        ({"done": "levitation:stops:r-"}, "levitation"),
        ({"nonsense": "1", "guess": "stops"}, "nonsense"),
        ({"a.lr": "-1"}, "a.lr"),
    ],
)
def test_what_a_link_says_wrongly_is_named(query, problem):
    app = opened("course", **{"lesson": "momentum", **query})
    assert literal(problem) in " ".join(w.value for w in app.warning)
    assert app.header[0].value in {lesson.title for lesson in ALL.values()}


def test_the_first_prediction_counts_and_the_record_goes_along():
    app = opened("course", lesson="momentum")
    answer(app, ALL["momentum"].asking, "stops", "Run it")
    press(app, "Predict again")
    assert "guess" not in link(app)
    answer(app, ALL["momentum"].asking, "passes", "Run it")
    assert link(app)["done"] == "momentum:stops:w-"
    assert "Worth another look" in said(app)


def test_a_worksheet_tells_of_every_lesson_and_of_the_first_prediction():
    app = opened("teacher")
    done = "done=momentum:stops:wr|is-it-stuck:bounces:r-|momentum:passes:r-"
    link_sent = f"https://a.school/course/?lesson=dropout&hide=answers&embed=true&{done}"
    app.text_area[0].set_value(f"{link_sent}\nhttp://[foo").run()
    assert not app.exception
    assert [w.value for w in app.warning] == ["1 line is no link of a lesson."]
    tables = "\n".join(m.value for m in app.markdown if m.value.startswith("| "))
    stops = literal(ALL["momentum"].asking.choices["stops"])
    title = literal(ALL["momentum"].title)
    assert f"| 1 | {title} | {stops} | not right | right |" in tables
    assert literal(ALL["is-it-stuck"].title) in tables


def test_nothing_tells_what_was_right_while_answers_are_hidden():
    app = opened("course", lesson="momentum", guess="stops", hide="answers")
    assert {b.icon for b in app.button if str(b.key).startswith("lesson-")} == {":material/circle:"}


def test_a_teacher_reads_what_a_class_sends_back():
    app = opened("teacher")
    sent = [write(Visit("momentum").predicting(guess)) for guess in ("stops", "passes", "passes")]
    lines = ["https://a.school/course?" + "&".join(f"{k}={v}" for k, v in q.items()) for q in sent]
    lines = [line.replace("course?", "course?lesson=momentum&") for line in lines]
    app.text_area[0].set_value(
        "\n".join(["hello", *lines, "https://a.school/course?lesson=momentum&guess=?"])
    )
    app.run()
    assert not app.exception
    assert "1 line is no link" in app.warning[0].value
    assert "1 of 4 links" in app.warning[1].value
    tables = "\n".join(m.value for m in app.markdown if m.value.startswith("| "))
    passes = literal(ALL["momentum"].asking.choices["passes"])
    assert f"{passes} | 2 |" in tables
