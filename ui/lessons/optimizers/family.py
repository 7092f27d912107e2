"""Optimizers: the families that they belong to, as the place to choose them."""

import base64

import streamlit as st

from core import OPTIMIZERS
from core.notes import Note
from ui.charts.palette import optimizer_look
from ui.shell.address import Address
from ui.shell.fixed import any_shown, control
from ui.shell.labels import label
from ui.shell.language import N_, _
from ui.shell.readers import one_of, some_of

DEFAULT = ["sgd", "momentum", "rmsprop", "adam"]  # one of each family

# The step of each family: what it changes of plain gradient descent is boxed.
FAMILIES = {
    "plain": r"-\eta\, g",
    "gradient changed": r"-\eta\;\boxed{m}",
    "rate adapted": r"-\boxed{\eta/\sqrt v}\; g",
    "both": r"-\boxed{\eta/\sqrt v}\;\boxed{m}",
    "sign only": r"-\eta\;\boxed{\mathrm{sign}(m)}",
}
_LABELS = {
    "plain": N_("Plain"),
    "gradient changed": N_("Gradient changed"),
    "rate adapted": N_("Rate adapted"),
    "both": N_("Both"),
    "sign only": N_("Sign only"),
}
_CAPTION = N_(
    "**Optimizers: press to add or remove.** The formulas show the step of each family, with learning rate $\\eta$ and "
    "gradient $g$. Boxed: what differs from plain gradient descent. $m$ is made of past gradients, and $\\sqrt v$ is "
    "their size, for each parameter. There are no random samples on these surfaces: **{sgd}** also uses the exact "
    "gradient."
)
_KEY = "optimizers"  # of the setting
_WIDTHS = [118, 184, 184, 284, 184]  # pixels of their boxes


def choose_optimizers(address: Address) -> list[str]:
    """A box for each family that has any, with its optimizers to switch on and off: those that are on, in one list."""
    families = st.container(key="families")  # while the page loads, page.css shows it after the picture above it
    if any_shown([_KEY]):
        families.markdown(_(_CAPTION, sgd=label("optimizer", "sgd")))
    with (
        address.setting(_KEY, DEFAULT, some_of(one_of(Note("optimizer"), OPTIMIZERS))),
        families.container(horizontal=True),
    ):
        chosen = st.session_state[_KEY]
        for (family, step), width in zip(FAMILIES.items() if any_shown([_KEY]) else (), _WIDTHS):
            members = [name for name, record in OPTIMIZERS.items() if record.family == family]
            st.session_state[_key(family)] = [name for name in chosen if name in members]
            if not members:
                continue
            with st.container(border=True, width=width):
                st.markdown(f"**{_(_LABELS[family])}**  \n${step}$")
                control(
                    st.pills, _(_LABELS[family]), members, selection_mode="multi", key=_key(family), of=_KEY,
                    format_func=_with_line, label_visibility="collapsed", on_change=_gather,
                )  # fmt: skip
    return chosen


def first_taken_apart(optimizers: list[str]) -> str:
    """The one of these whose steps are shown, as long as no other is chosen for it."""
    return "adam" if "adam" in optimizers or not optimizers else optimizers[0]


def _key(family: str) -> str:
    """Of the family's own widget; what is chosen is in the address as one list."""
    return f"{_KEY}, {family}"


def _gather() -> None:
    """The choices of all families, in the order of the registry."""
    on = {name for family in FAMILIES for name in st.session_state[_key(family)]}
    if st.session_state["optimizer"] == first_taken_apart(st.session_state[_KEY]):
        st.session_state.pop("optimizer")  # nobody chose it: it follows
    st.session_state[_KEY] = [name for name in OPTIMIZERS if name in on]


def _with_line(name: str) -> str:
    """Its line in the charts, as a picture, and its name."""
    look = optimizer_look(name)
    dash = " ".join(map(str, look.dash)) if look.dash[1] else "none"
    line = f'<path d="M0 6h22" stroke="{look.colour}" stroke-width="3" stroke-dasharray="{dash}"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="22" height="12">{line}</svg>'
    return f"![](data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}) {label('optimizer', name)}"
