"""What the Containerfile says, read once for the rehearsal and for the tests."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cached_property
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent


class Recipe:
    """The steps of a Containerfile, each an instruction and what stands behind it."""

    def __init__(self, path: Path = HERE / "Containerfile") -> None:
        lines = path.read_text("utf-8").splitlines()
        text = "\n".join(line for line in lines if line and not line.lstrip().startswith("#"))
        joined = re.sub(r"\\\n\s*", "", text).splitlines()
        self.steps = [(line.split()[0], line.split(None, 1)[1]) for line in joined]

    def last(self, instruction: str) -> str:
        """What stands behind the last of these instructions, the one that counts."""
        return [rest for name, rest in self.steps if name == instruction][-1]

    @cached_property
    def environment(self) -> dict[str, str]:
        """Every variable that is set."""
        settings = (shlex.split(rest) for name, rest in self.steps if name == "ENV")
        return dict(one.split("=", 1) for several in settings for one in several)

    @property
    def command(self) -> list[str]:
        return listed(self.last("CMD"))

    @property
    def health_check(self) -> list[str]:
        return listed(self.last("HEALTHCHECK").partition("CMD ")[2])


def listed(text: str) -> list[str]:
    """A command as a recipe writes it: a list, or a line for the shell."""
    return list(json.loads(text)) if text.startswith("[") else ["sh", "-c", text]


def context(name: str) -> Iterator[Path]:
    """The files below a name that may be copied: those that `.dockerignore` does not keep out."""
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    start = ROOT / name
    for path in [start] if start.is_file() else sorted(start.rglob("*")):
        if path.is_file() and not kept_out(path.relative_to(ROOT), rules):
            yield path


def kept_out(path: Path, rules: list[str]) -> bool:
    """Whether the last rule that speaks of a path, or of a folder it is in, keeps it out."""
    out = False
    for rule in rules:
        pattern = rule.removeprefix("!")
        if any(spoken_of(one, pattern) for one in (path, *path.parents[:-1])):
            out = not rule.startswith("!")
    return out


def spoken_of(path: Path, pattern: str) -> bool:
    if pattern.startswith("**/"):
        return fnmatch(path.name, pattern[3:])
    return len(path.parts) == len(Path(pattern).parts) and fnmatch(path.as_posix(), pattern)
