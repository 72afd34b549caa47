"""Reference: every declared thing, from its declaration."""

from pathlib import Path

import streamlit as st

from playground.clipping import Clipping
from playground.declare import Declared
from playground.language import tr
from playground.networks.activations import Activation
from playground.networks.initialisations import Initialisation
from playground.optimizers import Optimizer
from playground.schedules import Schedule
from playground.surfaces import Surface
from playground.topics.reference.counterparts import has_counterparts, release_line, torch_line
from playground.topics.reference.made_of import table_of_ingredients
from playground.topics.reference.panel import equation, glossary, parameter_table, portrait
from playground.ui import page, picture

FAMILIES: dict[str, type[Declared]] = {
    tr("Optimizers"): Optimizer,
    tr("Schedules"): Schedule,
    tr("Clipping"): Clipping,
    tr("Surfaces"): Surface,
    tr("Activations"): Activation,
    tr("Initialisations"): Initialisation,
}

page(
    tr("Reference"),
    tr("Made from the declarations the app runs on, so it cannot say anything else."),
    controls=False,
)
titles = [*FAMILIES, tr("Glossary"), tr("Made of")]
tabs = st.tabs(titles, key="reference", on_change="rerun")
for tab, family in zip(tabs, FAMILIES.values(), strict=False):
    if not tab.open:
        continue
    with tab:
        for name, cls in family.all.items():
            with st.container(border=True):
                text, image = st.columns([3, 1])
                with text:
                    st.header(cls.label(), anchor=name)
                    st.markdown(cls.description())
                    st.latex(equation(cls))
                    if table := parameter_table(cls):
                        st.markdown(table)
                    if line := torch_line(cls):
                        st.code(line, "python")
                    elif has_counterparts(family):
                        st.caption(tr("PyTorch has no counterpart."))
                    source = cls.source or tr("folklore")
                    st.caption(f"`{name}` · {source}")
                with image:
                    drawn, caption = portrait(cls)
                    picture(drawn, f"{cls.label()}: {caption}", caption)
*_, terms, made_of = tabs
if terms.open:
    with terms, st.container(key="glossary"):
        st.markdown(
            tr("One noun and one symbol for every thing; what others call it stands beside it.")
        )
        st.markdown(glossary())
if made_of.open:
    with made_of:
        st.markdown(table_of_ingredients(Path(__file__).parents[1] / "requirements.txt"))
st.caption(release_line())
