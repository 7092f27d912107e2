"""From sigmoid to tanh: one move at a time, a part of the page that runs alone when another one is chosen."""

import streamlit as st

from core.lessons.function_range import range_of
from core.lessons.reshaping import TANH_MOVES
from ui.jobs import results
from ui.lessons.activations.reshaping_chart import FORMULAS, moves_chart, moves_text
from ui.lessons.activations.words import bounds
from ui.lessons.lesson import formula
from ui.shell.address import Address
from ui.shell.fixed import control
from ui.shell.language import N_, _
from ui.shell.numbers import rounded, written

INTRODUCTION = N_("The arrows show where points of the curve move in this step. The dashed curve is the goal, tanh.")
_FORMULA = r"\tanh z = 2\,\sigma(2 z) - 1"
_MOVES = (N_("Sigmoid"), N_("1. Half as wide"), N_("2. Twice as high"), N_("3. Down by 1"))
_MOVED = N_(
    "**{formula}** has values in {range}. Its slope at z = 0 is {slope}. It differs from tanh by up to {difference}."
)
_ARRIVED = N_(
    "**{formula}** has values in {range}. Its slope at z = 0 is {slope}. This **is** tanh: they differ by at most "
    "{difference}, which is rounding error."
)


@st.fragment
def show_move(address: Address) -> None:
    """The choice of a move, its chart, and what the sigmoid has become by then."""
    move = control(
        st.segmented_control, _("Move"), range(len(_MOVES)), key="move", format_func=lambda move: _(_MOVES[move]),
        required=True,
    )  # fmt: skip
    address.follow()
    st.vega_lite_chart(results.drawn(moves_chart, move), alt=moves_text(move))
    formula(_FORMULA, moved(move))


def moved(move: int) -> str:
    """What the sigmoid has become by then."""
    now = TANH_MOVES[move]
    sentence = _ARRIVED if now is TANH_MOVES[-1] else _MOVED
    return _(
        sentence, formula=FORMULAS[move], range=bounds(range_of(now.value)), slope=rounded(now.slope(0.0)),
        difference=written(now.distance_from_tanh(), 1),
    )  # fmt: skip
