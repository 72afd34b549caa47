"""Optimizer Playground: the list of pages, nothing else."""

import streamlit as st

st.set_page_config("Optimizer Playground", page_icon=":material/landscape:", layout="wide")
pages = {
    "Play": [st.Page("pages/trajectories.py", title="Trajectories", default=True)],
}
st.navigation(pages, position="top").run()
