"""Activation functions: the controls and sentences of the lesson."""

from collections.abc import Sequence
from concurrent.futures import BrokenExecutor, CancelledError
from dataclasses import dataclass
from functools import partial

import streamlit as st

from core import ACTIVATIONS, activation_of
from core.lessons.function_code import numpy_code, torch_code
from core.lessons.reshaping import TANH_MOVES
from core.lessons.stopwatch import TURNS, Measurement, StopwatchInParts
from core.nn.own_functions import is_own
from core.notes import Note
from ui.charts.functions import SMALL, small_picture
from ui.jobs.workers import call_in_parts
from ui.lessons.lesson import Try
from ui.shell import controls
from ui.shell.address import Address
from ui.shell.fixed import control, is_fixed
from ui.shell.formulas import own_function
from ui.shell.labels import label
from ui.shell.language import N_, _
from ui.shell.readers import one_of, some_of

INTRODUCTION = N_(
    "A unit multiplies its inputs by weights and adds them, together with a bias, to the **weighted sum** z. Its "
    "**activation function** f turns z into the output f(z)."
)
NAME_AND_SLOPE = N_(
    "The name comes from nerve cells: a cell *fires* when its inputs are strong enough. Some books call f a *transfer "
    "function*; others use that name for the weighted sum. The **slope** of f is as important as its value. During "
    "learning, the gradient is multiplied by the slope of each unit that it passes: this is the **chain rule**."
)
START = ["sigmoid", "tanh", "relu", "leaky_relu", "gelu"]
REACHES = [2, 5, 10, 20]
REACH_HELP = N_("The charts show z from minus this number to this number.")

TRIES = (
    Try(
        N_("ReLU, made smooth"),
        {"activations": ["relu", "gelu", "silu", "mish"]},
        N_(
            "Far from z = 0, all four are close to **ReLU**. Near z = 0, the three smooth functions first go down and "
            "then up. Their slope is below 0 there, and above 1 further right. On the left, the slope of ReLU is "
            "exactly 0; the slopes of the others are only close to 0."
        ),
    ),
    Try(
        N_("S-shapes, far from 0"),
        {"activations": ["sigmoid", "tanh", "softsign", "arctan"], "reach": 20},
        N_(
            "Far from 0, all slopes are small, but not equally small: point at z = 15. The slopes of **Sigmoid** and "
            "**Tanh** fall exponentially, those of **Softsign** and **Arctan** like 1/z². At z = 15, these two slopes "
            "are over ten thousand times that of **Sigmoid** and over ten billion times that of **Tanh**."
        ),
    ),
    Try(
        N_("Unusual functions"),
        {"activations": ["step", "tanhshrink", "sin", "gaussian", "relu_squared"]},
        N_(
            "**Step** has slope 0 everywhere, so the layers before it cannot learn. **Tanhshrink** has a small slope "
            "in the middle, where most z are. **Sine** and **Gaussian** go up and down. The slope of **ReLU squared** "
            "grows without limit."
        ),
    ),
)  # fmt: skip

NOTHING = N_("Choose at least one function.")
FORMULAS_CAPTION = N_(
    "f′ is the slope of f, its derivative. σ is the sigmoid, also called the *logistic function*. Φ(z) is the "
    "probability that a standard normal number is below z."
)
CODE_INTRODUCTION = N_(
    "Each script is complete: copy it and run it. In NumPy, the slope is written as a formula. PyTorch computes it "
    "with the chain rule."
)
CODE_START = "sigmoid"
NO_TORCH = N_("PyTorch has no {name}.")

TIMING_INTRODUCTION = N_(
    "The button measures on the computer that runs this app. It takes the time for the values and slopes of a million "
    "standard normal numbers in float32, computed as in training."
)
_MEASURED = N_("Median of {turns} runs on {machine}, {when} UTC. Other work on this computer makes the times longer.")
_NO_KERNEL = N_(
    "A star (*) means: computed with plain NumPy, because there is no optimised code for this function here. Its time "
    "says little about the function."
)
_OTHERS = N_("**The chart shows the functions of the last measurement.** Measure again for those chosen now.")
_LOST = N_("The process that measured was stopped from outside several times. Press the button to try again.")
_WRITTEN = "functions written"  # key of the session's state
MOST_WRITTEN = 40  # pills of them
_MEASUREMENT = "measured activations"  # key of the session's state

