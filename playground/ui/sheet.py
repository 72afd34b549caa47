"""What a link or a control has set: of one page, or how every page is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Sheet:
    """One value that is set, and how it came."""

    value: Any
    problems: tuple[str, ...] = ()
    """What could not be understood in the link it was opened by."""
    linked: bool = False
    """Whether nothing was set since a link said it."""
