"""Vanishing gradients: the controls, the table and the sentences of the lesson."""

from collections.abc import Iterator

import numpy as np
import streamlit as st

from core import ACTIVATIONS, INITIALIZERS, OPTIMIZERS, DatasetSpec, Experiment, History, Run
from core.chain import Chain, chain_figures
from core.initializers import AUTO
from core.limits import LAYERS
from core.optimizers import EPSILON
from ui import controls
from ui.address import Address, between, one_of, some_of
from ui.charts.palette import run_looks
from ui.factors import FACTORS
from ui.lesson import Try
from ui.words import RAISED, count, short

INTRODUCTION = (
    "A network learns by the gradient, which goes back from the output to the first layer. Every layer on the way "
    "multiplies it by its slopes and by its weights. The slope of sigmoid is never above {slope:g}: what is left of "
    "the gradient behind many layers?"
).format(slope=ACTIVATIONS["sigmoid"].greatest_slope)
DATASETS = ["moons", "circles", "xor", "spiral"]
COMPARED = ["sigmoid", "tanh", "relu", "leaky_relu"]
EPOCHS = [10, 30, 60, 100, 200, 500]
DEPTHS = (1, LAYERS[1])
UNITS = 16
NOTHING = "Choose at least one activation function to see a network."

TRIES = (
    Try(
        "Twenty layers, with Adam",
        {"layers": 20, "optimizer": "adam"},
        "adam divides every step by the size of the gradient, so that a small one makes large steps, too. But it adds "
        f"{short(EPSILON)} to that size, and behind twenty layers of **sigmoid** the gradient is far smaller: it stays "
        "at a guess, and the others learn.",
    ),
    Try(
        "Small weights stop ReLU too",
        {"initializer": "small_normal"},
        "*relu does not suffer from vanishing gradients*, they say. Its slopes are the same as before, but with "
        "initial weights near 0.01 hardly anything of the gradient passes a layer: no network here learns.",
    ),
    Try(
        "One layer: all of them learn",
        {"layers": 1},
        "With one hidden layer, the gradient crosses one layer of slopes only. Those of **sigmoid** take a little more "
        "than three quarters of it, and it learns all the same.",
    ),
)

_REACHES = "Before training, the gradient of the first layer is **{share}** times that of the output layer."
_REACH = (
    "Before training, the gradient of the first layer is **{share}** times that of the output layer in **{network}**, "
    "and {other_share} times in **{other}**."
)
_MADE_UP = (
    "The slopes of **{network}** alone leave **{slopes}** of the gradient. Its initial weights multiply that by "
    "**{weights}**, which makes **{left}**."
)
_WEIGHTS = "The initial weights of **{network}** multiply the gradient by **{weights}**, its slopes by {slopes}."
_NOTHING_LEFT = "Before training, nothing of the gradient gets through all hidden layers."
_LEARNT = (
    "After {epochs}, **{network}** is right for **{accuracy:.1f} %** of the test samples. Its training loss was "
    "{before:.3f} at the start, and is {after:.3f} now."
)
_LEARNT_BESIDE = (
    "After {epochs}, **{network}** is right for **{accuracy:.1f} %** of the test samples, **{other}** for {best:.1f} "
    "%. The training loss of {network} was {before:.3f} at the start, and is {after:.3f} now."
)
READING = (
    "Press play: lines go through the training, thin lines stay at its start. Compare the layers of a line rather than "
    "its height: where a network has learnt, its gradient is small, too."
)
READING_SLOPES = (
    "The product of the slopes alone, from the output back to each layer. Short bars are the most that they could "
    "leave: the greatest slope, once for each layer."
)
READING_LOSS = "A loss that stays where it was has learnt nothing."
READING_FIGURES = (
    "All but the accuracy is before training. *Slopes × weights* is what is left of $\\delta$, the gradient by the "
    "weighted sums. The first picture has the gradient by the weights, which is $\\delta$ times what enters the layer."
)
FORMULA = (
    r"\begin{gathered} \delta_1 = f'(z_1)\,W_2^{\mathsf T} \cdots f'(z_n)\,W_{n+1}^{\mathsf T}\;\delta_{n+1} \\[4pt]"
    r"\delta_l = \partial L / \partial z_l \\[8pt]"
    r"|f'(z_1)| \cdots |f'(z_n)| \,\le\, \left(\max |f'|\right)^n \end{gathered}"
)
_NUMBERS = (
    "**{network}**, {layers}, before training: slopes times weights, {slopes} × {weights} = **{left}**, is left of the "
    "gradient.\n\nSlopes alone can leave at most {greatest:.4g}{power} = **{bound}**. Weights have no such bound: "
    "large ones can make up for small slopes."
)
_NO_BOUND = (
    "**{network}**, {layers}, before training: slopes times weights, {slopes} × {weights} = **{left}**, is left of the "
    "gradient. Its slopes have no bound."
)
_BLEW_UP = "Blew up: **{networks}**. Compare tells why, and what helps."

