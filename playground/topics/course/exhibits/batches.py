"""Descents on random parts of the data, as an exhibit."""

from __future__ import annotations

from playground.topics.batches import figures, words
from playground.topics.batches.settings import Sampling, floor_of
from playground.topics.course.exhibits.exhibit import EXHIBITS, PageExhibit

EXHIBITS["batches"] = PageExhibit(
    page="batches",
    preset=Sampling(),
    known={"floor": lambda s: floor_of(s.data, s.lr, s.size, s.draws)},
    found=lambda s: [words.verdict(s, s.descents())],
    drawn=lambda s: [
        figures.losses(
            s.descents(),
            {run.batch: floor_of(s.data, s.lr, run.batch, s.draws) for run in s.descents()},
            s.size,
            s.axis,
        ),
        figures.paths(s.loss(), s.descents(), s.size),
    ],
)
