"""Bring the README up to date: the quoted file and the table of sizes."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PARTS = {
    "playground/declare.py": "parameters, and registering by being written",
    "playground/surfaces": "error surfaces with exact derivatives, and the formula a visitor types",
    "playground/optimizers": "one optimizer a file",
    "playground/schedules": "learning-rate schedules",
    "playground/simulation.py": "`simulate(...) -> Run`",
    "playground/theory": "stability limits, modes, rates",
    "playground/diagnosis": "what happened, and why",
    "playground/networks": "networks as surfaces one cannot see",
    "playground/experiments": "sweeps, gradient check, batches, regularisation",
    "playground/figures": "Plotly figures and small pictures",
    "playground/player": "the browser player, Python and JavaScript",
    "playground/ui": "from declarations to controls",
    "pages": "the pages",
    "tests": "the tests",
}


def lines(part: str) -> int:
    """Lines of Python and JavaScript of a file or folder."""
    path = ROOT / part
    files = [path] if path.is_file() else [*path.rglob("*.py"), *path.rglob("*.js")]
    return sum(len(file.read_text("utf-8").splitlines()) for file in files)


def sizes() -> str:
    """The table of the README, in hundreds of lines so that it does not change every day."""
    return "\n".join(
        f"| `{part}` | {what} | {max(100, round(lines(part), -2))} |"
        for part, what in PARTS.items()
    )


def readme(text: str) -> str:
    """The README with its two generated parts made anew."""
    source = (ROOT / "playground/optimizers/nesterov.py").read_text("utf-8")
    text = re.sub(
        r"(in full:\n\n```python\n).*?(```)", lambda m: m[1] + source + m[2], text, flags=re.S
    )
    return re.sub(
        r"(\|---\|---\|---\|\n).*?(\n\n)", lambda m: m[1] + sizes() + m[2], text, flags=re.S
    )


if __name__ == "__main__":
    path = ROOT / "README.md"
    path.write_text(readme(path.read_text("utf-8")), "utf-8")
