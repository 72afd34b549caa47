"""Reset opens a page as at first, and the QR code of a link is the code of that text."""

import re

import numpy as np
import pytest
import segno

from playground.ui.session import KEY
from playground.ui.tools import qr_code
from tests.app.test_pages import link, opened
from tests.oracles.ends import PAGES
from tests.support.part import some

LINK = "http://localhost:8501/trajectories?Bowl.kappa=30&a=Adam"
ROOM = 2953
"""Bytes of the largest code, by the standard."""


def modules(svg):
    """What is black in a picture: segno draws rows of strokes, from left to right."""
    size = int(re.search(r'viewBox="0 0 (\d+) \1"', svg)[1])
    black = np.zeros((size, size), bool)
    y, x = 0.0, 0
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", svg.split('class="qrline"')[1]):
        values = [float(n) for n in re.findall(r"-?[\d.]+", numbers)]
        if command == "h":
            black[int(y), x : x + int(values[0])] = True
            x += int(values[0])
        else:
            x = int(values[0]) + (x if command == "m" else 0)
            y = values[1] + (y if command == "m" else 0)
    return black


def test_it_is_the_code_of_the_text_with_its_quiet_zone():
    drawn = modules(qr_code(LINK))
    code = segno.make(LINK, error="l", micro=False)
    assert (drawn == np.array([list(row) for row in code.matrix_iter(border=4)], bool)).all()
    assert code.default_border_size == 4


@pytest.mark.parametrize(("length", "fits"), [(ROOM, True), (ROOM + 1, False)])
def test_a_link_that_is_too_long_has_none(length, fits):
    assert (qr_code("x" * length) is not None) == fits


@pytest.mark.parametrize("page", some((p for p, ground in PAGES.items() if ground.small), 4))
def test_a_page_that_forgets_what_is_set_opens_as_at_first(page):
    first = link(opened(page))
    app = opened(page, **PAGES[page].small)
    assert link(app) != first
    app.session_state[KEY].forget()
    app.run()
    assert not app.exception
    assert link(app) == first
