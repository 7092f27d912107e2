"""The activation functions that are compared, for who wants to see their formulas."""

from functools import partial

import streamlit as st

from core import Experiment
from ui.compare import words
from ui.shell.folding import folded_part
from ui.shell.language import _
from ui.shell.page import link_to

FUNCTIONS = "functions"  # key of the folded box


def show_functions(experiment: Experiment) -> None:
    """A folded box with what each of them is."""
    folded_part(_("What these functions are"), FUNCTIONS, partial(_draw, experiment))


def _draw(experiment: Experiment) -> None:
    for function in words.functions(experiment):
        st.markdown(function)
    link_to("activations", activations=words.names_of_functions(experiment))
