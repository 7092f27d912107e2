"""One neuron: the controls and sentences of the lesson."""

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core import ACTIVATIONS
from core.lessons.neuron import Neuron
from core.notes import Note
from ui.lessons.lesson import Try
from ui.lessons.neuron.charts import ALL, FARTHEST, PARAMETERS, REACH, changes, too_fine
from ui.shell import controls
from ui.shell.address import Address
from ui.shell.fixed import control
from ui.shell.labels import label
from ui.shell.language import N_, _
from ui.shell.numbers import in_tex, written
from ui.shell.pointing import Pointing
from ui.shell.readers import between

INTRODUCTION = N_(
    "A neuron multiplies each input by a weight and adds a bias: this is the weighted sum z. Its activation function "
    "turns z into the output."
)
TWO_NEURONS = N_(
    "Here are two neurons with the same weights and bias. The **perceptron** uses the step "
    "function: it *fires* (output 1) where z is above 0, and its output is 0 elsewhere. Change a weight a little: the "
    "perceptron jumps or does not change at all. A smooth function changes a little."
)
PERCEPTRON = "step"
INPUT_KEYS = ("x1", "x2")
KEYS = ("w1", "w2", "b", "all")  # of the `PARAMETERS`, and of `ALL`, in the address
CHOICES = [name for name in ACTIVATIONS if name != PERCEPTRON]
SHARPNESSES = [1, 2, 5, 10, 20, 50]
STEP, SMALL_STEP = 0.1, 0.05  # of the sliders; the second is that of the change
WIDTH = 150  # pixels of a control: one below the other beside the charts, or two in a row on a phone
INPUT = Pointing(window=((-REACH, REACH), (-REACH, REACH)), step=STEP, names=("x₁", "x₂"))
INPUT_NAME = N_("Input of {activation}")
_ALL = N_("all three")
_NUDGE_HELP = N_(
    "Which number changes, or all three by the same amount. The dashed line and the curves show the effect."
)
_ACTIVATION_HELP = N_("Activation function of the second neuron. The first neuron always has the step function.")
_SHARPNESS_HELP = N_(
    "Multiplies both weights and the bias, so that the output is f(k z). It has no effect on the step function."
)

TRIES = (
    Try(
        N_("The smallest change"),
        {"b": 0.3, "by": SMALL_STEP},
        N_(
            "The input is on the line, so z is 0. The weight grows by only 0.05. **Step** jumps from 0 to 1; "
            "**Sigmoid** changes by a few hundredths. Only the sigmoid neuron can learn in small steps."
        ),
    ),
    Try(
        N_("All three at once"),
        {"nudged": "all"},
        N_(
            "Both weights and the bias grow by 0.1. Each has its own slope, and so its own term in the sum of the last "
            "formula. The sum of the terms predicts the change of **Sigmoid** with only a small error."
        ),
    ),
    Try(
        N_("A weight of 0"),
        {"x1": REACH, "w1": 0.0, "nudged": "b", "by": 1.5},
        N_(
            "The input x₁ has its largest value, but no effect: its weight is 0, so its term is 0. The line z = 0 is "
            "horizontal. The bias still has an effect: its change moves the line to the dashed line, past the input."
        ),
    ),
    Try(
        N_("A sigmoid as sharp as a step"),
        {"sharpness": 20},
        N_(
            "Weights and bias are multiplied by 20. Now **Sigmoid** is almost a step: it differs only near the line "
            "z = 0. There, the change moves it most of the way from 0 to 1. The slope no longer predicts how far."
        ),
    ),
)  # fmt: skip

_READING_PLANES = N_(
    "**The circle is the input. Drag it, or click in the picture.** Colour: the output before the change. Solid line: "
    "z = 0. Dashed line: z = 0 after the change."
)
_TOO_FINE = N_(
    "With this sharpness, {activation} rises and falls within one pixel or under the line. Each pixel shows the mean "
    "of its outputs. A smaller k shows the details."
)
_READING_CURVES = N_(
    "The straight line is the prediction by the slope: the output before the change, plus its slope times the change."
)
_READING_CURVES_OF_ALL = N_(
    "The straight line is the prediction by the slopes: the output before the change, plus the sum of the three slopes "
    "times the change."
)

