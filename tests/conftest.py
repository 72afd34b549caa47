"""One BLAS thread, set before NumPy loads: the workers of pytest-xdist share the cores already."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
