"""What holds for every test."""

import functools
import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# One BLAS thread, set before NumPy loads: the workers of pytest-xdist share the cores already.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# The same examples in every run, nothing remembered between runs, and no test is timed.
settings.register_profile("same", deadline=None, derandomize=True, database=None)
settings.load_profile("same")


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Examples are looked for in the package; the helpers beside the tests are not imported."""
    helper = collection_path.suffix == ".py" and not collection_path.name.startswith("test_")
    return True if helper else None


def pytest_collection_finish() -> None:
    """The tests and modules stay to the end: no search for garbage goes through them again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000)


@pytest.fixture(scope="session", autouse=True)
def one_scan_for_components() -> Iterator[None]:
    """AppTest reads the metadata of every installed package anew for each app: once is enough."""
    from streamlit.components.v2 import manifest_scanner as scanner

    with pytest.MonkeyPatch.context() as patch:
        scan = functools.cache(scanner.scan_component_manifests)
        patch.setattr(scanner, "scan_component_manifests", scan)
        yield
