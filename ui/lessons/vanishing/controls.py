"""Vanishing gradients: the controls, the table and the sentences of the lesson."""

import streamlit as st

from core import ACTIVATIONS, OPTIMIZERS, DatasetSpec, Experiment, Run
from core.limits import LAYERS
from core.nn.initializers import AUTO
from core.nn.optimizers import EPSILON
from ui.lessons.lesson import Try
from ui.shell import controls
from ui.shell.address import Address, between, one_of, some_of
from ui.shell.factors import FACTORS
from ui.shell.numbers import exact, short
from ui.shell.settings import SETTINGS

INTRODUCTION = (
    "A network learns by the gradient: how much the loss changes when a weight does. It passes back from the output to "
    "the first layer, and every layer on the way multiplies it by its slopes and by its weights. The slope of sigmoid "
    "is never above {slope}: what is left of the gradient after passing back through many layers? Every function is "
    "here once from each of the initial weights, so that one sees what is its own doing and what is theirs."
).format(slope=exact(ACTIVATIONS["sigmoid"].greatest_slope))
DATASETS = ["moons", "circles", "xor", "spiral"]
COMPARED = ["sigmoid", "tanh", "relu"]
INITIAL = ["xavier_normal", AUTO]
EPOCHS = [10, 30, 60, 100, 200, 500]
DEPTHS = (1, LAYERS[1])
UNITS = 16
NOTHING = "Choose at least one activation function and one kind of initial weights to see a network."

TRIES = (
    Try(
        "Twenty layers, with Adamax",
        {"layers": 20, "initializer": ["xavier_normal"], "optimizer": "adamax", "epochs": 100},
        "adamax, a kind of adam, divides every step by the size of the gradient, so that a small one makes large "
        f"steps, too. But it adds {short(EPSILON)} to that size, and after passing back through twenty layers of "
        "**sigmoid** the gradient is far smaller: it stays at a guess, and the others learn.",
    ),
    Try(
        "Tanh vanishes too, later",
        {"activations": ["sigmoid", "tanh"], "layers": 20, "initializer": ["xavier_normal"]},
        "The slope of **tanh** is 1 in the middle. At the start much of its gradient passes through twenty layers, and "
        "of sigmoid's next to nothing. As training makes its weights larger, its units leave the middle: compare "
        "its thick line with the thin one below *Slopes*.",
    ),
    Try(
        "Small weights stop ReLU too",
        {"initializer": ["small_normal"]},
        "*relu does not suffer from vanishing gradients*, they say. Its slopes are the same as before, but with "
        "initial weights of about 0.01 in size hardly anything of the gradient passes a layer: no network here learns. "
        "The thin line of **relu** falls again at *out*, as hardly anything enters the output layer.",
    ),
    Try(
        "Large weights: it explodes",
        {"initializer": ["xavier_4"], "optimizer": "adam"},
        "Weights that let **sigmoid** learn are too large for **relu**: they multiply its gradient, layer by layer, "
        "until more than a thousand times as much arrives. That is an exploding gradient.",
    ),
    Try(
        "One layer: all of them learn",
        {"layers": 1, "initializer": ["xavier_normal"]},
        "With one hidden layer, the gradient crosses one layer of slopes only. Those of **sigmoid** take a little more "
        "than three quarters of it, and it learns all the same. So far, it is right about as often as a straight "
        "line between the classes, and the others are right more often.",
    ),
)

READING_LOSS = "A loss that stays where it was has learnt nothing."
FORMULA = (
    r"\begin{gathered} \delta_1 = f'(z_1)\,W_2^{\mathsf T} \cdots f'(z_n)\,W_{n+1}^{\mathsf T}\;\delta_{n+1} \\[4pt]"
    r"\delta_l = \partial L / \partial z_l \\[8pt]"
    r"|f'(z_1)| \cdots |f'(z_n)| \,\le\, \left(\max |f'|\right)^n \end{gathered}"
)


def choose(address: Address) -> Experiment | None:
    """The lesson's controls, and the networks they ask for; None while no activation is chosen."""
    choices = FACTORS["activation"].choices
    with address.setting("activations", COMPARED, some_of(one_of("activation", choices))):
        names = st.multiselect("Activations", choices, key="activations", select_all=False)
    initial = FACTORS["initializer"]
    with address.setting("initializer", INITIAL, some_of(one_of("initializer", initial.choices))):
        initializers = st.multiselect(
            initial.label, initial.choices, key="initializer", help=initial.help, select_all=False
        )
    with st.container(horizontal=True):
        with address.setting("layers", 10, between("layers", *DEPTHS)):
            layers = st.slider("Hidden layers", *DEPTHS, key="layers", width=180)
        optimizer = controls.select(address, "Optimizer", "optimizer", list(OPTIMIZERS), "momentum", width=140)
        dataset = controls.select(address, "Dataset", "dataset", DATASETS, "moons", width=130)
        epochs = controls.slide(address, "Epochs", "epochs", EPOCHS, 60, help=SETTINGS["epochs"].help, width=140)
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
        "units": UNITS,
        "optimizer": first.optimizer,
        "epochs": experiment.epochs,
    }
