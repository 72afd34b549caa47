"""The floor of every measurement: one slider and one text."""

import streamlit as st

value = st.slider("value", 0, 1000, 500, key="value")
st.text(f"value {value}")
