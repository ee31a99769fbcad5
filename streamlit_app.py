"""Downhill's one entry: `streamlit run streamlit_app.py`, `uvicorn streamlit_app:app`, or a plain script."""

import os
import runpy
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime import exists as server_runs

from pages.shared.head import Head
from pages.shared.startup import allow_open_files, lifespan

ROOT = Path(__file__).resolve().parent
# Streamlit reads .streamlit/config.toml, and finds the frame, below the folder that it is started in.
os.chdir(ROOT)

# The frame lies inside `pages`: beside the main script that folder would put Streamlit into its old multipage
# mode, in which the first visitor of a deep link meets a dialog, "Page not found".
if server_runs():
    # Some host runs this file as it would any script of Streamlit, or a test does.
    allow_open_files()
    runpy.run_path(str(ROOT / "pages" / "frame.py"))
else:
    app = st.App("pages/frame.py", lifespan=lifespan, middleware=[Middleware(Head)])
