"""The lesson on the first weights against networks drawn here: plain matrices of NumPy."""

import numpy as np
import pytest

from playground.topics.course import lessons

LESSON = lessons()["initialisation"]
WIDTH, DRAWS = 256, 12


def factor(variance, cut, depth=50):
    """Typical factor a layer of the mean square of z, over networks of our own."""
    found = []
    for seed in range(DRAWS):
        rng = np.random.default_rng(seed)
        a = rng.standard_normal((WIDTH, 64))
        sizes = []
        for _ in range(depth):
            z = rng.standard_normal((WIDTH, WIDTH)) * np.sqrt(variance / WIDTH) @ a
            sizes.append((z * z).mean())
            a = np.maximum(z, 0) if cut else z
        found.append((sizes[-1] / sizes[0]) ** (1 / (depth - 1)))
    return np.exp(np.mean(np.log(found)))


@pytest.mark.parametrize(
    ("link", "variance", "cut", "expected", "key"),
    [
        ({}, 1, True, 0.5, "fades"),
        ({"initialisation": "He"}, 2, True, 1.0, "kept"),
        ({"activation": "Identity", "initialisation": "He"}, 2, False, 2.0, "grows"),
        ({"activation": "Identity"}, 1, False, 1.0, "kept"),
    ],
)
def test_the_factor_a_layer_is_that_of_networks_drawn_here(link, variance, cut, expected, key):
    """The syllabus' table (section 8): ReLU and Xavier 0.50, He 1.00; identity and He 2."""
    state, problems = LESSON.exhibit.read(link)
    assert not problems
    facts = LESSON.facts(state)
    assert factor(variance, cut) == pytest.approx(expected, rel=0.03)
    assert facts["theory"] == pytest.approx(expected, rel=1e-9)
    assert facts["factor"] == pytest.approx(expected, rel=0.05)
    assert facts["signal"] == key


def test_its_preset_fades_as_the_syllabus_says():
    """1.8·10⁻¹⁵ after fifty layers of 256; here of a hundred, so by 2⁻⁴⁹ from the first."""
    facts = LESSON.facts()
    assert LESSON.exhibit.preset.depth == 50
    assert facts["left"] == pytest.approx(2.0**-49, rel=0.95)
    assert facts["gradient_left"] < 1e-12
    assert facts["signal"] == "fades"


def test_the_question_at_the_end_doubles():
    check = LESSON.check
    assert LESSON.facts(check.state)["signal"] == "grows"
    assert factor(2, cut=False) == pytest.approx(2, rel=0.03)


def test_its_variations_are_on_their_sides():
    he, shallow = LESSON.variations
    assert LESSON.facts(he.state)["signal"] == "kept"
    assert LESSON.facts(shallow.state)["left"] == pytest.approx(2.0**-4, rel=0.6)
