"""Regularisation: what keeps a model from learning its examples by heart."""

import streamlit as st

from playground.topics.regularisation import figures, words
from playground.topics.regularisation import overfitting_words as overfitting
from playground.topics.regularisation.generalisation import stopping_point
from playground.topics.regularisation.penalties import PENALTIES
from playground.ui import page
from playground.ui.chapters import chart, draw, in_sidebar, opened, table, take_away
from playground.ui.say import say

PAGE = "regularisation"
page("Regularisation", "A model can be right about its examples and wrong about everything else.")
s = opened(PAGE, words.Penalties())
s = in_sidebar(PAGE, s, "degree", "examples", "ridge", "seed")
say(*words.verdict(s))


def pair(left, right):
    """Two charts side by side, each (figure, key)."""
    for column, shown in zip(st.columns(2, gap="large"), (left, right), strict=True):
        with column:
            chart(*shown)


pair(
    (figures.errors(words.along_degrees(s), words.NOISE, s.degree), "errors"),
    (figures.fits(words.fits(s)), "fits"),
)
st.caption(
    f"Polynomials through {s.examples} noisy points of a sine, {words.REPEATS} samples. "
    f"{words.bias_words(s)} Raise λ and watch the fits calm down."
)

st.subheader("L2 is a decay of the weights")
for name, column in zip(("lr", "decay"), st.columns(2), strict=True):
    with column:
        s = draw(PAGE, s, name)
say(*words.decay_words(s))
pair((figures.lengths(words.shrinking(s)), "lengths"), (figures.race(words.decay_race()), "race"))
st.caption(
    "Left: gradient descent. Right: for Adam the two are not the same. Its division by the "
    "gradient's size also divides the penalty's pull, so weights with large gradients "
    "hardly decay; AdamW decays them all alike."
)

st.subheader("L1 makes zeros")
s = draw(PAGE, s, "strength")
say(*words.constrained_words(s))
pair(
    *(
        (
            figures.constrained(
                words.HESSIAN,
                words.OPTIMUM,
                words.path(penalty),
                words.solution(penalty, s.strength),
            ),
            penalty,
        )
        for penalty in PENALTIES
    )
)
left, right = st.columns(2, gap="large")
with left:
    chart(figures.weights(words.penalties(), int((words.sparse()[1] != 0).sum())), "weights")
with right:
    st.markdown(
        "Few of many features matter here. A zero falls off a logarithmic axis, so the "
        "curve of the proximal method ends early. Following the subgradient only jumps "
        "across zero."
    )
    table(*words.penalty_table())

st.subheader("Stop early")
for name, column in zip(("width", "steps"), st.columns(2), strict=True):
    with column:
        s = draw(PAGE, s, name)
told, bar, place = st.empty(), st.empty(), st.empty()
for k, (done, run) in enumerate(overfitting.training(s.width, s.steps, s.seed)):
    if done < 1:
        bar.progress(done, f"Update {run.t[-1]} of {s.steps}")
        with place.container():
            chart(figures.training(run, s.steps, None), f"training-{k}")
bar.empty()
with told.container():
    say(*overfitting.stop_words(run))
with place.container():
    chart(figures.training(run, s.steps, stopping_point(run).t), "training")

st.subheader("More data from the same examples")
found = overfitting.augmentations(st.empty())
chart(figures.augmentation(found), "augmentation")
st.caption(
    "Two arches, told apart by the nearest neighbour. A mirror image keeps its class; "
    "turned upside down it lies where the other class is."
)
take_away(PAGE, s.code, lambda: words.numbers(s, run))
