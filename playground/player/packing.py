"""The form of a message to the browser: a header in JSON followed by raw little-endian arrays.

Layout: 4 bytes length of the header, the header (padded with spaces so that what follows is aligned
to 4 bytes), then the arrays in the order in which the header names them.  A component's data
that is plain `bytes` reaches JavaScript as one `Uint8Array`, without base64 and without Arrow.
`js/payload.js` reads what `ground` and `scene` write in this form, the latter squeezed.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

LARGEST = float(np.finfo(np.float32).max)
LARGEST_EXPONENT = float(np.nextafter(np.float32(np.log10(np.finfo(float).max)), np.float32(0)))
"""Of ten: the next float32 may be rounded up already, to a power that is infinite."""


def join(header: dict[str, Any], arrays: Sequence[bytes]) -> bytes:
    """The message made of a header and the arrays it describes."""
    text = json.dumps(header, separators=(",", ":"), allow_nan=False).encode()
    text += b" " * (-len(text) % 4)
    return b"".join((len(text).to_bytes(4, "little"), text, *arrays))


def squeezed(header: dict[str, Any], arrays: Sequence[bytes]) -> bytes:
    """The message as one zlib stream; the arrays are of numbers of 4 or 8 bytes.

    As words of 4 bytes they are differences to the word before the last, for points are pairs, and
    of those all first bytes come first: what changes little is then the same again and again.
    """
    words = np.frombuffer(b"".join(arrays), "<u4")
    changes = words.copy()
    changes[2:] -= words[:-2]
    planes = changes.view(np.uint8).reshape(-1, 4).T.tobytes()
    return zlib.compress(join(header, [planes]), 1)


def parcels(messages: Iterable[bytes]) -> bytes:
    """Messages one after the other, each behind 4 bytes with its length."""
    return b"".join(len(m).to_bytes(4, "little") + m for m in messages)


def fits_float32(values: ArrayLike) -> bool:
    """Whether every finite value is one as a float32 too."""
    values = np.asarray(values, dtype=float)
    return not np.any(np.isfinite(values) & (np.abs(values) > LARGEST))


def doubles(values: ArrayLike) -> bytes:
    """`values` as they are, for numbers that are told and not only drawn."""
    return np.asarray(values, dtype="<f8").tobytes()


def floats(values: ArrayLike) -> bytes:
    """`values` as float32; finite numbers beyond its range stay finite (at its largest value)."""
    values = np.asarray(values, dtype=float)
    bounded = np.where(np.isfinite(values), np.clip(values, -LARGEST, LARGEST), values)
    return bounded.astype("<f4").tobytes()


def logarithms(values: ArrayLike) -> bytes:
    """log10 of `values` as float32, so that 1e300 survives; that of 0 is −inf, of less NaN."""
    values = np.asarray(values, dtype=float)
    with np.errstate(divide="ignore"):
        exponents = np.log10(np.where(values >= 0, values, np.nan))
    finite = np.isfinite(exponents)
    return floats(np.where(finite, np.minimum(exponents, LARGEST_EXPONENT), exponents))


def digest(*parts: bytes) -> str:
    """A short name of some bytes: equal names mean equal bytes."""
    hashed = hashlib.blake2b(digest_size=9)
    for part in parts:
        hashed.update(part)
    return hashed.hexdigest()
