"""Write `trajectories.npz` from PyTorch and optax, or compare everything with them.

python -m tests.oracles.golden.make             write the golden file
python -m tests.oracles.golden.make --report    count the live comparisons and print the worst
"""

import argparse
from collections import defaultdict

import numpy as np
import torch

from tests.oracles.golden import cases, reference
from tests.oracles.golden.figure import GOLDEN


def write() -> None:
    if torch.__version__.partition("+")[0] != cases.TORCH:
        raise SystemExit(f"torch {cases.TORCH} writes it, and this is {torch.__version__}.")
    kept: dict[str, list[np.ndarray]] = defaultdict(list)
    product = cases.product(cases.IN_PRODUCT)
    for case, x in zip(product, reference.descend(product), strict=True):
        kept[case.key].append(x[list(cases.KEPT)])
    for case in cases.lions(cases.IN_PRODUCT):
        kept[case.key].append(reference.lion(case)[list(cases.KEPT)])
    far = cases.divergent()
    for case, x in zip(far, reference.descend(far), strict=True):
        kept[case.key].append(x[list(cases.KEPT)])
    arrays = {key: np.array(values) for key, values in kept.items()}
    arrays |= {f"lr-{name}": reference.rates(name, lr=1.0) for name in cases.SCHEDULES}
    np.savez_compressed(GOLDEN, **arrays)
    print(f"{GOLDEN.name}: {GOLDEN.stat().st_size / 1000:.0f} kB")


def report() -> None:
    worst: list[tuple[float, str, str, str]] = []
    product, far = cases.product(cases.SCHEDULES), cases.divergent()
    references = [*reference.descend(product), *reference.descend(far)]
    lions = cases.lions(cases.SCHEDULES)
    references += [reference.lion(case) for case in lions]
    for case, expected in zip([*product, *far, *lions], references, strict=True):
        for i, x in enumerate(case.ours()):
            gap = cases.deviation(x, expected[..., i])
            worst.append((gap, case.key, case.schedule, case.surfaces[i]))
    worst.sort(reverse=True)
    print(f"{len(worst)} trajectories of {cases.STEPS} steps; the worst deviations:")
    for gap, *what in worst[:5]:
        print(f"{gap:.1e}  {', '.join(what)}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--report", action="store_true")
    report() if parser.parse_args().report else write()
