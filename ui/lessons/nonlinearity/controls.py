"""Why non-linear: the controls and sentences of the lesson."""

from dataclasses import dataclass
from functools import partial

import streamlit as st

from core import DatasetSpec, Experiment, History, Run
from core.analysis.summary import chance_level, constant_loss
from core.lessons.nonlinearity import Collapse, luck_of_the_sample, scalar_product
from core.notes import Note
from ui.lessons.lesson import Try
from ui.shell import controls
from ui.shell.address import Address
from ui.shell.factors import FACTORS
from ui.shell.fixed import control
from ui.shell.labels import label
from ui.shell.language import N_, _
from ui.shell.numbers import count, exact, fixed, in_tex, percent, points, short, written
from ui.shell.readers import between

INTRODUCTION = N_(
    "A layer without an activation function only multiplies by a matrix and adds a bias. However many such layers a "
    "network has, together they equal **one** such layer, and the decision boundary stays a straight line."
)
DATASETS = ["moons", "circles", "xor", "spiral"]
LAYERS = (1, 6)
UNITS = 8
NONE = "none"
_NONE = N_("None")
_BEND_HELP = N_("All other hidden layers have no activation function (Identity).")

TRIES = (
    Try(
        N_("Six layers, still a line"),
        {"dataset": "circles", "layers": 6},
        N_(
            "This network has six trained hidden layers, but its boundary is a straight line, like that of the one "
            "layer that it equals. No straight line separates the ring from its centre."
        ),
    ),
    Try(
        N_("Tanh in one layer"),
        {"dataset": "circles", "bent": "1", "activation": "tanh"},
        N_(
            "Only the first hidden layer has **Tanh**, and the boundary closes around the centre. The product of the "
            "matrices does not contain Tanh. It cannot separate the ring from its centre."
        ),
    ),
    Try(
        N_("ReLU in one layer"),
        {"dataset": "circles", "bent": "1"},
        N_(
            "Only the first hidden layer has **ReLU**, and the boundary closes around the centre. The boundary has "
            "corners, because it consists of straight pieces."
        ),
    ),
)

_SAME = N_(
    "The two pictures are the same at every epoch: move the replay bar. Over all samples, the class probabilities of "
    "the network and of the product differ by at most **{difference}**, which is rounding error."
)
_OTHER = N_(
    "The product of the matrices alone is a different network. Over all samples, its class probabilities differ by up "
    "to **{difference}** from those of the first network. Its test accuracy is {one}. The difference is the effect of "
    "**{activation}**."
)
_LINE = N_(
    "The boundary is a straight line: more layers do not bend it. In the end, the test accuracy is **{accuracy}** "
    "(chance level: {chance})."
)
_LINE_AT_CHANCE = N_(
    "The boundary is a straight line: more layers do not bend it. In the end, the test accuracy is **{accuracy}**, "
    "which is not above chance level ({chance})."
)
_OUTSIDE = N_("In the end, the line is outside the picture. Move the replay bar back to see it.")
_WHY_AT_CHANCE = N_(
    "The training loss is {loss}; a network that ignores its inputs has {constant}. So a line helps very little here: "
    "a few points decide which side gets which class. The training accuracy is {train}."
)
_BENT = N_(
    "With **{activation}** in hidden layer {bent}, the test accuracy is **{accuracy}** in the end. Without it, trained "
    "in the same way, it is **{straight}** (chance level: {chance}). Without it, the boundary can only be a straight "
    "line."
)
_BENT_AT_CHANCE = N_(
    "With **{activation}** in hidden layer {bent}, the test accuracy is **{accuracy}** in the end. Without it, trained "
    "in the same way, it is **{straight}**. Neither is above chance level ({chance}) by more than the uncertainty of "
    "{samples} test samples (±{margin} percentage points). Here **{activation}** brings no gain."
)
_BENT_IN_VAIN = N_(
    "With **{activation}** in hidden layer {bent}, the test accuracy is **{accuracy}** in the end. Without it, trained "
    "in the same way, it is **{straight}** (chance level: {chance}). With {samples} test samples, an accuracy is "
    "uncertain by ±{margin} percentage points. Here **{activation}** brings no gain beyond that."
)
_MATRICES = N_("The {matrices} matrices have {weights} weights. The one matrix that does the same has {product}.")
MATRICES_READING = N_(
    "Every square is a weight: blue is above 0, orange is below 0. Rows are inputs, columns are outputs. The strongest "
    "colour is the largest weight of its matrix at the epoch shown."
)
FORMULA = (
    r"\begin{aligned} &(x\,W_1 + b_1)\,W_2 + b_2 \\ &\quad = x\,\underbrace{W_1 W_2}_{W} "
    r"+ \underbrace{b_1 W_2 + b_2}_{b} \end{aligned}"
)
_PRODUCT = N_("After {epochs}: $W = {weights}$, $b = {biases}$.")
SCALAR_TITLE = N_("The same with one number")
_SCALAR = N_("$h(x) = c\\,x$, applied {times}, is $c^{{{layers}}} x$. Here: ${c}^{{{layers}}} = {power}$.")
_SCALAR_HELP = N_("Every layer has one input and multiplies it by c.")
FACTOR = (0.5, 1.5)


@dataclass(frozen=True)
class Asked:
    """`bent` is the hidden layer, from 1, that has the activation; the second run is then the same network without it.
    None: there is only one, and it is linear."""

    experiment: Experiment
    bent: int | None
    activation: str


