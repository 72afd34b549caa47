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
    he, shallow, large = (LESSON.facts(variation.state) for variation in LESSON.variations)
    assert he["signal"] == "kept"
    assert shallow["left"] == pytest.approx(2.0**-4, rel=0.6)
    assert large["signal"] == "grows"
    assert factor(3, cut=True) == pytest.approx(1.5, rel=0.03)
    assert large["factor"] == pytest.approx(1.5, rel=0.05)


def known(**link):
    state, problems = LESSON.exhibit.read({name.replace("_", "."): v for name, v in link.items()})
    assert not problems
    return LESSON.facts(state)


def alone(sd, layers, width=100):
    """The largest number of the signal at each layer, of 32 bits and no denormal ones."""
    rng = np.random.default_rng(7)
    a, found = rng.standard_normal((width, 64)).astype("float32"), []
    with np.errstate(all="ignore"):
        for _ in range(layers):
            z = (sd * rng.standard_normal((width, width))).astype("float32") @ a
            z[np.abs(z) < np.finfo("float32").tiny] = 0
            found.append(np.abs(z).max())
            a = np.maximum(z, 0)
    return np.array(found)


def test_it_says_at_which_layer_the_numbers_cannot_follow():
    """About the layer: which draw it is decides the last ones."""
    tiny = known(initialisation="Normal", initialisation_std="0.01")
    assert tiny["lost"] == pytest.approx(np.argmax(alone(0.01, 60) == 0) + 1, abs=2)
    assert tiny["signal"] == "fades"
    huge = known(initialisation="Normal", initialisation_std="1")
    assert huge["burst"] == pytest.approx(np.argmax(~np.isfinite(alone(1, 60))) + 1, abs=2)
    assert huge["signal"] == "grows"
    for facts in (tiny, huge):  # nothing is said in numbers that there are not
        assert facts["left"] is facts["factor"] is None
    assert LESSON.facts()["lost"] is LESSON.facts()["burst"] is None


def test_a_little_a_layer_is_much_in_many():
    """Nineteen twentieths fifty times over are a twelfth, so nothing is kept; in ten they are."""
    almost = {"initialisation": "FreeVariance", "initialisation_c": "1.9"}
    assert 0.95**49 < 0.1
    assert known(**almost)["signal"] == "fades"
    assert 0.95**9 > 0.5
    assert known(**almost, depth="10")["signal"] == "kept"


@pytest.mark.parametrize(
    ("link", "key"),
    [
        ({"initialisation": "Zeros"}, "silent"),
        ({"initialisation": "Zeros", "depth": "1"}, "silent"),
        ({"depth": "1"}, "single"),
    ],
)
def test_where_no_layer_follows_another_it_says_so(link, key):
    facts = known(**link)
    assert facts["signal"] == key
    assert key in LESSON.stories
    assert LESSON.stories[key]
