"""A box in which somebody writes a formula, and what is wrong in it, beside the box and at its place in the text."""

from collections.abc import Callable

import streamlit as st

from core import activation_of
from core.formula import FormulaError
from core.formula.reading import LENGTH
from core.nn.own_functions import MARK
from ui.shell.address import Address
from ui.shell.fixed import is_fixed
from ui.shell.language import N_, _, said
from ui.shell.plain import plain

_BOX = "own function"  # key of the box
_ABOUT = N_(
    "A formula in x, for instance `x*sigmoid(1.702*x)`, `max(0.1*x, x)` or `where(x > 0, x, sin(x))`. Press Enter to "
    "add the function. Its slope is found by automatic differentiation. Possible: `+ - * / ^`, brackets, `pi`, `e`, "
    "`exp`, `log`, `sqrt`, `abs`, `sign`, `sin`, `cos`, `tan`, `sinh`, `cosh`, `tanh`, `arctan`, `arcsinh`, `sigmoid`, "
    "`softplus`, `erf`, `relu`, `max`, `min` and `where`."
)
_BEFORE, _BEHIND = 14, 12  # characters that are shown around a mistake: so many have room in the sidebar
_WRONG = N_("This formula cannot be read. Character {place}: {problem}")


def own_function(address: Address, add: Callable[[str], None], of: str, **options: object) -> None:
    """A box for a function of x, if the setting `of` can be changed: `add` is called with the name of one that can be
    read, and the box is empty again."""
    if is_fixed(of):
        return
    if address.is_read:
        st.session_state[_BOX] = ""
    st.text_input(
        _("Your own function of x"), key=_BOX, max_chars=LENGTH, placeholder=_("A formula, then Enter"), help=_(_ABOUT),
        on_change=_take, args=[add], **options,
    )  # fmt: skip
    if typed := st.session_state.get(_BOX):
        try:
            activation_of(MARK + _formula(typed))
        except FormulaError as error:
            show_error(error)


def show_error(error: FormulaError) -> None:
    """What is wrong in a formula, with a mark below its place in the text."""
    st.error(_(_WRONG, place=error.at + 1, problem=plain(said(error.args[0]))))
    start = max(error.at - _BEFORE, 0)
    shown = "…" * bool(start) + error.text[start : error.at + _BEHIND]
    st.code(f"{shown}\n{' ' * (error.at - start + bool(start))}^", language=None)


def _take(add: Callable[[str], None]) -> None:
    try:
        name = activation_of(MARK + _formula(st.session_state[_BOX])).name
    except ValueError:  # what was typed stays, and `own_function` says beside it what is wrong
        return
    add(name)
    st.session_state[_BOX] = ""


def _formula(typed: str) -> str:
    """Without the sign that stands in front of it elsewhere."""
    return typed.strip().removeprefix(MARK).strip()
