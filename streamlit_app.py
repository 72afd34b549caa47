"""Optimizer Playground: the list of pages, nothing else."""

import streamlit as st

st.set_page_config("Optimizer Playground", page_icon=":material/landscape:", layout="wide")
st.navigation(
    {
        "": [st.Page("pages/home.py", title="Home", icon=":material/home:", default=True)],
        "Optimizers": [
            st.Page("pages/trajectories.py", title="Trajectories", icon=":material/landscape:"),
        ],
        "More": [st.Page("pages/reference.py", title="Reference", icon=":material/menu_book:")],
    },
    position="top",
).run()
