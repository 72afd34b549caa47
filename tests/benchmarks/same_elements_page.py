"""As many of Streamlit's elements as the Trajectories page has, that compute and draw nothing."""

import streamlit as st

st.set_page_config(layout="wide")
SLOTS = "abcd"

with st.sidebar:
    st.toggle("Type numbers")
    st.header("Surface")
    st.selectbox("Surface", ["Bowl"])
    value = st.slider("value", 0, 1000, 500, key="value")
    st.slider("angle", -90, 90, 0)
    for place, axis in zip(st.columns(2), "xy", strict=True):
        place.number_input(axis, value=1.0)
    st.header("Runners")
    for slot in SLOTS:
        with st.container(key=f"runner-{slot}"):
            st.button(f"Runner {slot}")
    st.button("Add a runner")
    st.header("Conditions")
    st.slider("steps", 0, 1000, 150)
    st.slider("noise", 0.0, 1.0, 0.0)
    st.slider("seed", 0, 100, 0)
for part in ("title", "tools", "scenes", "ground"):
    with st.container(key=part):
        st.markdown(part)
st.markdown(f"What is shown, {value}")
views = st.tabs(list("ABCDEF"))


@st.fragment
def live() -> None:
    """What is drawn anew at every move."""
    for part in ("address", "player"):
        with st.container(key=part):
            st.markdown(f"{part} {value}")
    with views[0]:
        for slot in SLOTS:
            with st.container(key=f"verdict-{slot}"):
                st.markdown(f"**Runner {slot}** :red-badge[diverged] A sentence with {value}.")
                if slot in SLOTS[::2]:
                    st.button("What would fix it?", key=f"fix-{slot}")
        rows = "\n".join(f"| {slot} | {value} |" for slot in SLOTS)
        st.markdown(f"| runner | loss |\n|--|--|\n{rows}")
        st.button("Tune each")


@st.fragment
def fans() -> None:
    """The last part, which runs alone."""
    with st.container(key="fans"):
        st.markdown(f"fans {value}")


live()
fans()
