"""The gallery: every scene by name and picture, with what to watch in it."""

from playground.language import tr
from playground.topics.race.panel import gallery
from playground.ui import page

page(
    tr("Gallery"),
    tr("Races worth watching, each with the numbers of the theory; one click opens it."),
    controls=False,
)
gallery.gallery()
