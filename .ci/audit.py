"""Ask for known vulnerabilities of all that runs in the app, and of the tools of its JavaScript.

python .ci/audit.py     exits with 1 where a vulnerability is known

`pip-audit` asks PyPI and `npm audit` the registry of npm.  Both are silent, or fail, where a mirror
does not know about vulnerabilities; then one line says that nothing was learnt, and that is all.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from playground.topics.reference.made_of import ingredients  # noqa: E402

SCRIPTS = ROOT / "tests" / "js"
LINE = 200
"""Characters of what a tool says that are passed on."""


class Answer(NamedTuple):
    """What a tool has learnt."""

    text: str
    known: bool = False
    """Whether a vulnerability is."""


def of_pip(said: str, complaint: str = "") -> Answer:
    """What `pip-audit` says as JSON; it skips what its service does not know, and finds it well."""
    try:
        asked = json.loads(said)["dependencies"]
    except (ValueError, KeyError):
        return Answer(f"Python: nothing was learnt: {last_line(complaint)}")
    found = [
        f"{part['name']} {part['version']}: {', '.join(v['id'] for v in part['vulns'])}"
        for part in asked
        if part.get("vulns")
    ]
    skipped = [part["name"] for part in asked if "skip_reason" in part]
    if len(skipped) == len(asked):
        return Answer(f"Python: nothing was learnt: the index knows none of {len(asked)} parts")
    text = f"{len(asked) - len(skipped)} of {len(asked)} parts were looked up"
    if skipped:
        text += f"; nothing was learnt of {', '.join(skipped)}"
    return _answer("Python", text, found)


def of_npm(said: str, complaint: str = "") -> Answer:
    """What `npm audit` says as JSON."""
    try:
        told: dict[str, Any] = json.loads(said)
        complaint = told.get("message", complaint)
        found = [f"{name}: {v['severity']}" for name, v in told["vulnerabilities"].items()]
        total = told["metadata"]["dependencies"]["total"]
    except (ValueError, KeyError):
        return Answer(f"JavaScript: nothing was learnt: {last_line(complaint)}")
    return _answer("JavaScript", f"{total} parts were looked up", found)


def _answer(what: str, text: str, found: Iterable[str]) -> Answer:
    known = "; ".join(found)
    return Answer(f"{what}: {text}; known: {known or 'nothing'}", bool(known))


def last_line(text: str) -> str:
    """What a tool that failed says at last, or that it says nothing."""
    return next((line[:LINE] for line in reversed(text.splitlines()) if line.strip()), "no answer")


def heard(*command: str, cwd: Path = ROOT) -> tuple[str, str]:
    """What a command says, and what it complains of."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    return done.stdout, done.stderr


def python_parts() -> Answer:
    """`pip-audit` has needs of its own, so it gets an environment of its own."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        venv.create(place, with_pip=True)
        programs = place / ("Scripts" if sys.platform == "win32" else "bin")
        _, complaint = heard(str(programs / "python"), "-m", "pip", "install", "-q", "pip-audit")
        if not (tool := shutil.which("pip-audit", path=str(programs))):
            return of_pip("", complaint)
        asked = place / "asked.txt"
        every = ingredients(ROOT / "requirements.txt")
        asked.write_text("".join(f"{part.name}=={part.version}\n" for part in every), "utf-8")
        options = ("-r", str(asked), "--no-deps", "--disable-pip", "-f", "json")
        return of_pip(*heard(tool, *options, "--progress-spinner", "off"))


def script_parts() -> Answer:
    npm = shutil.which("npm")
    if npm is None:
        return of_npm("", "there is no npm here")
    return of_npm(*heard(npm, "audit", "--json", cwd=SCRIPTS))


def main() -> int:
    answers = [python_parts(), script_parts()]
    for answer in answers:
        print(answer.text)
    return int(any(answer.known for answer in answers))


if __name__ == "__main__":
    sys.exit(main())