OUTPUT = r"\begin{gathered} z = w_1 x_1 + w_2 x_2 + b \\ y = f(k z) \end{gathered}"
CHANGE = (
    r"\Delta y \approx \sum_j \frac{\partial y}{\partial w_j}\,\Delta w_j + \frac{\partial y}{\partial b}\,\Delta b"
)
# Formulas, with their numbers; the texts around them are few enough to be fields.
_SUM = r"$z = {w1} \cdot {x1} + {w2} \cdot {x2} + {b}$ $= {z}$"
_OUTPUT_OF_STEP = r"{name}: $y = {step}$"
_OUTPUT = r"{name}, $f(z) = {formula}$: $y = f({k} \cdot {later_z}) = {output}$"
_ONE_TERM = N_(r"{activation}: $\Delta y \approx {slope} \cdot {amount} = {predicted}$, true change ${change}$")
_ALL_TERMS = N_(
    r"{activation}: $\Delta y \approx {w1} \cdot {by} + {w2} \cdot {by} + {b} \cdot {by}$ "
    r"$= {term1} + {term2} + {term3}$ $= {predicted}$, true change ${change}$"
)
_CHAIN_RULE = N_(
    "Each slope comes from the **chain rule**: the slope of f at k z, times k, times the input of the weight. For the "
    "bias, the input is 1. Here f′(k z) is {step} for {perceptron} and {slope} for {activation}."
)
LOGISTIC = N_(
    "The sigmoid is also called the *logistic function*. A neuron with it is called a *sigmoid neuron* or *logistic "
    "neuron*; it is the model of *logistic regression*."
)
NETWORK_WIDTH = 420  # pixels of the text, beside the picture or, on a phone, below it
NETWORK = N_(
    "A network consists of such neurons. Its inputs are the **input layer**, which computes nothing. Neurons between "
    "inputs and outputs, like this one, are a **hidden layer**: only other neurons use their outputs. The last neurons "
    "give the answer. They are the **output layer**. In the next lessons, a neuron is called a unit."
)


@dataclass(frozen=True)
class Asked:
    """Two neurons with the same weights and bias, the perceptron first, their input, and the nudge: by which amount
    which of the `PARAMETERS`, counted from 0, or `ALL` of them are changed."""

    neurons: tuple[Neuron, Neuron]
    x: tuple[float, float]
    parameter: int
    amount: float


def choose(address: Address, of_the_planes: DeltaGenerator, of_the_curves: DeltaGenerator) -> Asked:
    """The lesson's controls, in these two containers."""
    with of_the_planes:
        x = _slider(address, _("Input x₁"), "x1", 2.0), _slider(address, _("Input x₂"), "x2", 1.5)
        weights = _slider(address, _("Weight w₁"), "w1", 0.6), _slider(address, _("Weight w₂"), "w2", -1.0)
        bias = _slider(address, _("Bias b"), "b", 0.2)
    with of_the_curves:
        nudged = controls.select(
            address, _("Change"), "nudged", list(KEYS), "w1", format_func=_name, help=_(_NUDGE_HELP), width=WIDTH
        )
        with address.setting("by", 0.1, between(Note("by"), -FARTHEST, FARTHEST)):
            amount = control(st.slider, _("by"), -FARTHEST, FARTHEST, step=SMALL_STEP, key="by", width=WIDTH)
        activation = controls.select(
            address, _("Activation function"), "activation", CHOICES, "sigmoid", format_func=_label,
            help=_(_ACTIVATION_HELP), width=WIDTH,
        )  # fmt: skip
        sharpness = controls.slide(
            address, _("Sharpness k"), "sharpness", SHARPNESSES, 1, help=_(_SHARPNESS_HELP), width=WIDTH
        )
    neurons = tuple(Neuron(weights, bias, name, sharpness) for name in (PERCEPTRON, activation))
    return Asked(neurons, x, KEYS.index(nudged), amount)


