"""Why non-linear: the controls and sentences of the lesson."""

from dataclasses import dataclass

import streamlit as st

from core import DatasetSpec, Experiment, History, Run
from core.analysis.summary import chance_level, constant_loss
from core.lessons.nonlinearity import Collapse, luck_of_the_sample, scalar_product
from ui.lessons.lesson import Try
from ui.shell import controls
from ui.shell.address import Address, between
from ui.shell.factors import FACTORS
from ui.shell.numbers import count, exact, fixed, in_tex, percent, points, short, written

INTRODUCTION = (
    "A layer without an activation function only multiplies by a matrix and adds a bias. Stack as many of them as you "
    "like: it stays **one** such layer, and its boundary stays a straight line."
)
DATASETS = ["moons", "circles", "xor", "spiral"]
LAYERS = (1, 6)
UNITS = 8
NONE = "none"
_BEND_HELP = "All other hidden layers stay without one (identity)."

TRIES = (
    Try(
        "Six layers, still a line",
        {"dataset": "circles", "layers": 6},
        "Six hidden layers, trained for real, and they cannot part the ring from its middle: their boundary is a "
        "straight line, as that of the one layer they equal.",
    ),
    Try(
        "Bend one layer",
        {"dataset": "circles", "bent": "1", "activation": "tanh"},
        "**tanh** in the first hidden layer only, and the boundary closes around the middle. The product of the "
        "matrices knows nothing of tanh, and cannot part the ring from its middle.",
    ),
    Try(
        "Corners instead of curves",
        {"dataset": "circles", "bent": "1"},
        "The same with **relu**, and the boundary closes around the middle, too, but with corners: it is made of "
        "straight pieces.",
    ),
)  # fmt: skip

_SAME = (
    "The two pictures are the same at every epoch: move the bar. Over all samples the class probabilities of the "
    "network and of the one layer differ by at most **{difference}**, which is rounding."
)
_OTHER = (
    "Its matrices alone, multiplied into one, are another network: their class probabilities are up to "
    "**{difference}** apart over all samples, and it ends at {one}. What parts the two is the work of "
    "**{activation}**."
)
_LINE = (
    "The boundary is a straight line, and ends at **{accuracy}** on test (chance level: {chance}): more layers do not "
    "bend it."
)
_LINE_OUTSIDE = (
    "The boundary is a straight line, and ends at **{accuracy}** on test (chance level: {chance}): more layers do not "
    "bend it. In the end it lies outside the picture; move the bar back to see it."
)
_LINE_AT_CHANCE = (
    "The boundary is a straight line, and ends at **{accuracy}** on test, which is not above chance level, {chance}: "
    "more layers do not bend it. {why}"
)
_LINE_OUTSIDE_AT_CHANCE = (
    "The boundary is a straight line, and ends at **{accuracy}** on test, which is not above chance level, {chance}: "
    "more layers do not bend it. In the end it lies outside the picture; move the bar back to see it. {why}"
)
_WHY_AT_CHANCE = (
    "Its training loss is {loss}, and that of a network that ignores its inputs is {constant}: so little helps a line "
    "here that a few points decide which side it gives to which class. On the training data it is right for {train}."
)
_BENT = (
    "With **{activation}** in hidden layer {bent} the network ends at **{accuracy}** on test; without it, trained in "
    "the same way, at **{straight}** (chance level: {chance}). All it could draw then is a straight line."
)
_BENT_AT_CHANCE = (
    "With **{activation}** in hidden layer {bent} the network ends at **{accuracy}** on test, and without it, trained "
    "in the same way, at **{straight}**. Neither is above chance level, {chance}, by more than luck with the "
    "{samples} test samples ({margin} points): here the bend does not help."
)
_BENT_IN_VAIN = (
    "With **{activation}** in hidden layer {bent} the network ends at **{accuracy}** on test; without it, trained in "
    "the same way, at **{straight}** (chance level: {chance}). By luck with the {samples} test samples an accuracy "
    "may be off by {margin} points: here the bend does not help by more than that."
)
_MATRICES = "The {matrices} matrices hold {weights} weights, and the one that does the same holds {product}."
MATRICES_CAPTION = (
    "Every square is a weight: blue above 0, orange below. Each row is an input, each column an output; the strongest "
    "colour is the largest weight of its matrix at that epoch."
)
FORMULA = (
    r"\begin{aligned} &(x\,W_1 + b_1)\,W_2 + b_2 \\ &\quad = x\,\underbrace{W_1 W_2}_{W} "
    r"+ \underbrace{b_1 W_2 + b_2}_{b} \end{aligned}"
)
_PRODUCT = "Here, after {epochs}: $W = {weights}$, $b = {biases}$."
_SCALAR = "$h(x) = c\\,x$, applied {times}, is $c^{{{layers}}} x$. Here: ${c}^{{{layers}}} = {power}$."
SCALAR_HELP = "The case of one number: every layer only multiplies its one input by c."
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
        dataset = controls.select(address, "Dataset", "dataset", DATASETS, "moons", width=150)
        with address.setting("layers", 3, between("layers", *LAYERS)):
            layers = st.slider("Hidden layers", *LAYERS, key="layers", width=180)
        places = [NONE, *map(str, range(1, layers + 1))]
        if st.session_state.get("bent") not in places:  # the layer is gone
            st.session_state.pop("bent", None)
        bent = controls.select(address, "Layer with an activation", "bent", places, NONE, help=_BEND_HELP, width=200)
        functions = [name for name in FACTORS["activation"].choices if name != "identity"]
        activation = controls.select(
            address, "Activation", "activation", functions, "relu", disabled=bent == NONE, width=180
        )
    address.later("c", 0.8, between("c", *FACTOR))
    place = None if bent == NONE else int(bent)
    linear = ("identity",) * layers
    runs = [Run(linear)]
    if place is not None:
        runs.insert(0, Run((*linear[: place - 1], activation, *linear[place:])))
    return Asked(Experiment(DatasetSpec(dataset), tuple(runs), hidden=(UNITS,) * layers), place, activation)


