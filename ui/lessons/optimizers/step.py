"""Optimizers: one step of one of them, taken apart."""

import numpy as np
import streamlit as st

from core import OPTIMIZERS
from core.lessons.optimizer_terms import Term, step_on, take_apart
from ui.lessons.lesson import formula
from ui.lessons.optimizers.controls import Asked
from ui.shell.numbers import exact, in_tex, pair, written
from ui.shell.plain import plain

_CAPTION = (
    "All that an optimizer computes in one step, for both parameters, on its path from the same start. In the formulas "
    "$\\theta$ is $(x, y)$, and the learning rate is $\\eta = {rate}$."
)
_WHO = "**{name}**: {spelled_out} ({source}). {note}"
_PATH_ENDS = "This path has no such step: {problem}."
_NEW_PLACE = "Step {step} of **{name}**: {before} + {change} = {after}."


def one_step(asked: Asked) -> None:
    """The controls for an optimizer and one of its steps, and the terms of that step."""
    with st.container(horizontal=True):
        name = st.selectbox("Optimizer", list(OPTIMIZERS), key="optimizer", width=200)
        number = st.slider("Step", 1, asked.steps, key="step", width=400)
    rate, record = asked.rate_of(name), OPTIMIZERS[name]
    spelled_out = record.full_name or record.label
    st.caption(_WHO.format(name=name, spelled_out=spelled_out, source=record.source, note=record.note))
    st.caption(_CAPTION.format(rate=in_tex(exact(rate))))
    try:
        step = step_on(asked.surface.name, name, rate, asked.start, number)
    except ValueError as error:
        st.warning(_PATH_ENDS.format(problem=plain(error)))
        return
    terms = take_apart(name, step)
    st.markdown(_table(terms))
    before, change, after = (pair(value) for value in (step.p, terms[-1].value, step.p + terms[-1].value))
    formula(
        r"\theta_t = \theta_{t-1} + \Delta_t",
        _NEW_PLACE.format(step=number, name=name, before=before, change=change, after=after),
    )


def _table(terms: tuple[Term, ...]) -> str:
    """Markdown: a row for each term."""
    rows = ["| Term | x | y |", "| :--- | ---: | ---: |"]
    for term in terms:
        is_equal = f" = {term.formula}" if term.formula else ""
        x, y = (written(value) for value in np.broadcast_to(term.value, 2))
        rows.append(f"| **{term.name}** ${term.symbol}{is_equal}$ {term.meaning} | {x} | {y} |")
    return "\n".join(rows)