def move_input(place: tuple[float, float]) -> None:
    """Sets both sliders of the input, before the page runs again."""
    st.session_state.update(zip(INPUT_KEYS, place))


def planes(asked: Asked) -> str:
    """How to read their pictures."""
    neuron = asked.neurons[1]
    if too_fine(neuron):
        return f"{_(_READING_PLANES)} {_(_TOO_FINE, activation=_label(neuron.activation))}"
    return _(_READING_PLANES)


def curves(asked: Asked) -> str:
    """How to read them."""
    return _(_READING_CURVES_OF_ALL if asked.parameter == ALL else _READING_CURVES)


def outputs(asked: Asked) -> str:
    """The weighted sum, and each neuron's output for it."""
    perceptron, neuron = asked.neurons
    (w1, w2), (x1, x2) = neuron.weights, asked.x
    numbers = {"x1": x1, "w2": w2, "x2": x2, "b": neuron.bias}
    z = neuron.weighted_sum(asked.x)
    lines = (
        _SUM.format(w1=_tex(w1), z=_tex(z), **{name: _later(number) for name, number in numbers.items()}),
        _OUTPUT_OF_STEP.format(name=_label(perceptron.activation), step=_tex(perceptron.output(asked.x))),
        _OUTPUT.format(
            name=_label(neuron.activation), formula=ACTIVATIONS[neuron.activation].formula, k=_tex(neuron.sharpness),
            later_z=_later(z), output=_tex(neuron.output(asked.x)),
        ),
    )  # fmt: skip
    return "\n\n".join(lines)


def prediction(asked: Asked) -> str:
    """Of the change, for each neuron: the terms of the formula's sum that are not 0."""
    return "\n\n".join(_predicted(asked, neuron) for neuron in asked.neurons)


def chain_rule(asked: Asked) -> str:
    """Where the slopes of the formula come from."""
    perceptron, neuron = asked.neurons
    return _(
        _CHAIN_RULE, step=written(perceptron.slope(asked.x)), perceptron=_label(perceptron.activation),
        slope=written(neuron.slope(asked.x)), activation=_label(neuron.activation),
    )  # fmt: skip


def compared(asked: Asked) -> dict[str, object]:
    """The settings of Compare that show networks of such neurons."""
    return {"activations": [neuron.activation for neuron in asked.neurons], "layers": 1}


def _predicted(asked: Asked, neuron: Neuron) -> str:
    nudge, slopes = neuron.nudge(asked.x, changes(asked.parameter, asked.amount)), neuron.slopes(asked.x)
    outcome = {
        "activation": _label(neuron.activation), "predicted": _tex(nudge.predicted), "change": _tex(nudge.change)
    }  # fmt: skip
    if asked.parameter != ALL:
        return _(_ONE_TERM, slope=_tex(slopes[asked.parameter]), amount=_later(asked.amount), **outcome)
    first, *others = slopes * asked.amount
    return _(
        _ALL_TERMS, w1=_tex(slopes[0]), w2=_later(slopes[1]), b=_later(slopes[2]), by=_later(asked.amount),
        term1=_tex(first), term2=_later(others[0]), term3=_later(others[1]), **outcome,
    )  # fmt: skip


def _slider(address: Address, name: str, key: str, default: float) -> float:
    with address.setting(key, default, between(key, -REACH, REACH)):
        return control(st.slider, name, -REACH, REACH, step=STEP, key=key, width=WIDTH)


def _name(key: str) -> str:
    return (*PARAMETERS, _(_ALL))[KEYS.index(key)]


def _label(activation: str) -> str:
    return label("activation", activation)


def _tex(number: float) -> str:
    return in_tex(written(number))


def _later(number: float) -> str:
    """Behind a sign."""
    return f"({_tex(number)})" if number < 0 else _tex(number)
