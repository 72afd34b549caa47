"""What the app is made of: everything that runs in it and is not ours, with its licence.

Nothing of it is typed: `requirements.txt` says what is needed, and what is installed says what
that needs in turn, which versions it takes, and under what licence it is given.
"""

from __future__ import annotations

import re
from collections import defaultdict
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple

from playground.language import tr
from playground.shelf import remembered

NEED = re.compile(r"([\w.-]+)(?:\[[^\]]*\])?\s*\(?([^;)#]*)\)?\s*(?:;\s*([^#]*))?")
"""A line that asks for something: its name, its versions, and when."""
LICENCES = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
"""What licences are called by those who do not call them by their names in SPDX."""


class Ingredient(NamedTuple):
    """Something that is installed because the app needs it, or needs what needs it."""

    name: str
    version: str
    allowed: tuple[str, ...]
    """The versions that are asked for, in Markdown, with who asks where it is not we."""
    licence: str


def ingredients(requirements: Path) -> list[Ingredient]:
    """All that runs here and is not ours, by name; what another system would need is not here.

    requirements: the file that says what the app needs.
    """
    asked: dict[str, list[str]] = defaultdict(list)
    found: dict[str, Distribution] = {}
    waiting = [("", line) for line in requirements.read_text("utf-8").splitlines()]
    while waiting:
        asker, line = waiting.pop(0)
        if (need := NEED.match(line)) is None or "extra ==" in (need[3] or ""):
            continue
        name = re.sub(r"[-_.]+", "-", need[1]).lower()
        try:
            there = distribution(name)
        except PackageNotFoundError:
            continue
        versions = [f"`{need[2].strip()}`"] if need[2].strip() else []
        asked[name].append(" ".join([*versions, f"(`{asker}`)"] if asker else versions))
        if name not in found:
            found[name] = there
            waiting += [(name, line) for line in there.requires or ()]
    return [
        Ingredient(name, there.version, tuple(dict.fromkeys(asked[name])), licence(there))
        for name, there in sorted(found.items())
    ]


def licence(there: Distribution) -> str:
    """The licence that something says it is under, in the names of SPDX; empty if it says none."""
    said = there.metadata
    if "License-Expression" in said:
        return str(said["License-Expression"])
    headings = said.get_all("Classifier") or ()
    names = [h.rpartition(" :: ")[2] for h in headings if h.startswith("License :: ")]
    if not names:
        said_freely = map(str.strip, said.get_all("License") or ())
        names = [text.splitlines()[0] for text in said_freely if text]
    return " AND ".join(sorted({LICENCES.get(name, name) for name in names}))


@remembered
def table_of_ingredients(requirements: Path) -> str:
    """What is installed as a Markdown table, and below it what is inside of our own files."""
    rows = [
        f"| `{part.name}` | `{part.version}` | {'; '.join(part.allowed)} | `{part.licence}` |"
        for part in ingredients(requirements)
    ]
    titles = tr("part"), tr("version here"), tr("versions that will do"), tr("licence")
    head = [f"| {' | '.join(titles)} |", "|---" * len(titles) + "|"]
    inside = tr(
        "The letters of pictures are a part of DejaVu Sans, under the licence of Bitstream Vera; "
        "what is drawn by Plotly brings plotly.js with it (MIT), in a page that you download too. "
        "The playground itself is under the MIT licence."
    )
    return "\n".join([*head, *rows, "", inside])
