"""Activation functions: the controls and sentences of the lesson."""

from collections.abc import Sequence
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass

import streamlit as st

from core import ACTIVATIONS
from core.lessons.function_code import numpy_code, torch_code
from core.lessons.function_facts import range_of
from core.lessons.reshaping import TANH_MOVES
from core.lessons.stopwatch import TURNS, Measurement, time_activations
from ui.charts.functions import SMALL, out_of_sight, small_picture
from ui.jobs.workers import call
from ui.lessons.activations.reshaping_chart import FORMULAS
from ui.lessons.activations.timings_chart import NO_KERNEL
from ui.lessons.activations.words import bounds
from ui.lessons.lesson import Try
from ui.shell import controls
from ui.shell.address import Address, one_of, some_of
from ui.shell.numbers import rounded, written

INTRODUCTION = (
    "A unit of a network adds up its weighted inputs to z, and its activation function makes f(z) of it. The name is "
    "that of a nerve cell which is *activated*: it fires when its inputs are strong enough. Some books say *transfer "
    "function*; others mean the weighted sum by that. The **slope** of f counts as much as its value: all learning "
    "comes back through it, because the **chain rule** multiplies a gradient by the slope of each unit on its way."
)
START = ["sigmoid", "tanh", "relu", "leaky_relu", "gelu"]
REACHES = [2, 5, 10, 20]
REACH_HELP = "The picture goes from minus this to this."

TRIES = (
    Try(
        "ReLU, made smooth",
        {"activations": ["relu", "gelu", "silu", "mish"]},
        "From afar all four are **relu**. Close by, the smooth ones go down before they go up: their slope is below 0 "
        "there, and further up it is above 1. To the left, relu is exactly flat, and they only nearly.",
    ),
    Try(
        "S-shapes, far out",
        {"activations": ["sigmoid", "tanh", "softsign", "arctan"], "reach": 20},
        "All are flat out there, but not alike: point at z = 15. The slopes of **sigmoid** and **tanh** fall like an "
        "exponential, those of **softsign** and **arctan** like 1/z²: they have over ten thousand times as much left "
        "as **sigmoid**, and over ten billion times as much as **tanh**.",
    ),
    Try(
        "The odd ones",
        {"activations": ["step", "tanhshrink", "sin", "gaussian", "relu_squared"]},
        "**step** has slope 0 everywhere, so no layer before it can learn. **tanhshrink** is flat in the middle, where "
        "most z are; **sin** and **gaussian** go up and down; the slope of **relu_squared** grows without end.",
    ),
)  # fmt: skip

NOTHING = "Choose at least one function to see it."
_READING = "Point anywhere to read every value and slope there; click a name in the legend to bring its curve out."
_OUT_OF_SIGHT = "**Grows out of the picture: {names}.**"

FORMULAS_CAPTION = (
    "f′ is the slope, the derivative of f. σ is the sigmoid, also called the *logistic function*; Φ(z) is the share of "
    "standard-normal numbers below z."
)
CODE_INTRODUCTION = (
    "To copy, and to run as it is. In numpy the slope is written out; PyTorch finds it by itself, with the chain rule."
)
CODE_START = "sigmoid"
NO_TORCH = "PyTorch has no {name}."

MOVES_INTRODUCTION = "One step at a time. Arrows show where points of the curve go; tanh is waiting for it, dashed."
FORMULA = r"\tanh z = 2\,\sigma(2 z) - 1"
_MOVES = ("sigmoid", "1. squeeze by ½", "2. stretch by 2", "3. shift by −1")
_MOVED = "**{formula}** has values in {range} and slope {slope} at z = 0. From tanh it is up to {difference} away."
_ARRIVED = (
    "**{formula}** has values in {range} and slope {slope} at z = 0. It **is** tanh: the two differ by at most "
    "{difference}, which is rounding."
)

TIMING_INTRODUCTION = (
    "Measured when you ask for it, on the machine that this page comes from: value and slope of a million "
    "standard-normal numbers in float32, as a training computes them."
)
_MEASURED = "Medians of {turns} turns on {machine}, {when:%Y-%m-%d %H:%M} UTC. Other work on it makes them longer."
_NO_KERNEL = (
    f"{NO_KERNEL} in plain numpy, as nobody has written it a fast kernel here: its bar says little about the function."
)
_OTHERS = "**Of the functions chosen then.** Measure again for those chosen now."
_LOST = "The process that measured was stopped from outside, again and again. Press the button to try once more."
_MEASUREMENT = "measured activations"  # key of the session's state

