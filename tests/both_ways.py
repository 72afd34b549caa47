"""The engine's tests as on processors with fewer vector units than this one.

    python -m tests.both_ways [arguments of pytest]

NumPy carries several versions of its loops and takes the newest the processor has.  What they are
called on this machine is asked of NumPy itself; they are switched off from the newest down, until
only the oldest loops are left.  OpenBLAS chooses its kernels in the same manner and is given its
plainest ones in the last round.  Exits with 1 if any round fails.
"""

import os
import platform
import subprocess
import sys

import numpy as np

ENGINE = ("tests/engine", "tests/theory", "tests/diagnosis")
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
    tests = arguments or list(ENGINE)
    failed = []
    for setting in rounds(vector_units()):
        print("#", *(f"{name}={value!r}" for name, value in setting.items()), flush=True)
        command = [sys.executable, "-m", "pytest", "-q", *tests]
        failed.append(subprocess.run(command, env=os.environ | setting).returncode != 0)
    return int(any(failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
