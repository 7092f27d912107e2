"""Dead ReLUs: the controls and sentences of the lesson."""

from dataclasses import replace

import streamlit as st

from core import OPTIMIZERS, DatasetSpec, Experiment, Run
from ui.lessons.lesson import Try
from ui.shell import controls
from ui.shell.address import Address
from ui.shell.conversion import settings_for
from ui.shell.factors import FACTORS
from ui.shell.labels import label
from ui.shell.language import N_, _
from ui.shell.numbers import exact, short
from ui.shell.settings import SETTINGS

INTRODUCTION = N_(
    "A ReLU unit has slope 0 where its weighted sum is negative. If that is so for every training sample, no gradient "
    "reaches its weights: the unit is **dead**."
)
_WHEN = N_("A ReLU unit dies if a step is too large, or if its bias starts too low.")
_HERE = N_(
    "Here are four networks. Only the activation function differs. Their learning rate is **{times} times** the "
    "default of {optimizer}."
)
_AT_THE_USUAL_RATE = N_(
    "Here are four networks. Only the activation function differs. Their learning rate is the default of {optimizer}."
)
NAMES = ("relu", "leaky_relu", "elu", "gelu")
RELU = NAMES.index("relu")
HIDDEN, EPOCHS = (16, 16, 16), 30
LEARNING_RATES = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
BIASES = (-2.0, -1.0, -0.5, 0.0, 0.5)
LEARNED = 0.9  # of the test samples
_BIAS_HELP = N_(
    "The bias that every hidden unit starts with. With a negative bias, a unit is active for fewer samples."
)

TRIES = (
    Try(
        N_("Many dead, still works"),
        {"optimizer": "adamax", "bias": -0.5, "initializer": "he_normal"},
        N_(
            "In the end, more than a third of the units of **ReLU** are dead, and the network is about as good as the "
            "others. The units that are left in each layer are enough. Press play: some units are dead from the start, "
            "but most of the dead ones die during training."
        ),
    ),
    Try(
        N_("Dead from the start"),
        {"learning_rate": 0.01, "bias": -2.0, "initializer": "lecun_normal"},
        N_(
            "With this bias and these weights, at least one whole layer of **ReLU** is dead before the first step. No "
            "gradient passes through it, and Adam has no earlier gradient to continue with. So no unit comes back, "
            "however long the training. The other networks also start far below 0, but their slope there is not 0, and "
            "they learn."
        ),
    ),
    Try(
        N_("Alive, but not learning"),
        {"optimizer": "sgd", "learning_rate": 0.03, "bias": -2.0},
        N_(
            "No unit of **Leaky ReLU** is dead or saturated, but the network learns as little as ReLU. Below 0 its "
            "slope is 0.01. So a layer leaves only a hundredth of the gradient, and SGD makes its steps as small. GELU "
            "is not saturated either, but in every layer its slope is below a tenth for most samples. Adam divides by "
            "the size of the gradient: with Adam, both networks learn."
        ),
    ),
)

READING = N_(
    "Each mark is a hidden unit. **Dead**: slope 0 for every training sample. **Saturated**: a slope below 5 % of the "
    "greatest for at least 95 % of the training samples. **Revived**: dead at an earlier epoch and alive now, "
    "saturated or not. Leaky ReLU does not saturate: its slope is never below 0.01. Point at a unit for its gradient."
)
SWEEPING = N_("The networks of every learning rate and initial bias are being trained.")
FORMULA = r"\frac{\partial L}{\partial w_j} = \sum_{n=1}^{N} \frac{\partial L}{\partial a_n}\, f'(z_n)\, x_{nj}"
_WITHOUT_BIAS = N_(
    "On the page Compare, all biases start at 0. There you see these networks without the initial bias of {bias}."
)


def choose(address: Address) -> Experiment:
    """The lesson's controls, and the networks they ask for, in the order of `NAMES`."""
    with st.container(horizontal=True):
        rate = controls.slide(
            address, _("Learning rate"), "learning_rate", list(LEARNING_RATES), 0.3, format_func=exact, width=170
        )
        bias = controls.slide(
            address, _("Initial bias"), "bias", list(BIASES), 0.0, format_func=exact, width=170, help=_(_BIAS_HELP)
        )
        optimizer = controls.single(address, FACTORS["optimizer"], width=125)
        initializer = controls.single(address, FACTORS["initializer"], width=150)
        seed = controls.ask(address, SETTINGS["seed"], width=110)
    runs = tuple(Run(name, optimizer, rate, initializer, seed=seed, bias=bias) for name in NAMES)
    return Experiment(DatasetSpec("moons", seed=seed), runs, HIDDEN, EPOCHS, seed=seed)


def four_networks(experiment: Experiment) -> str:
    """When a ReLU dies, and how large the steps are here."""
    run = experiment.runs[RELU]
    usual = OPTIMIZERS[run.optimizer].learning_rate
    here = _AT_THE_USUAL_RATE if run.rate == usual else _HERE
    sentences = _(_WHEN), _(here, times=short(run.rate / usual), optimizer=label("optimizer", run.optimizer))
    return " ".join(sentences)


def of_any_rate_and_bias(experiment: Experiment) -> Experiment:
    """What the sweep starts from: the same for all learning rates and biases, so that it is computed once."""
    return replace(experiment, runs=tuple(replace(run, learning_rate=None, bias=0.0) for run in experiment.runs))


def compared(experiment: Experiment) -> dict[str, object]:
    """The settings of Compare that show these networks; it has no control for the bias."""
    return settings_for(replace(experiment, runs=tuple(replace(run, bias=0.0) for run in experiment.runs)))


def not_compared(experiment: Experiment) -> str | None:
    """What is not the same there."""
    bias = experiment.runs[RELU].bias
    return _(_WITHOUT_BIAS, bias=exact(bias)) if bias else None
