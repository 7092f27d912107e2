"""Dead ReLUs: the controls and sentences of the lesson."""

from dataclasses import replace

import streamlit as st

from core import OPTIMIZERS, DatasetSpec, Experiment, Run
from ui.lessons.lesson import Try
from ui.shell import controls
from ui.shell.address import Address
from ui.shell.factors import FACTORS
from ui.shell.numbers import exact, short
from ui.shell.settings import SETTINGS, settings_for

_WHEN = (
    "A ReLU whose weighted sum is negative for every sample has slope 0: no gradient comes to its weights, and it is "
    "**dead**. It dies if a step is too large, or if its bias starts too low."
)
_HERE = (
    "Here are four networks that differ in nothing but their activation function; their learning rate is "
    "**{times} times** what suits {optimizer}."
)
_AT_THE_USUAL_RATE = (
    "Here are four networks that differ in nothing but their activation function; their learning rate is what suits "
    "{optimizer}."
)
NAMES = ("relu", "leaky_relu", "elu", "gelu")
RELU = NAMES.index("relu")
HIDDEN, EPOCHS = (16, 16, 16), 30
LEARNING_RATES = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
BIASES = (-2.0, -1.0, -0.5, 0.0, 0.5)
LEARNED = 0.9  # of the test samples
_BIAS_HELP = "What the bias of every hidden unit starts at. With a negative one, fewer samples make a unit fire."

TRIES = (
    Try(
        "Many dead, and none the worse",
        {"optimizer": "adamax", "bias": -0.5, "initializer": "he_normal"},
        "More than a third of the units of **relu** are dead in the end, and it is about as good as the others: what "
        "is left in each layer is enough. Play it: some are dead from the start, and most die on the way.",
    ),
    Try(
        "Born dead",
        {"learning_rate": 0.01, "bias": -2.0, "initializer": "lecun_normal"},
        "With this bias and these weights, at least one whole layer of **relu** is dead before the first step. No "
        "gradient passes it, and adam has no earlier one to go on with: nothing brings it back, however long the "
        "training. The others start as far below 0, and climb out of it.",
    ),
    Try(
        "Not dead, and stuck all the same",
        {"optimizer": "sgd", "learning_rate": 0.03, "bias": -2.0},
        "No unit of **leaky_relu** is dead or saturated, and it learns as little as relu: below 0 its slope is 0.01, "
        "so a layer leaves a hundredth of the gradient, and sgd makes its steps as small. gelu is not saturated "
        "either, but in every layer its slope is small, too: below a tenth for most samples. adam divides by the "
        "gradient's size, and gets both out.",
    ),
)  # fmt: skip

READING = (
    "Each mark is a hidden unit. **Saturated**: flat, with a slope below 5 % of the greatest, for at least 95 % of the "
    "training samples; leaky_relu, whose slope is nowhere nearer to 0 than 0.01, does not saturate. **Revived**: "
    "alive, saturated or not, and dead at an earlier epoch. Point at a unit for its gradient."
)
FORMULA = r"\frac{\partial L}{\partial w_j} = \sum_{n=1}^{N} \frac{\partial L}{\partial a_n}\, f'(z_n)\, x_{nj}"
_WITHOUT_BIAS = "Compare starts all biases at 0: there you see these networks without the bias of {bias}."


def choose(address: Address) -> Experiment:
    """The lesson's controls, and the networks they ask for, in the order of `NAMES`."""
    with st.container(horizontal=True):
        rate = controls.slide(
            address, "Learning rate", "learning_rate", list(LEARNING_RATES), 0.3, format_func=exact, width=170
        )
        bias = controls.slide(
            address, "Initial bias", "bias", list(BIASES), 0.0, format_func=exact, width=170, help=_BIAS_HELP
        )
        optimizer = controls.single(address, FACTORS["optimizer"], width=125)
        initializer = controls.single(address, FACTORS["initializer"], width=150)
        seed = controls.ask(address, SETTINGS["seed"], width=110)
    runs = tuple(Run(name, optimizer, rate, initializer, seed=seed, bias=bias) for name in NAMES)
    return Experiment(DatasetSpec("moons", seed=seed), runs, HIDDEN, EPOCHS, seed=seed)


def introduction(experiment: Experiment) -> str:
    """When a ReLU dies, and how large the steps are here."""
    run = experiment.runs[RELU]
    usual = OPTIMIZERS[run.optimizer].learning_rate
    here = _AT_THE_USUAL_RATE if run.rate == usual else _HERE
    return f"{_WHEN} {here.format(times=short(run.rate / usual), optimizer=run.optimizer)}"


def of_any_rate_and_bias(experiment: Experiment) -> Experiment:
    """What the sweep starts from: the same for all learning rates and biases, so that it is computed once."""
    return replace(experiment, runs=tuple(replace(run, learning_rate=None, bias=0.0) for run in experiment.runs))


def compared(experiment: Experiment) -> dict[str, object]:
    """The settings of Compare that show these networks; it has no control for the bias."""
    return settings_for(replace(experiment, runs=tuple(replace(run, bias=0.0) for run in experiment.runs)))


def not_compared(experiment: Experiment) -> str | None:
    """What is not the same there."""
    bias = experiment.runs[RELU].bias
    return _WITHOUT_BIAS.format(bias=exact(bias)) if bias else None
