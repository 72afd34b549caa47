"""What is seen of a single run, and all that is told of it."""

import playground as pg
from playground.diagnosis import diagnose, rules
from playground.diagnosis.events import Way

SMALL = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")


def seen(run: pg.Run) -> Way:
    """The evidence of a run in the window of its surface."""
    return rules.of_one(Way, run, run.surface.span)


def told(run: pg.Run) -> str:
    """Every sentence."""
    return " ".join(finding.sentence for finding in diagnose(run).findings)


def value(text: str) -> float:
    """A number as it is shown."""
    text = text.replace("\N{NARROW NO-BREAK SPACE}", "").replace(" ", "")
    mantissa, _, power = text.replace("−", "-").partition("·10")
    return float(mantissa) * 10.0 ** int(power.translate(SMALL) or 0)
