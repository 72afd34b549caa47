"""What is read where a pointer rests: numbers in the notation of `playground.words`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from playground.words import DIGITS, number, percent

TOKEN = re.compile(r"(?<!%)\{(\w+)(:%)?\}")
PLAIN = 1e-4, 9_999
"""Between these Plotly, told the digits, writes positive numbers as we do: they need no texts."""


def read_out(template: str, name: str = "", **values: Any) -> dict[str, Any]:
    """The hover of a Plotly trace: `name` above, then the template.

    In the template ``{y}`` stands for each of the values given as `y`, in words, and ``{y:%}`` for
    a share in per cent.  x, y and z are those of the trace; other names are of its points too.
    """
    columns: list[Any] = []

    def put(match: re.Match[str]) -> str:
        of, share = match[1], match[2]
        v = np.asarray(values[of])
        whole = v.dtype.kind in "iu" and abs(v).max(initial=0) < PLAIN[1]
        if of in "xyz" and (whole or v.dtype.kind in "USO"):
            return f"%{{{of}}}"
        rounded = "" if whole else f":.{DIGITS}~r"
        if not share and (whole or _plain(v)):
            if of in "xyz":
                return f"%{{{of}{rounded}}}"
            columns.append(v)
        else:
            say: Callable[[float], str] = percent if share else number
            texts = [say(one) for one in v.astype(float).ravel().tolist()]
            columns.append(np.array(texts, dtype=object).reshape(v.shape))
            rounded = ""
        return f"%{{customdata[{len(columns) - 1}]{rounded}}}"

    text = TOKEN.sub(put, template)
    if len(columns) == 1:
        text = text.replace("customdata[0]", "customdata")
    head = f"{name}<br>" if name else ""
    shown: dict[str, Any] = {"hovertemplate": f"{head}{text}<extra></extra>"}
    if columns:
        shown["customdata"] = columns[0] if len(columns) == 1 else np.stack(columns, axis=-1)
    return shown


def _plain(v: np.ndarray) -> bool:
    some = v[np.isfinite(v) & (v != 0)]
    return bool(np.all((some >= PLAIN[0]) & (some < PLAIN[1])))