def choose(address: Address) -> Asked:
    """The lesson's controls, and the network they ask for."""
    with st.container(horizontal=True):
        dataset = controls.select(
            address, _("Dataset"), "dataset", DATASETS, "moons", format_func=partial(label, "dataset"), width=150
        )
        with address.setting("layers", 3, between(Note("layers"), *LAYERS)):
            layers = control(st.slider, _("Hidden layers"), *LAYERS, key="layers", width=180)
        places = [NONE, *map(str, range(1, layers + 1))]
        if st.session_state.get("bent") not in places:  # the layer is gone
            st.session_state.pop("bent", None)
        bent = controls.select(
            address, _("Layer with activation function"), "bent", places, NONE, help=_(_BEND_HELP), width=240,
            format_func=lambda place: _(_NONE) if place == NONE else place,
        )  # fmt: skip
        functions = [name for name in FACTORS["activation"].choices if name != "identity"]
        activation = controls.select(
            address, _("Activation function"), "activation", functions, "relu", disabled=bent == NONE, width=180,
            format_func=partial(label, "activation"),
        )  # fmt: skip
    address.apart("c", 0.8, between(Note("c"), *FACTOR))
    return asked_for(dataset, layers, None if bent == NONE else int(bent), activation)


def asked_for(dataset: str, layers: int, place: int | None, activation: str) -> Asked:
    """The network with so many hidden layers, of which the one at that place has the activation; see `Asked`."""
    linear = ("identity",) * layers
    runs = [Run(linear)]
    if place is not None:
        runs.insert(0, Run((*linear[: place - 1], activation, *linear[place:])))
    return Asked(Experiment(DatasetSpec(dataset), tuple(runs), hidden=(UNITS,) * layers), place, activation)


def names(asked: Asked) -> list[str]:
    """What the networks are called in the pictures."""
    if asked.bent is None:
        return [_("The network")]
    activation = label("activation", asked.activation)
    return [
        _("With {activation} in layer {bent}", activation=activation, bent=asked.bent),
        _("Without {activation}", activation=activation),
    ]


def notices(asked: Asked, history: History, one_layer: Collapse) -> list[str]:
    """What there is to notice, with the figures of the network on screen."""
    if asked.bent is not None:
        difference, one = short(one_layer.difference[-1]), percent(one_layer.test_accuracy[-1])
        return [
            _what_the_bend_does(asked, history),
            _(_OTHER, difference=difference, activation=label("activation", asked.activation), one=one),
        ]
    sizes = [W.size for W, b in history.parameters(0)]
    return [
        _(_SAME, difference=short(one_layer.difference.max())),
        _what_the_line_does(history, bool(one_layer.is_in_sight[-1])),
        _(_MATRICES, matrices=len(sizes), weights=sum(sizes), product=one_layer.weights[-1].size),
    ]


def _what_the_line_does(history: History, is_in_sight: bool) -> str:
    accuracy, chance = history.test_accuracy[0, -1], chance_level(history.experiment)
    sentence = _LINE if accuracy > chance else _LINE_AT_CHANCE
    parts = [_(sentence, accuracy=percent(accuracy), chance=percent(chance))]
    if not is_in_sight:
        parts.append(_(_OUTSIDE))
    if accuracy <= chance:
        loss, constant = written(history.train_loss[0, -1], 3), written(constant_loss(history.experiment), 3)
        train = percent(history.train_accuracy[0, -1])
        parts.append(_(_WHY_AT_CHANCE, loss=loss, constant=constant, train=train))
    return " ".join(parts)


def _what_the_bend_does(asked: Asked, history: History) -> str:
    """A gain is one over the network without the bend and over chance level, by more than luck with the samples."""
    with_it, straight = history.test_accuracy[:, -1]
    chance, samples = chance_level(history.experiment), history.experiment.dataset.size.test_samples
    to_beat = max(straight, chance)
    margin = luck_of_the_sample(to_beat, samples)
    at_chance = max(with_it, straight) <= chance + margin
    sentence = _BENT if with_it > to_beat + margin else _BENT_AT_CHANCE if at_chance else _BENT_IN_VAIN
    return _(
        sentence, activation=label("activation", asked.activation), bent=asked.bent, accuracy=percent(with_it),
        straight=percent(straight), chance=percent(chance), samples=samples, margin=points(margin),
    )  # fmt: skip


def product(history: History, one_layer: Collapse) -> str:
    """The one layer in numbers."""
    epochs = count(int(history.epochs[-1]), "epoch")
    weights, biases = _matrix(one_layer.weights[-1]), _matrix([one_layer.biases[-1]])
    return _(_PRODUCT, epochs=epochs, weights=weights, biases=biases)


def compared(asked: Asked) -> dict[str, object]:
    """The settings of Compare that show linear networks beside others."""
    layers = len(asked.experiment.hidden)
    activations = ["identity", asked.activation]
    return {"dataset": asked.experiment.dataset.name, "layers": layers, "units": str(UNITS), "activations": activations}


@st.fragment
def scalar_case(address: Address, layers: int) -> None:
    """A control for c, and what as many layers as the network has make of it."""
    st.subheader(_(SCALAR_TITLE))
    with st.container(horizontal=True, vertical_alignment="center"):
        c = control(st.slider, "c", *FACTOR, step=0.05, key="c", help=_(_SCALAR_HELP), width=240)
        address.follow()
        st.markdown(scalar(c, layers))


def scalar(c: float, layers: int) -> str:
    """What so many layers make of one number."""
    power = in_tex(written(scalar_product(c, layers)))
    return _(_SCALAR, times=count(layers, "time"), layers=layers, c=in_tex(exact(c)), power=power)


def _matrix(rows) -> str:
    """LaTeX."""
    lines = r" \\ ".join(" & ".join(in_tex(fixed(entry, 2)) for entry in row) for row in rows)
    return rf"\begin{{pmatrix}} {lines} \end{{pmatrix}}"