_NUMBER = {"format": "%.2g"}
_COLUMNS = {
    "network": st.column_config.TextColumn("Network"),
    "bound": st.column_config.NumberColumn(
        "At most", help="The most that slopes can leave of the gradient: the greatest slope, once a layer.", **_NUMBER
    ),
    "slopes": st.column_config.NumberColumn(
        "Slopes", help="What slopes leave of the gradient, over all hidden layers, without the weights.", **_NUMBER
    ),
    "weights": st.column_config.NumberColumn("Weights", help="What weights multiply the gradient by.", **_NUMBER),
    "left": st.column_config.NumberColumn(
        "Slopes × weights", help="What is left at the first layer of the gradient at the output.", **_NUMBER
    ),
    "gradient_ratio": st.column_config.NumberColumn(
        "Grad. first ÷ output",
        help="Norm of the gradient by the first layer's weights and biases, divided by that of the output layer's.",
        **_NUMBER,
    ),
    "test_accuracy": st.column_config.NumberColumn("Test acc.", help="After the last epoch.", format="%.1f %%"),
}  # fmt: skip


def choose(address: Address) -> Experiment | None:
    """The lesson's controls, and the networks they ask for; None while no activation is chosen."""
    choices = FACTORS["activation"].choices
    with address.setting("activations", COMPARED, some_of(one_of("activation", choices))):
        names = st.multiselect("Activations", choices, key="activations", select_all=False)
    with st.container(horizontal=True):
        with address.setting("layers", 10, between("layers", *DEPTHS)):
            layers = st.slider("Hidden layers", *DEPTHS, key="layers", width=180)
        initial = FACTORS["initializer"]
        initializer = controls.select(
            address, initial.label, "initializer", [AUTO, *INITIALIZERS], AUTO, help=initial.help, width=160
        )
        optimizer = controls.select(address, "Optimizer", "optimizer", list(OPTIMIZERS), "momentum", width=140)
        dataset = controls.select(address, "Dataset", "dataset", DATASETS, "moons", width=130)
        epochs = controls.slide(address, "Epochs", "epochs", EPOCHS, 60, help=controls.EPOCHS_HELP, width=140)
    if not names:
        return None
    runs = tuple(Run(name, optimizer, initializer=initializer) for name in names)
    return Experiment(DatasetSpec(dataset), runs, hidden=(UNITS,) * layers, epochs=epochs)


def blown_up(history: History) -> str | None:
    """Which networks became infinite, and when."""
    names = [
        f"{run.activation} (epoch {epoch})"
        for run, epoch in zip(history.experiment.runs, history.diverged_at)
        if epoch >= 0
    ]
    return _BLEW_UP.format(networks=", ".join(names)) if names else None


def notices(history: History, followed: Chain) -> Iterator[str]:
    """What there is to notice, with the figures of the networks on screen."""
    table = chain_figures(history, followed)
    ratios = table.gradient_ratio.dropna()
    if len(ratios):
        least, most = ratios.idxmin(), ratios.idxmax()
        yield (_REACHES if least == most else _REACH).format(
            network=table.network[least],
            share=short(ratios[least]),
            other=table.network[most],
            other_share=short(ratios[most]),
        )
    some_left = table[table.left > 0]
    made_up = some_left[(some_left.slopes < 1) & (some_left.weights > 1)]
    if len(made_up):
        yield _MADE_UP.format(**_in_words(made_up.loc[made_up.left.idxmax()]))
    elif len(some_left):
        yield _WEIGHTS.format(**_in_words(some_left.loc[some_left.slopes.idxmax()]))
    else:
        yield _NOTHING_LEFT
    worst, best = table.test_accuracy.idxmin(), table.test_accuracy.idxmax()
    yield (_LEARNT if worst == best else _LEARNT_BESIDE).format(
        epochs=count(int(history.epochs[-1]), "epoch"),
        network=table.network[worst],
        accuracy=100 * table.test_accuracy[worst],
        other=table.network[best],
        best=100 * table.test_accuracy[best],
        before=history.train_loss[worst, 0],
        after=history.train_loss[worst, -1],
    )


def numbers(history: History, followed: Chain) -> str:
    """The formula, in the numbers of the network that has least of its gradient left."""
    table, layers = chain_figures(history, followed), len(history.experiment.hidden)
    some_left = table[table.left > 0]
    if not len(some_left):
        return _NOTHING_LEFT
    row = some_left.loc[some_left.left.idxmin()]
    greatest = ACTIVATIONS[history.experiment.runs[row.name].activation].greatest_slope
    return (_NUMBERS if np.isfinite(greatest) else _NO_BOUND).format(
        layers=count(layers, "hidden layer"),
        greatest=greatest,
        power=str(layers).translate(RAISED),
        bound=short(row.bound),
        **_in_words(row),
    )


def show_figures(history: History, followed: Chain) -> None:
    """A row for each network: what slopes and weights leave of the gradient, and what came of it."""
    table = chain_figures(history, followed)
    table["test_accuracy"] *= 100
    colours = dict(zip(table.network, (look.colour for look in run_looks(history.experiment))))
    coloured = table.style.map(lambda name: f"background-color: {colours[name]}; color: white", ["network"])
    st.dataframe(coloured, column_config=_COLUMNS, hide_index=True)


def compared(experiment: Experiment) -> dict[str, object]:
    """The settings of Compare that show the same networks."""
    first = experiment.runs[0]
    return {
        "dataset": experiment.dataset.name,
        "activations": [run.activation for run in experiment.runs],
        "layers": len(experiment.hidden),
        "units": UNITS,
        "initializer": first.initializer,
        "optimizer": first.optimizer,
        "epochs": experiment.epochs,
    }


def _in_words(row) -> dict[str, str]:
    """The network of a row of `chain_figures`, and what slopes and weights leave."""
    return {"network": row.network} | {name: short(row[name]) for name in ("slopes", "weights", "left")}
