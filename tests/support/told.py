"""What is seen of a single run, and all that is told of it."""

import playground as pg
from playground.diagnosis import diagnose, rules
from playground.diagnosis.events import Way


def seen(run: pg.Run) -> Way:
    """The evidence of a run in the window of its surface."""
    return rules.of_one(Way, run, run.surface.span)


def told(run: pg.Run) -> str:
    """Every sentence."""
    return " ".join(finding.sentence for finding in diagnose(run).findings)
