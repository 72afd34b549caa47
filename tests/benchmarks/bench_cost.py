"""What requests take beside what is said of them: holds the constants of the budget to the clock.

    OMP_NUM_THREADS=1 python -m tests.benchmarks.bench_cost [--corners 40] [page …]

For every page its default and the dearest settings that are legal, found among random corners of
its ground: estimated and measured seconds of one core, their ratio, what is left on the shelf, and
the link.  A ratio of more than 1 says that the constants promise too little of this computer.
"""

from __future__ import annotations

import argparse
import contextlib
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

import numpy as np

from playground.cost import Work
from playground.links import write_settings
from playground.optimizers import Optimizer
from playground.shelf import SHELF, size_of
from playground.topics.batches import settings as batches
from playground.topics.batches import wells
from playground.topics.dropout import settings as dropout
from playground.topics.gradient_check import settings as checked
from playground.topics.initialisation import settings as initialisation
from playground.topics.initialisation import verdict as initialised
from playground.topics.initialisation import words as initialisation_words
from playground.topics.losses import settings as losses
from playground.topics.maps import settings as maps
from playground.topics.maps import stage
from playground.topics.network import settings as network
from playground.topics.network.panel.network import Shown
from playground.topics.network.training import trained
from playground.topics.normalisation import settings as normalisation
from playground.topics.race import Race, diagnosis, write
from playground.topics.race.cost import race_work
from playground.topics.race.scenes import OPENING
from playground.topics.regularisation import settings as regularisation
from playground.topics.regularisation.generalisation import Overfitting
from tests.support.corners import corner, race_corner, settled

DEAREST = 3
"""Legal settings of a page that are measured beside its default."""


@contextlib.contextmanager
def unwatched() -> Iterator[Callable[..., None]]:
    """A progress bar that nobody sees."""
    yield lambda *told: None


stage.progress_bar = unwatched


def of_map(s: maps.HyperparameterMap) -> Any:
    measured = stage.measured_sweep(s)
    return measured, stage.layers_of_sweep(s, measured), stage.measured_search(s, measured.target)


def of_basins(s: maps.BasinMap) -> Any:
    found = [stage.measured_basins(s, one) for one in (s.first, s.second)]
    return found, [
        stage.layers_of_basins(s, one, measured)
        for one, measured in zip((s.first, s.second), found, strict=True)
    ]


def of_dropout(s: dropout.DropoutSettings) -> Any:
    found = dropout.runs(s, lambda share, so_far: None)
    return found, dropout.averaged(s, found[1])


def of_training(s: initialisation.FirstBreath) -> Any:
    options = {"steps": s.steps, "samples": s.samples, "seed": s.seed, "rates": initialised.TRIED}
    net = s.depth, s.trained_width, s.activation, s.initialisation
    return initialised.train_check(*net, Optimizer.all["GradientDescent"](), **options)


def of_first_breath(s: initialisation.FirstBreath) -> Any:
    return s.predicted(), s.measured(), initialisation_words.every_initialisation(s)


def of_network(s: network.RealNetwork) -> Any:
    shown = Shown(trained(s))
    return shown, shown.verdict, shown.burst, shown.view, shown.around


def of_check(s: checked.GradientCheck) -> Any:
    found = [s.examined(s.bug), checked.curves(s), checked.swallowed(s), checked.burned()]
    return found, list(checked.kinks_so_far())


def of_scales(s: normalisation.Scales) -> Any:
    found = normalisation.descents(s), normalisation.kappas(s), normalisation.answers(s)
    return found, normalisation.drifts(s.examples, s.seed)


def of_batches(s: batches.Sampling) -> Any:
    ends = [
        wells.escaped(start, size, s.well_lr)
        for start in (wells.SHARP, wells.FLAT)
        for size in wells.ESCAPES
    ]
    return s.descents(), s.clouds(), batches.floors(s.data, s.lr, s.seed), ends


def of_penalties(s: regularisation.Penalties) -> Any:
    fits = regularisation.along_degrees(s), regularisation.better(s, True, True)
    others = [regularisation.augmented(n) for n in regularisation.SAMPLES]
    return fits, others, Overfitting(s.width, s.steps, s.seed).trained()


def of_losses(s: losses.LogitLosses) -> Any:
    paths = [s.path(loss) for loss in losses.L.LOSSES]
    return s.ways(), paths, losses.rescues(s.optimizer, s.steps)


def of_race(race: Race) -> Any:
    """Runs, verdicts and the trials of what may help."""
    found = {slot: diagnosis(run) for slot, run in race.runs().items()}
    return found, [each.findings[0].sentence for each in found.values()]


PAGES: dict[str, tuple[Any, Callable[[Any], Any]]] = {
    "dropout": (dropout.DropoutSettings, of_dropout),
    "initialisation": (initialisation.FirstBreath, of_first_breath),
    "initialisation (training)": (initialisation.FirstBreath, of_training),
    "basins": (maps.BasinMap, of_basins),
    "hyperparameters": (maps.HyperparameterMap, of_map),
    "network": (network.RealNetwork, of_network),
    "gradient_check": (checked.GradientCheck, of_check),
    "normalisation": (normalisation.Scales, of_scales),
    "batches": (batches.Sampling, of_batches),
    "regularisation": (regularisation.Penalties, of_penalties),
    "losses": (losses.LogitLosses, of_losses),
    "trajectories": (Race, of_race),
}
"""By page its settings, and what it makes of them."""


def work_of(page: str, s: Any) -> Work:
    if isinstance(s, Race):
        return race_work(s, s.conditions.steps)
    if page == "initialisation":
        return initialisation.first_breath(s, s.width)
    found: Work = s.work()
    return found


def dearest(page: str, corners: int) -> list[Any]:
    """The legal settings of a page of which most is said, among so many corners."""
    cls, rng = PAGES[page][0], np.random.default_rng(0)
    found = [
        race_corner(rng) if cls is Race else settled(cls, corner(cls, rng))[0]
        for _ in range(corners)
    ]
    legal = [s for s in found if s is not None]
    return sorted(legal, key=lambda s: -work_of(page, s).share)[:DEAREST]


def link(s: Any) -> str:
    return urlencode(write(s, OPENING) if isinstance(s, Race) else write_settings(s))


def measure(page: str, s: Any) -> float:
    """Print a line on these settings; the measured seconds over the estimated."""
    compute = PAGES[page][1]
    shelf, began = SHELF.size, time.process_time()
    made = compute(s)
    seconds, work = time.process_time() - began, work_of(page, s)
    ratio = seconds / work.seconds
    kept = max(0, SHELF.size - shelf) / 2**20
    print(
        f"{page:26s} said {work.seconds:6.2f} s {work.kept / 2**20:5.1f} MiB"
        f"  took {seconds:6.2f} s × {ratio:5.2f}  shelf +{kept:6.1f} MiB, "
        f"result {size_of(made) / 2**20:6.1f} MiB"
        f"  ?{link(s)}",
        flush=True,
    )
    return ratio


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="*", choices=[[], *PAGES])
    parser.add_argument("--corners", type=int, default=60)
    asked = parser.parse_args()
    worst = {}
    for page in asked.pages or PAGES:
        cls = PAGES[page][0]
        default = OPENING if cls is Race else cls()
        some = [default, *dearest(page, asked.corners)]
        worst[page] = max([measure(page, s) for s in some][1:])
    for page, ratio in worst.items():
        print(f"{page:26s} at most {ratio:.2f} of what was said")


if __name__ == "__main__":
    main()
