"""Optimizers: one step of one of them, taken apart."""

import numpy as np
import streamlit as st

from core import OPTIMIZERS
from core.lessons.optimizer_terms import Term, step_on, take_apart
from ui.lessons.lesson import formula
from ui.lessons.optimizers.controls import Asked
from ui.shell.address import Address
from ui.shell.fixed import control
from ui.shell.labels import label
from ui.shell.language import N_, _
from ui.shell.numbers import exact, in_tex, pair, written

_TERM = N_("Term")
_CAPTION = N_(
    "These are all terms that the optimizer computes in one step, for both parameters, on its path from the same "
    "start. In the formulas, $\\theta$ is $(x, y)$ and the learning rate is $\\eta = {rate}$."
)
_WHO = N_("**{name}**: {spelled_out} ({source}). {note}")
_WHO_BY_NAME = N_("**{name}** ({source}). {note}")
_TERM = N_("Term")
_PATH_ENDS = N_("The path of {name} has no step {number}: it diverges before (its numbers become infinite).")
_NEW_PLACE = N_("Step {step} of **{name}**: {before} + {change} = {after}.")


@st.fragment
def one_step(address: Address, asked: Asked) -> None:
    """The controls for an optimizer and one of its steps, and the terms of that step."""
    with st.container(horizontal=True):
        chosen = control(st.selectbox, _("Optimizer"), list(OPTIMIZERS), key="optimizer", format_func=_label, width=200)
        number = control(st.slider, _("Step number"), 1, asked.steps, key="step", width=400)
    address.follow()
    name, rate, record = _label(chosen), asked.rate_of(chosen), OPTIMIZERS[chosen]
    who = _WHO if record.full_name else _WHO_BY_NAME
    spelled_out, note = _(record.full_name), _(record.note)
    st.markdown(_(who, name=name, spelled_out=spelled_out, source=record.source, note=note))
    st.markdown(_(_CAPTION, rate=in_tex(exact(rate))))
    try:
        step = step_on(asked.surface.name, chosen, rate, asked.start, number)
    except ValueError:
        st.warning(_(_PATH_ENDS, name=name, number=number))
        return
    terms = take_apart(chosen, step)
    st.markdown(_table(terms))
    before, change, after = (pair(value) for value in (step.p, terms[-1].value, step.p + terms[-1].value))
    formula(
        r"\theta_t = \theta_{t-1} + \Delta_t",
        _(_NEW_PLACE, step=number, name=name, before=before, change=change, after=after),
    )


def _table(terms: tuple[Term, ...]) -> str:
    """Markdown: a row for each term."""
    rows = [f"| {_(_TERM)} | x | y |", "| :--- | ---: | ---: |"]
    for term in terms:
        is_equal = f" = {term.formula}" if term.formula else ""
        x, y = (written(value) for value in np.broadcast_to(term.value, 2))
        rows.append(f"| **{_(term.name)}** ${term.symbol}{is_equal}$ {_(term.meaning)} | {x} | {y} |")
    return "\n".join(rows)


def _label(optimizer: str) -> str:
    return label("optimizer", optimizer)
