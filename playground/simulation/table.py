"""Every inner quantity of one descent as a table, and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

import numpy as np

from playground.types import Array


def path_columns(x: Array, f: Array, lr: Array, pairs: Mapping[str, Array]) -> dict[str, Array]:
    """Columns ``(T+1,)`` of one descent: path ``(T+1, 2)``, loss, rate, and the `pairs` ``(·, 2)``.

    A quantity of the updates stands in the row of the point each update starts from, and the last
    row of its column is NaN.
    """
    step = np.arange(len(x), dtype=float)
    table = {"step": step, "x": x[:, 0], "y": x[:, 1], "loss": f, "lr": lr}
    for name, pair in pairs.items():
        table |= {f"{name}_x": pair[:, 0], f"{name}_y": pair[:, 1]}
    return {
        name: np.concatenate([column, np.full(len(x) - len(column), np.nan)])
        for name, column in table.items()
    }


def csv_of(table: Mapping[str, Array]) -> str:
    """A table as CSV with full precision."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table)
    writer.writerows(zip(*(column.tolist() for column in table.values()), strict=True))
    return text.getvalue()
