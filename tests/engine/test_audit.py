"""What is heard of vulnerabilities: one that is known fails, and silence is not taken for a no."""

import importlib.util
import json

import pytest

from tests.support.source import ROOT

spec = importlib.util.spec_from_file_location("audit", ROOT / ".ci" / "audit.py")
audit = importlib.util.module_from_spec(spec)
spec.loader.exec_module(audit)

SOUND = {"name": "numpy", "version": "2.1.0", "vulns": []}
ILL = {"name": "pillow", "version": "10.1.0", "vulns": [{"id": "PYSEC-1"}, {"id": "PYSEC-2"}]}
SKIPPED = {"name": "scipy", "skip_reason": "not found on PyPI and could not be audited"}


def pip(*dependencies):
    return audit.of_pip(json.dumps({"dependencies": dependencies}))


def npm(**vulnerabilities):
    told = {"vulnerabilities": vulnerabilities, "metadata": {"dependencies": {"total": 7}}}
    return audit.of_npm(json.dumps(told))


def test_a_known_vulnerability_fails_and_is_named():
    assert pip(SOUND, ILL).known
    assert "pillow 10.1.0: PYSEC-1, PYSEC-2" in pip(SOUND, ILL).text
    assert npm(esbuild={"severity": "high"}).known
    assert "esbuild: high" in npm(esbuild={"severity": "high"}).text


def test_where_none_is_known_it_says_how_many_were_looked_up():
    assert pip(SOUND) == ("Python: 1 of 1 parts were looked up; known: nothing", False)
    assert npm() == ("JavaScript: 7 parts were looked up; known: nothing", False)


def test_what_was_skipped_is_not_called_sound():
    """`pip-audit` itself exits with 0 and says that nothing is known."""
    answer = pip(SOUND, SKIPPED)
    assert answer.text.startswith(
        "Python: 1 of 2 parts were looked up; nothing was learnt of scipy"
    )
    assert not answer.known
    assert pip(SKIPPED).text == "Python: nothing was learnt: the index knows none of 1 parts"


@pytest.mark.parametrize("read", [audit.of_pip, audit.of_npm])
@pytest.mark.parametrize("said", ["", "<html>", "{}"])
def test_a_service_that_does_not_answer_fails_nothing_and_is_one_line(read, said):
    answer = read(said, "npm warn audit\nName or service not known\n\n")
    assert answer.text.endswith("nothing was learnt: Name or service not known")
    assert not answer.known
    assert "\n" not in read(said, "").text


def test_what_the_registry_of_npm_answers_is_passed_on():
    answer = audit.of_npm('{"message": "405 Method Not Allowed"}', "a log can be found")
    assert answer.text.endswith("nothing was learnt: 405 Method Not Allowed")


def test_whatever_is_known_ends_the_audit_with_a_failure(monkeypatch, capsys):
    for known in (False, True):
        monkeypatch.setattr(audit, "python_parts", lambda known=known: audit.Answer("one", known))
        monkeypatch.setattr(audit, "script_parts", lambda: audit.Answer("two"))
        assert audit.main() == known
    assert capsys.readouterr().out == "one\ntwo\n" * 2
