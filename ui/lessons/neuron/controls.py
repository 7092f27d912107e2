"""One neuron: the controls and sentences of the lesson."""

from dataclasses import dataclass

import streamlit as st

from core import ACTIVATIONS
from core.lessons.neuron import Neuron
from ui.lessons.lesson import Try
from ui.lessons.neuron.charts import ALL, FARTHEST, PARAMETERS, REACH, changes, too_fine
from ui.shell import controls
from ui.shell.address import Address, between
from ui.shell.numbers import in_tex, written

INTRODUCTION = (
    "A neuron multiplies each input by a weight, adds its bias, and puts this sum z through an activation function. "
    "Here are two with the same numbers. The **perceptron** (step) *fires*, that is, gives 1, where z is above 0, and "
    "gives 0 elsewhere: nudge a weight a little, and it jumps or does not move at all. One with a smooth activation, "
    "such as **sigmoid**, moves a little. The sigmoid is also called the *logistic function*, and a neuron with it a "
    "*logistic neuron*: it is the model of *logistic regression*."
)
PERCEPTRON = "step"
KEYS = ("w1", "w2", "b", "all")  # of the `PARAMETERS`, and of `ALL`, in the address
CHOICES = [name for name in ACTIVATIONS if name != PERCEPTRON]
SHARPNESSES = [1, 2, 5, 10, 20, 50]
STEP, SMALL_STEP = 0.1, 0.05  # of the sliders; the second is the nudge's
WIDTH = 150  # pixels of a control: five in a row, or two on a phone
_ALL = "all three"
_NUDGE_HELP = (
    "Which of the three numbers is changed, or all by the same amount; the dashed line and the curves show what comes "
    "of it."
)
_ACTIVATION_HELP = "Of the second neuron; the first has the step."
_SHARPNESS_HELP = "Multiplies both weights and the bias, so that the output is f(k z). A step does not notice."

TRIES = (
    Try(
        "The smallest nudge",
        {"b": 0.3, "by": SMALL_STEP},
        "The input lies on the line, so z is 0. The weight grows by the least that its control can do: the **step** "
        "jumps all the way from 0 to 1, the **sigmoid** moves by a few hundredths. Only that one can learn in small "
        "steps.",
    ),
    Try(
        "All three at once",
        {"nudged": "all"},
        "Both weights and the bias grow by 0.1. Each has a slope of its own, and so a term of its own in the sum of "
        "the last formula. Added up, they predict how far the **sigmoid** moves, and are hardly off.",
    ),
    Try(
        "A weight of 0",
        {"x1": REACH, "w1": 0.0, "nudged": "b", "by": 1.5},
        "The input x₁ is as large as it gets, and matters nothing: its weight is 0, so its term is 0. The line lies "
        "level. The bias still shifts where the step fires: nudged, it moves the line to the dashed one, past the "
        "input.",
    ),
    Try(
        "A sigmoid as sharp as a step",
        {"sharpness": 20},
        "Weights and bias times 20, and the **sigmoid** is a step but for a thin seam along the line. In the seam a "
        "nudge moves it most of the way that the step jumps, and its slope no longer predicts how far.",
    ),
)  # fmt: skip

_READING_PLANES = (
    "The ring is the input, and the shade is the output, before the nudge. The line is where z is 0, and the dashed "
    "line where it is 0 after the nudge."
)
_TOO_FINE = (
    "{reading} So sharp a {activation} rises and falls within a pixel or under the line: the shade is the mean of the "
    "outputs in each pixel. A smaller k shows it."
)
_READING_CURVES = (
    "Predicted by the slope: the output before the nudge, plus its slope there times the change. This is the straight "
    "line."
)
_READING_CURVES_OF_ALL = (
    "Predicted by the slope: the output before the nudge, plus the sum of the three slopes there times the change. "
    "This is the straight line."
)

OUTPUT = r"\begin{gathered} z = w_1 x_1 + w_2 x_2 + b \\ y = f(k z) \end{gathered}"
CHANGE = (
    r"\Delta y \approx \sum_j \frac{\partial y}{\partial w_j}\,\Delta w_j + \frac{\partial y}{\partial b}\,\Delta b"
)
_OUTPUT = r"""$z = {w1} \cdot {x1} + {w2} \cdot {x2} + {b}$ $= {z}$

step: $y = {step}$

{activation}, $f(z) = {formula}$: $y = f({k} \cdot {later_z}) = {output}$"""
_ONE_TERM = r"{activation}: $\Delta y \approx {slope} \cdot {amount} = {predicted}$, and in truth ${change}$"
_ALL_TERMS = (
    r"{activation}: $\Delta y \approx {w1} \cdot {by} + {w2} \cdot {by} + {b} \cdot {by}$ "
    r"$= {term1} + {term2} + {term3}$ $= {predicted}$, and in truth ${change}$"
)
_CHAIN_RULE = (
    "Each slope comes from the **chain rule**: the slope of f at k z, times k, times what the weight is multiplied by, "
    "its input. For the bias that is 1. Here f′(k z) is {step} for the step and {slope} for {activation}."
)
NETWORK_WIDTH = 420  # pixels of the text, beside the picture or, on a phone, below it
NETWORK_TITLE = "One neuron of a network"
NETWORK = (
    "A network is made of such neurons. Its inputs are the **input layer**, which computes nothing. The neurons that "
    "take them, like this one, are a **hidden layer**: what they give is seen by other neurons only. The last ones, "
    "which give the answer, are the **output layer**."
)


