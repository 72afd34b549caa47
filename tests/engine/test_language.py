"""Every text can be said in another language: how it is found, written and spoken."""

import sys
import threading

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

import playground as pg
from playground import language
from playground.glossary import LOSS
from playground.language import ENGLISH, languages, mark, speak, spoken_now, tr, trn
from playground.shelf import remembered
from tests.support.declared import PAGES
from tests.support.source import ROOT

sys.path.insert(0, str(ROOT / "assets"))

import make_catalogue
import marked

OTHER = "eo"
"""A language that there is in no folder of ours."""


# ---- found -------------------------------------------------------------------------------------


def test_the_template_is_up_to_date():
    with make_catalogue.TEMPLATE.open("rb") as file:
        written = read_po(file)
    now = make_catalogue.template()
    made = [(m.id, [file for file, _ in m.locations]) for m in now if m.id]
    kept = [(m.id, [file for file, _ in m.locations]) for m in written if m.id]
    assert kept == made, "run python assets/make_catalogue.py"


def test_the_template_is_the_same_bytes_every_time():
    once, again = (make_catalogue.written(make_catalogue.template()) for _ in range(2))
    assert once == again


def test_what_declared_things_say_is_in_it():
    ids = {text.said for text in marked.everything()}
    for cls in (cls for family in pg.FAMILIES for cls in family.all.values()):
        assert {cls.called, *cls.paragraphs()} <= ids
        assert {said for p in cls.params() for said in (p.noun, p.sentence) if said} <= ids
    for cls in PAGES.values():
        assert {said for p in cls.params() for said in (p.noun, p.sentence) if said} <= ids
    assert {"converged", "it stands at the lowest known minimum", LOSS.name, *LOSS.others} <= ids


# ---- written -----------------------------------------------------------------------------------


def folder_of_languages(monkeypatch, path):
    """An empty folder of languages that both the app and its tool take for theirs."""
    monkeypatch.setattr(language, "FOLDER", path)
    monkeypatch.setattr(make_catalogue, "FOLDER", path)
    language._loaded.cache_clear()


def translated(path, said):
    """The languages of a folder, of which one says every text as `said` makes it."""
    make_catalogue.bring_up(OTHER)
    po = path / OTHER / "LC_MESSAGES" / "playground.po"
    with po.open("rb") as file:
        catalogue = read_po(file, OTHER)
    for message in catalogue:
        if message.id:
            one = isinstance(message.id, str)
            message.string = said(message.id) if one else tuple(map(said, message.id))
    po.write_bytes(make_catalogue.written(catalogue))
    return make_catalogue.bring_up(OTHER)


@pytest.fixture(scope="module")
def quoted(tmp_path_factory):
    """A folder with a language made by our own tool, and what the tool told of it.

    Each text stands in quotation marks there.
    """
    path = tmp_path_factory.mktemp("languages")
    with pytest.MonkeyPatch.context() as patch:
        folder_of_languages(patch, path)
        return path, translated(path, "‹{}›".replace("{}", "%s").__mod__)


@pytest.fixture
def other(monkeypatch, quoted):
    """That language is one of the house's while a test runs."""
    path, told = quoted
    folder_of_languages(monkeypatch, path)
    yield told
    speak(ENGLISH)
    language._loaded.cache_clear()


def test_every_language_of_the_house_has_the_values_of_the_texts():
    for po in language.FOLDER.glob("*/LC_MESSAGES/playground.po"):
        with po.open("rb") as file:
            catalogue = read_po(file, po.parent.parent.name)
        assert make_catalogue.faults(catalogue) == []
        assert po.with_suffix(".mo").read_bytes() == make_catalogue.compiled(catalogue)


def test_a_translation_with_other_values_is_refused(monkeypatch, tmp_path):
    folder_of_languages(monkeypatch, tmp_path)
    with pytest.raises(SystemExit, match="other values"):
        translated(tmp_path, lambda text: f"{text} {{}}")


def test_what_was_translated_is_kept_and_a_changed_text_waits_for_its_reader(tmp_path):
    file, old, new = tmp_path / "playground.po", Catalog(OTHER), Catalog()
    old.add("It stands still.", "Ĝi staras.")
    old.add("It has diverged by now.", "Ĝi diverĝis.")
    file.write_bytes(make_catalogue.written(old))
    new.add("It stands still.")
    new.add("It has diverged by then.")
    catalogue = make_catalogue.updated(OTHER, file, new)
    assert catalogue["It stands still."].string == "Ĝi staras."
    assert catalogue["It has diverged by then."].fuzzy
    assert "Ĝi diverĝis.".encode() not in make_catalogue.compiled(catalogue)


# ---- spoken ------------------------------------------------------------------------------------


def test_a_language_is_its_files(other):
    texts = len({str(t.said) for t in marked.everything()})
    assert other == f"{OTHER}: {texts} of {texts} texts"
    assert languages() == (*language.KNOWN, OTHER)
    speak(OTHER)
    assert spoken_now() == OTHER


def test_what_is_declared_and_counted_comes_out_translated(other):
    speak(OTHER)
    assert pg.GradientDescent.label() == "‹Gradient Descent›"
    assert pg.GradientDescent.param("lr").label == "‹learning rate› η"
    assert pg.GradientDescent.param("lr").help == "‹How far to go along the direction.›"
    assert pg.NoClipping.summary() == "‹The gradient as it is.›"
    assert LOSS.noun == "‹loss›"
    form = trn("and {} more slip", "and {} more slips", 2, 2)
    assert form == "‹and 2 more slips›"
    with pytest.raises(ValueError, match="‹a finite number ‹greater than 0››"):
        pg.GradientDescent(lr=0.0)
    speak(ENGLISH)
    assert pg.GradientDescent.label() == "Gradient Descent"


def test_a_verdict_comes_out_translated(other):
    run = pg.simulate(pg.Bowl(), pg.GradientDescent(lr=0.1))
    english, outcome = pg.diagnose(run).verdict, pg.diagnose(run).outcome
    speak(OTHER)
    there = pg.diagnose(run)
    assert there.outcome.noun == "‹diverged›"
    assert there.verdict.replace("‹", "").replace("›", "") == english != there.verdict
    assert there.outcome == outcome
    speak(ENGLISH)
    assert pg.diagnose(run).verdict == english


def test_another_thread_still_speaks_english(other):
    speak(OTHER)
    heard = []
    thread = threading.Thread(target=lambda: heard.append((spoken_now(), LOSS.noun)))
    thread.start()
    thread.join()
    assert heard == [(ENGLISH, "loss")]
    assert LOSS.noun == "‹loss›"


def test_an_unknown_language_is_refused_and_the_old_one_stays():
    with pytest.raises(KeyError, match="xx"):
        speak("xx")
    assert spoken_now() == ENGLISH


SAID = mark("loss")


@remembered
def kept_words():
    return tr(SAID)


def test_the_shelf_keeps_languages_apart(other):
    assert kept_words() == "loss"
    speak(OTHER)
    assert kept_words() == "‹loss›"
    speak(ENGLISH)
    assert kept_words() == "loss"
