"""Exhibits by name: what a lesson can show, and what can be known of it."""

from playground.topics.course.exhibits import batches, races
from playground.topics.course.exhibits.exhibit import Exhibit

EXHIBITS: dict[str, Exhibit] = {**races.EXHIBITS, **batches.EXHIBITS}

__all__ = ["EXHIBITS"]