# Pills with a small picture above the name; in a narrow window in two rows, which scroll.
_STYLE = f"""<style>
/* Streamlit loads the buttons when it first needs them: their place is kept. */
@media (min-width: 1000px) and (max-width: 1500px) {{
    :root:not([data-loaded]) .st-key-activations {{ min-height: 15.6rem; }}
}}
.st-key-activations button {{ width: 4.9rem; height: auto; padding: 0.4rem 0; border-radius: 0.5rem; }}
.st-key-activations button p {{
    font-size: 0.875rem; line-height: 1.15; text-align: center; white-space: normal; overflow-wrap: anywhere;
}}
.st-key-activations button img {{
    display: block; margin: 0 auto 0.2rem; width: {SMALL[0]}px; height: {SMALL[1]}px; max-height: none;
}}
@media (max-width: 1100px) {{
    .st-key-activations [role="toolbar"] {{
        display: grid; grid: auto auto / auto-flow max-content; overflow-x: auto; padding-bottom: 0.5rem;
    }}
}}
</style>"""


@dataclass(frozen=True)
class Asked:
    """`names` are the functions, in the registry's order, for z from -`reach` to `reach`."""

    names: tuple[str, ...]
    reach: int


def choose(address: Address) -> Asked:
    """The lesson's controls."""
    st.html(_STYLE)
    with address.setting("activations", START, some_of(_one_function)):
        chosen = control(
            st.pills, _("Activation functions"), _functions(), selection_mode="multi", key="activations",
            format_func=_pill, on_change=_put_in_order,
        )  # fmt: skip
    own_function(address, _add, "activations", width=480)
    reach = controls.slide(address, _("Range of z"), "reach", REACHES, 5, help=_(REACH_HELP), width=240)
    address.apart("code", CODE_START, _one_function)
    address.apart("move", 1, one_of(Note("move"), range(len(TANH_MOVES))))
    return Asked(_in_order(chosen), reach)


@st.fragment
def show_code(address: Address) -> None:
    """A control for one function, and its value and slope, in numpy and in PyTorch."""
    name = control(
        st.selectbox, _("Function"), _functions(), key="code", format_func=partial(label, "activation"), width=240
    )
    address.follow()
    for column, library, code in zip(st.columns(2), ("NumPy", "PyTorch"), (numpy_code(name), torch_code(name))):
        with column:
            st.markdown(f"**{library}**")
            if code:
                st.code(code, language="python", wrap_lines=True)
            else:
                st.markdown(_(NO_TORCH, name=label("activation", name)))


def measure(names: Sequence[str]) -> Measurement | None:
    """A button to measure these functions; what was measured last, if anything, stays."""
    if st.button(_("Measure the chosen functions"), key="measure", icon=":material/timer:", disabled=not names):
        with st.spinner(_("Measuring")):
            try:
                st.session_state[_MEASUREMENT] = call_in_parts(StopwatchInParts, names)
            except BrokenExecutor:
                st.error(_(_LOST))
            except CancelledError:  # the visitor has left
                st.stop()
    return st.session_state.get(_MEASUREMENT)


def measured(measurement: Measurement, names: Sequence[str]) -> str:
    """Where and when it was measured, and of what, if not of the functions that are chosen now."""
    when = measurement.when.strftime("%Y-%m-%d %H:%M")
    parts = [_(_MEASURED, turns=TURNS, machine=measurement.machine, when=when)]
    if any(not timing.has_kernel for timing in measurement.timings):
        parts.append(_(_NO_KERNEL))
    if measurement.names != names:
        parts.append(_(_OTHERS))
    return " ".join(parts)


def compared(asked: Asked) -> dict[str, object] | None:
    """The settings of Compare for networks with these functions."""
    return {"activations": list(asked.names)} if asked.names else None


def _in_order(names: Sequence[str]) -> tuple[str, ...]:
    """As in the registry, whichever was chosen first, and then those that somebody wrote."""
    return (*(name for name in ACTIVATIONS if name in names), *filter(is_own, names))


def _one_function(texts: Sequence[str]) -> str:
    """A reader of the address: a name of the registry, or a formula."""
    if is_own(texts[-1]):
        return activation_of(texts[-1]).name
    return one_of(Note("activation function"), ACTIVATIONS)(texts)


def _functions() -> list[str]:
    """Those of the registry, and the last of those that were written in this session or stand in its link."""
    written = [*st.session_state.get("activations", []), st.session_state.get("code", CODE_START)]
    kept = dict.fromkeys([*st.session_state.get(_WRITTEN, []), *filter(is_own, written)])
    st.session_state[_WRITTEN] = list(kept)[-MOST_WRITTEN:]
    return [*ACTIVATIONS, *st.session_state[_WRITTEN]]


def _add(name: str) -> None:
    """Chooses a function that somebody wrote."""
    st.session_state["activations"] = list(_in_order(dict.fromkeys([*st.session_state["activations"], name])))
    if not is_fixed("code"):
        st.session_state["code"] = name


def _put_in_order() -> None:
    st.session_state["activations"] = list(_in_order(st.session_state["activations"]))


def _pill(name: str) -> str:
    return f"![]({small_picture(name)}) {label('activation', name)}"
