"""Bring README and CONTRIBUTING up to date: `python assets/make_readme.py`.

What stands between ``<!-- name -->`` and ``<!-- end -->`` is made from the source: the promise of
equality with PyTorch, the optimizer quoted in full, the table of rooms, and the storeys.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import house  # noqa: E402

from playground.topics.reference.counterparts import promise, release_line  # noqa: E402

QUOTED = "playground/optimizers/nesterov.py"
OTHERS = {"pages": "One thin script a page: pick, run, draw, explain", "tests": "The tests"}
"""Folders that are no packages and have no docstring."""


def equality() -> str:
    text = (
        f"- **It is right.** {promise()} That is checked over the whole product of optimizers, "
        f"settings, surfaces and schedules. {release_line()} Nothing is clipped, rescaled or tuned "
        "in secret; a run that diverges is shown diverging."
    )
    return wrapped(text, 100)


def wrapped(text: str, width: int) -> str:
    """A list item over several lines."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip() if len(lines) == 1 else f"{lines[-1]} {word}"
        if len(longer) > width:
            lines.append(f"  {word}")
        else:
            lines[-1] = longer
    return "\n".join(lines)


def quoted() -> str:
    return f"```python\n{(house.ROOT / QUOTED).read_text('utf-8')}```"


def rows() -> Iterator[tuple[str, str, int]]:
    """Every room from the ground up, the topics one by one: path, what it is, lines."""
    for storey in house.storeys():
        for name in storey:
            path = house.rooms()[name]
            yield from _topics(path) if name == "topics" else [_row(path)]
    yield _row(house.ROOT / "tests")


def _topics(path: Path) -> Iterator[tuple[str, str, int]]:
    for topic in sorted(path.glob("*/__init__.py")):
        yield _row(topic.parent)


def _row(path: Path) -> tuple[str, str, int]:
    name = str(path.relative_to(house.ROOT))
    return name, OTHERS.get(name) or house.summary(path), house.lines(path)


def table() -> str:
    """Lines in hundreds, so that not every change changes them."""
    head = "| where | what | lines |\n|---|---|---|"
    cells = (f"| `{name}` | {what} | {max(100, round(n, -2))} |" for name, what, n in rows())
    return "\n".join([head, *cells])


def storeys() -> str:
    """A picture in Mermaid, which the web page of the repository draws."""
    lines = ["```mermaid", "flowchart BT"]
    for level, names in enumerate(house.storeys()):
        lines.append(f'  subgraph s{level}[" "]')
        lines += [f"    {name}" for name in names]
        lines.append("  end")
    arrows = [(other, name) for name, under in house.next_below().items() for other in under]
    lines += [f"  {under} --> {above}" for under, above in sorted(arrows)]
    return "\n".join([*lines, "```"])


PARTS: dict[str, Callable[[], str]] = {
    "equality": equality,
    "quoted": quoted,
    "table": table,
    "storeys": storeys,
}
MARKED = re.compile(r"(<!-- (\w+) -->\n).*?(\n<!-- end -->)", re.S)


def made(text: str) -> str:
    """A document with its generated parts made anew."""
    return MARKED.sub(lambda m: m[1] + PARTS[m[2]]() + m[3], text)


if __name__ == "__main__":
    for name in ("README.md", "CONTRIBUTING.md"):
        path = house.ROOT / name
        path.write_text(made(path.read_text("utf-8")), "utf-8")
