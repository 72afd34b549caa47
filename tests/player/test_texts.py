"""What the player's JavaScript says is found in its source, and sent in the visitor's language."""

import re
from pathlib import Path

import pytest

import playground.player
from playground.player import component
from playground.player.fan import not_finite
from playground.player.modules import uncommented
from playground.player.texts import catalogue, texts, texts_of
from tests.support.abroad import abroad
from tests.support.pseudo import dressed

FILES = sorted(Path(playground.player.__file__).with_name("js").glob("*.js"))


def test_a_text_is_found_however_it_is_written():
    source = r"""
      tr("a \"b\" \u25ef"), tr(
        "c {} " +
          "d",
        value, // tr("not this one")
      );
      /* nor tr("that") */
      x = trn("{} step", "{} steps", n, n) + str("nor an other name") + `${tr("in a hole")}`;
    """
    found = [('a "b" ◯',), ("c {} d",), ("{} step", "{} steps"), ("in a hole",)]
    assert texts_of(source) == found


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_no_text_of_a_module_is_overlooked(file):
    source = file.read_text("utf-8")
    calls = re.findall(r"(?<!function )\btrn?\(", uncommented(source)[0])
    if file.stem != "language":  # where both are made
        assert len(texts_of(source)) == len(calls)


def test_in_english_nothing_is_sent():
    assert catalogue() is None


def test_in_another_language_every_text_is_sent_once_with_what_is_said_instead():
    words = abroad(catalogue)
    assert words == {form: dressed(form) for text in texts() for form in text}
    assert {"Play", "{}: {}, step {}", "{}: {}, steps {} to {}"} <= set(words)


def test_of_a_plural_the_forms_of_one_and_of_two_are_sent(monkeypatch):
    monkeypatch.setattr("playground.player.texts.texts", lambda: (("one", "many"), ("alone",)))
    monkeypatch.setattr("playground.player.texts.trn", lambda one, many, n: f"{one} {many} {n}")
    assert abroad(catalogue) == {
        "one": "one many 1",
        "many": "one many 2",
        "alone": dressed("alone"),
    }


@pytest.mark.parametrize("spoken", [lambda make: make(), abroad], ids=["english", "pseudo"])
def test_what_is_sent_comes_with_the_code(spoken, monkeypatch):
    sent = []
    monkeypatch.setattr(component, "_library", lambda **call: sent.append(call["data"]) or {})
    spoken(component.bring)
    assert sent == [spoken(catalogue)]


def test_what_python_says_for_the_player_is_said_in_that_language_too():
    assert not_finite(3) == "not finite from step 3"
    assert abroad(lambda: not_finite(3)) == dressed("not finite from step ") + "3"