@dataclass(frozen=True)
class Asked:
    """Two neurons with the same weights and bias, the perceptron first, their input, and the nudge: by which amount
    which of the `PARAMETERS`, counted from 0, or `ALL` of them are changed."""

    neurons: tuple[Neuron, Neuron]
    x: tuple[float, float]
    parameter: int
    amount: float


def choose(address: Address) -> Asked:
    """The lesson's controls."""
    with st.container(horizontal=True):
        x = _slider(address, "Input x₁", "x1", 2.0), _slider(address, "Input x₂", "x2", 1.5)
        weights = _slider(address, "Weight w₁", "w1", 0.6), _slider(address, "Weight w₂", "w2", -1.0)
        bias = _slider(address, "Bias b", "b", 0.2)
    with st.container(horizontal=True):
        nudged = controls.select(
            address, "Nudge", "nudged", list(KEYS), "w1", format_func=_name, help=_NUDGE_HELP, width=WIDTH
        )
        with address.setting("by", 0.1, between("by", -FARTHEST, FARTHEST)):
            amount = st.slider("by", -FARTHEST, FARTHEST, step=SMALL_STEP, key="by", width=WIDTH)
        activation = controls.select(
            address, "Activation", "activation", CHOICES, "sigmoid", help=_ACTIVATION_HELP, width=WIDTH
        )
        sharpness = controls.slide(
            address, "Sharpness k", "sharpness", SHARPNESSES, 1, help=_SHARPNESS_HELP, width=WIDTH
        )
    neurons = tuple(Neuron(weights, bias, name, sharpness) for name in (PERCEPTRON, activation))
    return Asked(neurons, x, KEYS.index(nudged), amount)


def planes(asked: Asked) -> str:
    """How to read their pictures."""
    neuron = asked.neurons[1]
    if too_fine(neuron):
        return _TOO_FINE.format(reading=_READING_PLANES, activation=neuron.activation)
    return _READING_PLANES


def curves(asked: Asked) -> str:
    """How to read them."""
    return _READING_CURVES_OF_ALL if asked.parameter == ALL else _READING_CURVES


def outputs(asked: Asked) -> str:
    """The weighted sum, and what each neuron makes of it."""
    perceptron, neuron = asked.neurons
    (w1, w2), (x1, x2) = neuron.weights, asked.x
    numbers = {"x1": x1, "w2": w2, "x2": x2, "b": neuron.bias}
    return _OUTPUT.format(
        w1=_tex(w1),
        **{name: _later(number) for name, number in numbers.items()},
        step=_tex(perceptron.output(asked.x)),
        activation=neuron.activation,
        formula=ACTIVATIONS[neuron.activation].formula,
        k=_tex(neuron.sharpness),
        z=_tex(neuron.weighted_sum(asked.x)),
        later_z=_later(neuron.weighted_sum(asked.x)),
        output=_tex(neuron.output(asked.x)),
    )


def prediction(asked: Asked) -> str:
    """Of the nudge, for each neuron: the terms of the formula's sum that are not 0 for want of a change."""
    return "\n\n".join(_predicted(asked, neuron) for neuron in asked.neurons)


def chain_rule(asked: Asked) -> str:
    """Where the slopes of the formula come from."""
    perceptron, neuron = asked.neurons
    return _CHAIN_RULE.format(
        step=written(perceptron.slope(asked.x)), slope=written(neuron.slope(asked.x)), activation=neuron.activation
    )


def compared(asked: Asked) -> dict[str, object]:
    """The settings of Compare that show networks of such neurons."""
    return {"activations": [neuron.activation for neuron in asked.neurons], "layers": 1}


def _predicted(asked: Asked, neuron: Neuron) -> str:
    nudge, slopes = neuron.nudge(asked.x, changes(asked.parameter, asked.amount)), neuron.slopes(asked.x)
    outcome = {
        "activation": neuron.activation, "predicted": _tex(nudge.predicted), "change": _tex(nudge.change)
    }  # fmt: skip
    if asked.parameter != ALL:
        return _ONE_TERM.format(slope=_tex(slopes[asked.parameter]), amount=_later(asked.amount), **outcome)
    first, *others = slopes * asked.amount
    return _ALL_TERMS.format(
        w1=_tex(slopes[0]), w2=_later(slopes[1]), b=_later(slopes[2]), by=_later(asked.amount),
        term1=_tex(first), term2=_later(others[0]), term3=_later(others[1]), **outcome,
    )  # fmt: skip


def _slider(address: Address, label: str, key: str, default: float) -> float:
    with address.setting(key, default, between(key, -REACH, REACH)):
        return st.slider(label, -REACH, REACH, step=STEP, key=key, width=WIDTH)


def _name(key: str) -> str:
    return (*PARAMETERS, _ALL)[KEYS.index(key)]


def _tex(number: float) -> str:
    return in_tex(written(number))


def _later(number: float) -> str:
    """Behind a sign."""
    return f"({_tex(number)})" if number < 0 else _tex(number)