# Pills with a small picture above the name; in a narrow window in two rows, which scroll.
_STYLE = f"""<style>
.st-key-activations button {{ width: 6rem; height: auto; padding: 0.4rem 0; border-radius: 0.5rem; }}
.st-key-activations button p {{ font-size: 0.76rem; line-height: 1.3; text-align: center; }}
.st-key-activations button img {{
    display: block; margin: 0 auto 0.2rem; width: {SMALL[0]}px; height: {SMALL[1]}px; max-height: none;
}}
@media (max-width: 1100px) {{
    .st-key-activations [role="toolbar"] {{
        display: grid; grid: auto auto / auto-flow max-content; overflow-x: auto; padding-bottom: 0.5rem;
    }}
    .st-key-activations button p {{ white-space: normal; overflow-wrap: anywhere; }}
    .st-key-activations button {{ width: 4.9rem; }}  /* so that one is cut, and shows that there are more */
}}
</style>"""


@dataclass(frozen=True)
class Asked:
    """`names` are the functions, in the registry's order, for z from -`reach` to `reach`; `code` is the one whose code
    is shown; `move` is a place in `TANH_MOVES`."""

    names: tuple[str, ...]
    reach: int
    code: str
    move: int


def choose(address: Address) -> Asked:
    """The lesson's controls."""
    st.html(_STYLE)
    with address.setting("activations", START, some_of(one_of("activation function", ACTIVATIONS))):
        chosen = st.pills(
            "Activation functions", list(ACTIVATIONS), selection_mode="multi", key="activations", format_func=_pill,
            on_change=_put_in_order,
        )  # fmt: skip
    reach = controls.slide(address, "How far out", "reach", REACHES, 5, help=REACH_HELP, width=240)
    address.later("code", CODE_START, one_of("activation function", ACTIVATIONS))
    address.later("move", 1, one_of("move", range(len(TANH_MOVES))))
    return Asked(_in_order(chosen), reach, st.session_state["code"], st.session_state["move"])


def reading(asked: Asked) -> str:
    """How to read the picture, and what is not all in it."""
    beyond = ", ".join(out_of_sight(asked.names, asked.reach))
    return " ".join([_READING, *([_OUT_OF_SIGHT.format(names=beyond)] if beyond else [])])


def choose_code() -> None:
    """A control for the function whose code is shown, which `choose` has read."""
    st.selectbox("Function", list(ACTIVATIONS), key="code", width=240)


def show_code(name: str) -> None:
    """Value and slope of a function, in numpy and in PyTorch."""
    for column, library, code in zip(st.columns(2), ("numpy", "PyTorch"), (numpy_code(name), torch_code(name))):
        with column:
            st.markdown(f"**{library}**")
            if code:
                st.code(code, language="python")
            else:
                st.caption(NO_TORCH.format(name=name))


def choose_move() -> None:
    """A control for the move, which `choose` has read."""
    st.segmented_control("Move", range(len(_MOVES)), key="move", format_func=_MOVES.__getitem__, required=True)


def moved(move: int) -> str:
    """What the sigmoid has become by then."""
    now = TANH_MOVES[move]
    sentence = _ARRIVED if now is TANH_MOVES[-1] else _MOVED
    return sentence.format(
        formula=FORMULAS[move], range=bounds(range_of(now.value)), slope=rounded(now.slope(0.0)),
        difference=written(now.distance_from_tanh(), 1),
    )  # fmt: skip


def measure(names: Sequence[str]) -> Measurement | None:
    """A button to measure these functions; what was measured last, if anything, stays."""
    if st.button("Measure the chosen functions", key="measure", icon=":material/timer:", disabled=not names):
        with st.spinner("Measuring …"):
            try:
                st.session_state[_MEASUREMENT] = call(time_activations, names)
            except BrokenExecutor:
                st.error(_LOST)
    return st.session_state.get(_MEASUREMENT)


def measured(measurement: Measurement, names: Sequence[str]) -> str:
    """Where and when it was measured, and of what, if not of the functions that are chosen now."""
    plain = any(not timing.has_kernel for timing in measurement.timings)
    parts = [
        _MEASURED.format(turns=TURNS, machine=measurement.machine, when=measurement.when),
        *([_NO_KERNEL] if plain else []),
        *([_OTHERS] if measurement.names != names else []),
    ]
    return " ".join(parts)


def compared(asked: Asked) -> dict[str, object] | None:
    """The settings of Compare for networks with these functions."""
    return {"activations": list(asked.names)} if asked.names else None


def _in_order(names: Sequence[str]) -> tuple[str, ...]:
    """As in the registry, whichever was chosen first."""
    return tuple(name for name in ACTIVATIONS if name in names)


def _put_in_order() -> None:
    st.session_state["activations"] = list(_in_order(st.session_state["activations"]))


def _pill(name: str) -> str:
    return f"![]({small_picture(name)}) {name}"
