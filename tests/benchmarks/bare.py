"""Streamlit's bare page: what a rerun costs before a page of ours does anything."""

import streamlit as st

st.title("A bare page")
st.write(st.slider("A number", 0.0, 100.0, 50.0, key="number"))