def names(asked: Asked) -> list[str]:
    """What the networks are called in the pictures."""
    if asked.bent is None:
        return ["the network"]
    return [f"with {asked.activation} in layer {asked.bent}", "without it"]


def notices(asked: Asked, history: History, one_layer: Collapse) -> list[str]:
    """What there is to notice, with the figures of the network on screen."""
    if asked.bent is not None:
        difference, one = short(one_layer.difference[-1]), percent(one_layer.test_accuracy[-1])
        return [
            _what_the_bend_does(asked, history),
            _OTHER.format(difference=difference, activation=asked.activation, one=one),
        ]
    sizes = [W.size for W, _ in history.parameters(0)]
    return [
        _SAME.format(difference=short(one_layer.difference.max())),
        _what_the_line_does(history, bool(one_layer.is_in_sight[-1])),
        _MATRICES.format(matrices=len(sizes), weights=sum(sizes), product=one_layer.weights[-1].size),
    ]


def _what_the_line_does(history: History, is_in_sight: bool) -> str:
    accuracy, chance = history.test_accuracy[0, -1], chance_level(history.experiment)
    if accuracy > chance:
        sentence = _LINE if is_in_sight else _LINE_OUTSIDE
    else:
        sentence = _LINE_AT_CHANCE if is_in_sight else _LINE_OUTSIDE_AT_CHANCE
    why = _WHY_AT_CHANCE.format(
        loss=written(history.train_loss[0, -1], 3),
        constant=written(constant_loss(history.experiment), 3),
        train=percent(history.train_accuracy[0, -1]),
    )
    return sentence.format(accuracy=percent(accuracy), chance=percent(chance), why=why)


def _what_the_bend_does(asked: Asked, history: History) -> str:
    """A gain is one over the network without the bend and over chance level, by more than luck with the samples."""
    with_it, straight = history.test_accuracy[:, -1]
    chance, samples = chance_level(history.experiment), history.experiment.dataset.size.test_samples
    to_beat = max(straight, chance)
    margin = luck_of_the_sample(to_beat, samples)
    at_chance = max(with_it, straight) <= chance + margin
    sentence = _BENT if with_it > to_beat + margin else _BENT_AT_CHANCE if at_chance else _BENT_IN_VAIN
    return sentence.format(
        activation=asked.activation, bent=asked.bent, accuracy=percent(with_it), straight=percent(straight),
        chance=percent(chance), samples=samples, margin=points(margin),
    )  # fmt: skip


def product(history: History, one_layer: Collapse) -> str:
    """The one layer in numbers."""
    epochs = count(int(history.epochs[-1]), "epoch")
    weights, biases = _matrix(one_layer.weights[-1]), _matrix([one_layer.biases[-1]])
    return _PRODUCT.format(epochs=epochs, weights=weights, biases=biases)


def compared(asked: Asked) -> dict[str, object]:
    """The settings of Compare that show linear networks beside others."""
    layers = len(asked.experiment.hidden)
    activations = ["identity", asked.activation]
    return {"dataset": asked.experiment.dataset.name, "layers": layers, "units": UNITS, "activations": activations}


def scalar_case(layers: int) -> None:
    """A control for c, and what as many layers as the network has make of it."""
    st.markdown("**The same with one number**")
    with st.container(horizontal=True, vertical_alignment="center"):
        c = st.slider("c", *FACTOR, step=0.05, key="c", help=SCALAR_HELP, width=240)
        power = scalar_product(c, layers)
        st.markdown(
            _SCALAR.format(times=count(layers, "time"), layers=layers, c=in_tex(exact(c)), power=in_tex(written(power)))
        )


def _matrix(rows) -> str:
    """LaTeX."""
    lines = r" \\ ".join(" & ".join(in_tex(fixed(entry, 2)) for entry in row) for row in rows)
    return rf"\begin{{pmatrix}} {lines} \end{{pmatrix}}"
