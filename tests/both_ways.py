"""The tests in which many lanes meet one, as on processors with fewer vector units than this one.

    python -m tests.both_ways [arguments of pytest]

NumPy carries several versions of its loops and takes the newest the processor has.  What they are
called on this machine is asked of NumPy itself; they are switched off from the newest down, until
only the oldest loops are left.  OpenBLAS chooses its kernels in the same manner and is given its
plainest ones in the last round.  Only where an array is held against a number computed alone can a
vector unit be seen, so only those files are asked.  Exits with 1 if any round fails.
"""

import os
import platform
import subprocess
import sys

import numpy as np

ROADS = (
    *("tests/engine/test_bits.py", "tests/engine/test_batch_drawn.py"),
    *("tests/engine/test_simulation.py", "tests/engine/test_clipping.py"),
    *("tests/engine/test_optimizers.py", "tests/engine/test_schedules.py"),
    *("tests/engine/test_surfaces.py", "tests/engine/test_networks_propagation.py"),
    *("tests/theory/test_limits.py", "tests/theory/test_theory.py"),
    *("tests/diagnosis/test_one_rule_book.py", "tests/diagnosis/test_diagnosis.py"),
    *("tests/topics/test_sweep.py", "tests/topics/test_landscape.py", "tests/topics/test_maps.py"),
)
"""Where a batch is held against its loop."""
PLAINEST_BLAS = {"x86_64": "Prescott", "AMD64": "Prescott", "aarch64": "ARMV8", "arm64": "ARMV8"}


def vector_units() -> list[str]:
    """What NumPy can switch off on this machine, oldest first."""
    return list(np.show_config(mode="dicts")["SIMD Extensions"].get("found", []))


def rounds(units: list[str]) -> list[dict[str, str]]:
    """The settings of every round: without the newest units, ..., without any."""
    settings = [{"NPY_DISABLE_CPU_FEATURES": " ".join(units[i:])} for i in range(len(units))]
    settings = settings[::-1] or [{}]
    kernels = PLAINEST_BLAS.get(platform.machine())
    settings[-1] |= {"OPENBLAS_CORETYPE": kernels} if kernels else {}
    return settings


def main(arguments: list[str]) -> int:
    tests = arguments or list(ROADS)
    failed = []
    for setting in rounds(vector_units()):
        print("#", *(f"{name}={value!r}" for name, value in setting.items()), flush=True)
        command = [sys.executable, "-m", "pytest", "-q", *tests]
        failed.append(subprocess.run(command, env=os.environ | setting).returncode != 0)
    return int(any(failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
