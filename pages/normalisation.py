"""Input normalisation: what subtracting the mean and dividing by σ does to the bowl."""

from functools import partial

import streamlit as st

from playground.language import tr
from playground.topics.normalisation import figures, settings, words
from playground.ui import current, draw, in_sidebar, opened, page, put
from playground.ui.chapters import chart, table, take_away
from playground.ui.chips import chips
from playground.ui.say import say

PAGE = "normalisation"
page(
    tr("Input normalisation"),
    tr("Two inputs of very different size make a valley in which gradient descent crawls."),
)
s = opened(PAGE, settings.Scales())


def go(way: str) -> None:
    """A named way was picked: the sliders go there."""
    centred, power = settings.PLACES[way]
    put(PAGE, current(PAGE).replace(centred=centred, power=power))


s = in_sidebar(PAGE, s, "centred", "power", "step", "steps", "examples", "seed")
chips("way", tr("Ways"), {way: tr(way) for way in settings.PLACES}, s.way, go)
runs = settings.descents(s)
mine = runs[0]
say(words.verdict(s, mine))

left, right = st.columns(2, gap="large")
with left:
    inputs, targets = s.data()
    chart(partial(figures.data_space, mine.problem.transform(inputs), targets), "data")
with right:
    chart(partial(figures.weight_space, mine.problem, mine.run), "weights")
st.caption(
    tr(
        "Both pictures have equal units on both axes, so long is long. The right one is the slice "
        "at the best bias; the descent, which also learns the bias, is seen from above."
    )
)

left, right = st.columns([3, 2], gap="large")
with left:
    st.header(tr("Each with its own best step"))
    chart(partial(figures.descents, runs, settings.SHARE), "descents")
with right:
    st.header(tr("How long is the bowl?"))
    here = (s.centred, s.power, mine.problem.kappa)
    chart(partial(figures.kappas, settings.POWERS, settings.kappas(s), here), "kappas")
    st.caption(
        tr(
            r"$\kappa = \lambda_{\mathrm{max}}/\lambda_{\mathrm{min}}$ of the Hessian. Dividing "
            r"by σ² instead of σ only turns the valley the other way."
        )
    )
table(*words.ways_table(s, runs))

st.header(tr("The test set is transformed by the training's statistics"))
st.markdown(
    tr(
        "The transform is part of the model. Now the first feature is larger in the test set than "
        "it was in the training."
    )
)
s = draw(PAGE, s, "shift")
say(words.test_words(s))
left, right = st.columns(2, gap="large")
with left:
    drifts = settings.drifts(s.examples, s.seed)
    chart(partial(figures.drifts, settings.SHIFTS, drifts, s.shift), "drifts")
with right:
    chart(partial(figures.answers, settings.answers(s)), "answers")
take_away(PAGE, s.code, lambda: words.columns(runs))
