"""Vanishing gradients: the controls of the lesson, and its sentences without figures."""

from functools import partial

import streamlit as st

from core import ACTIVATIONS, OPTIMIZERS, DatasetSpec, Experiment, Run
from core.limits import LAYERS
from core.nn.initializers import AUTO
from core.notes import Note
from ui.lessons.lesson import Try
from ui.shell import controls
from ui.shell.address import Address
from ui.shell.factors import FACTORS
from ui.shell.fixed import control
from ui.shell.labels import label
from ui.shell.language import N_, _
from ui.shell.numbers import exact
from ui.shell.readers import between, one_of, some_of
from ui.shell.settings import SETTINGS

INTRODUCTION = N_(
    "A network learns from the gradient, which passes from the output layer back to the first layer. Every layer "
    "multiplies it by its weights and by the slopes of its activation function."
)
_QUESTION = N_(
    "The gradient says how the loss changes when a weight changes. The slope of Sigmoid is never above {slope}. How "
    "much of the gradient is left after many layers? Each activation function is trained from each kind of initial "
    "weights, so you can see what matters more: the slopes or the initial weights."
)
DATASETS = ["moons", "circles", "xor", "spiral"]
COMPARED = ["sigmoid", "tanh", "relu"]
INITIAL = ["xavier_normal", AUTO]
EPOCHS = [10, 30, 60, 100, 200, 500]
DEPTHS = (1, LAYERS[1])
UNITS = 16
WIDTH = 380  # pixels of a list of choices: two of them beside each other, or one below the other on a phone
NOTHING = N_("Choose at least one activation function and one kind of initial weights.")

TRIES = (
    Try(
        N_("Twenty layers with Adamax"),
        {"layers": 20, "initializer": ["xavier_normal"], "optimizer": "adamax", "epochs": 100},
        N_(
            "Adamax is a variant of Adam. It divides every step by the size of the gradient, so small gradients also "
            "give large steps. But it adds 10⁻⁸ to that size. After twenty layers of **Sigmoid**, the gradient is far "
            "smaller than 10⁻⁸. So this network stays near chance level, and the others learn."
        ),
    ),
    Try(
        N_("Tanh vanishes too, but later"),
        {"activations": ["sigmoid", "tanh"], "layers": 20, "initializer": ["xavier_normal"]},
        N_(
            "The slope of **Tanh** is 1 at z = 0. Before training, much of its gradient passes through twenty layers, "
            "and almost none of Sigmoid's. Training makes the weights of Tanh larger, so its units move to where the "
            "slope is small. In the chart of the slopes, compare its thick line (now) with its thin line (before "
            "training)."
        ),
    ),
    Try(
        N_("Small weights stop ReLU too"),
        {"initializer": ["small_normal"]},
        N_(
            "Many texts say: *ReLU does not suffer from vanishing gradients*. Here its slopes are the same as before. "
            "But the initial weights are about 0.01 in size, so each layer passes on less than a tenth of the gradient "
            "on average. No network here learns. The thin line of **ReLU** falls again at *out*, because almost "
            "nothing enters the output layer."
        ),
    ),
    Try(
        N_("Large weights: the gradient explodes"),
        {"initializer": ["xavier_4"], "optimizer": "adam"},
        N_(
            "With these weights **Sigmoid** learns, but for **ReLU** they are too large. They multiply its gradient in "
            "every layer: at the first layer it is more than a thousand times as large. That is an exploding gradient."
        ),
    ),
    Try(
        N_("One layer: all networks learn"),
        {"layers": 1, "initializer": ["xavier_normal"]},
        N_(
            "With one hidden layer, the gradient passes through the slopes of one layer only. The slopes of "
            "**Sigmoid** remove a little more than three quarters of it, and the network still learns. After 60 "
            "epochs, its test accuracy is about that of a straight line between the classes. The others have a higher "
            "one."
        ),
    ),
)

READING_LOSS = N_("If the loss does not fall, the network has not learned.")
FORMULA = (
    r"\begin{gathered} \delta_1 = f'(z_1)\,W_2^{\mathsf T} \cdots f'(z_n)\,W_{n+1}^{\mathsf T}\;\delta_{n+1} \\[4pt]"
    r"\delta_l = \partial L / \partial z_l \\[8pt]"
    r"|f'(z_1)| \cdots |f'(z_n)| \,\le\, \left(\max |f'|\right)^n \end{gathered}"
)


def question() -> str:
    """What the lesson asks, and how the page answers it."""
    return _(_QUESTION, slope=exact(ACTIVATIONS["sigmoid"].greatest_slope))


def choose(address: Address) -> Experiment | None:
    """The lesson's controls, and the networks they ask for; None while no activation is chosen."""
    choices, initial = FACTORS["activation"].choices, FACTORS["initializer"]
    with st.container(horizontal=True):
        with address.setting("activations", COMPARED, some_of(one_of(Note("activation"), choices))):
            names = control(
                st.multiselect, _("Activation functions"), choices, key="activations",
                format_func=partial(label, "activation"), select_all=False, width=WIDTH,
            )  # fmt: skip
        with address.setting("initializer", INITIAL, some_of(one_of(Note("initializer"), initial.choices))):
            initializers = control(
                st.multiselect, _(initial.label), initial.choices, key="initializer",
                format_func=partial(label, "initializer"), help=_(initial.help), select_all=False, width=WIDTH,
            )  # fmt: skip
    with st.container(horizontal=True):
        with address.setting("layers", 10, between(Note("layers"), *DEPTHS)):
            layers = control(st.slider, _("Hidden layers"), *DEPTHS, key="layers", width=180)
        optimizer = controls.select(
            address, _("Optimizer"), "optimizer", list(OPTIMIZERS), "momentum", width=140,
            format_func=partial(label, "optimizer"),
        )  # fmt: skip
        dataset = controls.select(
            address, _("Dataset"), "dataset", DATASETS, "moons", width=130, format_func=partial(label, "dataset")
        )
        epochs = controls.slide(
            address, _("Epochs"), "epochs", EPOCHS, 60, help=_(SETTINGS["epochs"].help), width=140
        )  # fmt: skip
    if not names or not initializers:
        return None
    runs = tuple(Run(name, optimizer, initializer=each) for name in names for each in initializers)
    return Experiment(DatasetSpec(dataset), runs, hidden=(UNITS,) * layers, epochs=epochs)


def compared(experiment: Experiment) -> dict[str, object]:
    """The settings of Compare that show the same networks or, as it compares one thing at a time, those of them that
    start from the first of the initial weights."""
    first = experiment.runs[0]
    activations = list(dict.fromkeys(run.activation for run in experiment.runs))
    initializers = list(dict.fromkeys(run.initializer for run in experiment.runs))
    if len(activations) == 1 < len(initializers):
        networks = {"compare": "initializer", "activation": first.activation, "initializers": initializers}
    else:
        networks = {"activations": activations, "initializer": first.initializer}
    return networks | {
        "dataset": experiment.dataset.name,
        "layers": len(experiment.hidden),
        "units": str(UNITS),
        "optimizer": first.optimizer,
        "epochs": experiment.epochs,
    }
