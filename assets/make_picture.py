"""Write the animated picture of the README: the opening scene, `python assets/make_picture.py`."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from playground.figures import vignette  # noqa: E402
from playground.topics.race import OPENING  # noqa: E402

if __name__ == "__main__":
    svg = vignette(OPENING.surface, OPENING.runs(), 960, 380, seconds=8)
    (HERE / "opening.svg").write_text(svg, "utf-8")
