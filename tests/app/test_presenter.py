"""A component's value as a run sees it is what Streamlit's own presenter says."""

from itertools import product
from types import SimpleNamespace

import pytest
from streamlit.components.v2.presentation import make_bidi_component_presenter

from playground.ui.presenter import presenter

KEPT = ({}, {"step": 3}, {"step": 3, "turn": "kept"}, None, 7, "text")
SAID = (
    None,
    [],
    [{"event": "turn", "value": [1.0, 2.0]}],
    [{"event": "turn", "value": 1}, {"event": "threshold"}],
    [{"event": "step", "value": "the kept one counts"}],
    {"event": "turn", "value": "alone"},
    ["no event", {}, {"event": None}, {"event": ["turn"], "value": 1}, {"value": 1}],
)


class States(dict):
    """Stands for the values of a session, with what it knows of the component's triggers."""

    widget_metadata = {"triggers": SimpleNamespace(value_type="json_trigger_value")}


@pytest.mark.parametrize(("kept", "said"), list(product(KEPT, SAID)))
def test_it_is_what_streamlit_says(kept, said):
    state = SimpleNamespace(_new_widget_state=States({} if said is None else {"triggers": said}))
    ours = presenter("triggers", "component", {"step"})(kept, state)
    theirs = make_bidi_component_presenter("triggers", "component", {"step"})(kept, state)
    assert ours == theirs
    if isinstance(kept, dict):
        assert type(ours) is dict
        assert type(theirs) is not dict  # else there is no longer any need of ours
