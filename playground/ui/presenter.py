"""The value of a component as a run sees it: what is kept, and what its trigger said, in one dict.

Streamlit makes a *class* for every look at such a value, and every number field and every choice of
a page looks at all of them: fifty classes a run of the Trajectories page, 140 KiB that only the
garbage collector can free.  With 300 students it took a tenth of the process for that, and nobody
was served meanwhile; a move took eight times as long at the 95th percentile.

What the class could do beyond a dict, to keep what is written into it, nothing here asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any


def presenter(aggregator_id: str, *_: object, **__: object) -> Callable[[Any, Any], Any]:
    """Instead of `streamlit.components.v2.presentation.make_bidi_component_presenter`.

    aggregator_id: the id under which a session keeps what the triggers of the component said.
    """

    def present(kept: object, state: Any) -> object:
        if not isinstance(kept, Mapping):
            return kept
        try:
            said = state._new_widget_state[aggregator_id] or ()
        except KeyError:  # nothing, in this run
            return dict(kept)
        every = [said] if isinstance(said, Mapping) else said
        events = [one for one in every if isinstance(one, Mapping)]  # a browser may say anything
        named = [one for one in events if isinstance(one.get("event"), str)]
        return {**{one["event"]: one.get("value") for one in named}, **kept}

    return present
