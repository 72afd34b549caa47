"""Every scene as a card: its picture, its name, what to watch, and the way to it."""

from __future__ import annotations

import streamlit as st

from playground.declare import Declared, param
from playground.figures import vignette
from playground.language import tr
from playground.shelf import remembered
from playground.topics.race.panel.controls import open_race
from playground.topics.race.race import Race
from playground.topics.race.scenes import SCENES, Scene
from playground.ui.say import literal, picture
from playground.ui.state import settings

PAGE = "gallery"
ROW = 3
LONGEST = 60
"""Letters of a search that are looked at."""
WIDTH, HEIGHT = 320, 180


class Gallery(Declared, family=True):
    """What is looked for among the scenes."""

    search: str = param("", help="Words of a scene, or the name of an optimizer in it.")


def gallery() -> None:
    """The cards of all scenes in which every word that is looked for is found."""
    sought = " ".join(settings(PAGE, Gallery()).search.split())[:LONGEST]
    found = {slug: scene for slug, scene in SCENES.items() if _holds(scene, sought)}
    if not found:
        st.info(tr("No scene says “{}”.", literal(sought)))
    cards = list(found.items())
    for i in range(0, len(cards), ROW):
        for column, (slug, scene) in zip(st.columns(ROW), cards[i : i + ROW], strict=False):
            with column:
                _card(slug, scene)


def _holds(scene: Scene, sought: str) -> bool:
    """Whether every word that is sought stands in a scene's words or names one of its runners."""
    names = (runner.name for _, runner in scene.race.entries())
    said = " ".join((scene.title, scene.watch, scene.race.surface.label(), *names)).casefold()
    return all(word in said for word in sought.casefold().split())


def _card(slug: str, scene: Scene) -> None:
    with st.container(key=f"scene-{slug}", border=True, height="stretch"):
        picture(_drawn(scene.race), tr("The paths of “{}”", scene.title))
        st.markdown(f"**{literal(scene.title)}**")
        st.caption(literal(scene.watch))
        if st.button(tr("Watch it"), key=f"watch-{slug}", icon=":material/play_arrow:"):
            open_race(scene.race)


@remembered
def _drawn(race: Race) -> str:
    return vignette(race.surface, race.runs(), WIDTH, HEIGHT)
