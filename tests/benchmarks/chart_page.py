"""The floor of an opening: one chart that Streamlit draws with Plotly."""

import plotly.graph_objects as go
import streamlit as st

st.plotly_chart(go.Figure(go.Scatter(x=[0, 1, 2], y=[0, 1, 4])), key="chart")
