"""Sentences on screen: each is one whole string with named fields, never glued from parts."""

from core import Dataset, Experiment, History, final_figures, load
from core.summary import network_name
from ui.charts.boundaries import points_drawn

_READING_UNITS = (
    "A **dead** unit has slope 0 for every training point, so no gradient reaches its weights. "
    "A **saturated** one has less than 5 % of its activation's greatest slope for at least 95 % of the points. "
    "Each strip is a hidden layer, the one nearest to the input on top; the stronger the colour, the more of its units."
)
NO_HIDDEN_UNITS = (
    "These networks have no hidden layer: their activation functions are never used, and all networks are the same."
)
_TRAINING = "Training for {epochs} epochs: {networks} …"
_ALONE = "**One network, {activation}.** Choose more activations to compare it with. It has: {facts}."
_COMPARISON = (
    "**{networks} networks that differ in nothing but their activation function.** "
    "The same for all, down to the order of the minibatches and the random draws behind the initial weights: {facts}."
)
_EXACT = (
    "Across: {across}; up: {up}; both standardised. Filled points were trained on, rings are the test. The shade "
    "is the class that the network predicts, the stronger the surer. Notice: identity can only draw a straight line, "
    "relu and its kin draw corners, tanh and sigmoid curves."
)
_SLICE = (
    "The networks see all {features} features. Each picture is the slice through the data's mean along the first two "
    "principal directions (across: the 1st, up: the 2nd), and the points are projected onto it: one that looks "
    "misplaced may well be right. Filled points were trained on, rings are the test. The shade is the class that the "
    "network predicts, the stronger the surer."
)


_SOME_DRAWN = "Of the {points} points, {drawn} are drawn."
_NONE_DEAD = "**After {epochs} epochs no unit is dead.** {reading}"
_SOME_DEAD = "**Dead after {epochs} epochs: {networks}.** {reading}"


def training(experiment: Experiment) -> str:
    """While it trains."""
    names = ", ".join(network_name(run.activation) for run in experiment.runs)
    return _TRAINING.format(networks=names, epochs=experiment.epochs)


def comparison(experiment: Experiment) -> str:
    """What is compared, and what is the same for all."""
    facts = " · ".join(shared_facts(experiment))
    if len(experiment.runs) == 1:
        return _ALONE.format(activation=network_name(experiment.runs[0].activation), facts=facts)
    return _COMPARISON.format(networks=len(experiment.runs), facts=facts)


def shared_facts(experiment: Experiment) -> list[str]:
    """What the networks of a comparison of activations have in common."""
    data, first = load(experiment.dataset), experiment.runs[0]
    training_points = len(data.y_train)
    hidden = experiment.hidden
    facts = [
        f"{data.spec.name}, {data.classes} classes, {training_points} training and {len(data.y_test)} test points",
        f"noise {data.spec.noise:g}" if data.spec.noise is not None else f"view {data.spec.view}",
        f"{len(hidden)} hidden layer{'s' * (len(hidden) > 1)} of {hidden[0]} units" if hidden else "no hidden layer",
        f"{first.optimizer} with learning rate {first.rate:g}",
        f"{experiment.epochs} epochs",
        f"minibatches of {experiment.batch_size}" if experiment.batch_size < training_points else "full batch",
        f"initial weights {first.initializer}",
        f"seed {first.seed}",
    ]
    return facts


def reading_units(history: History) -> str:
    """How many units are dead in the end, and how to read the strips."""
    units = sum(history.experiment.hidden)
    dead = [
        f"{row.network} {row.dead_units} of {units}" for row in final_figures(history).itertuples() if row.dead_units
    ]
    sentence = _SOME_DEAD if dead else _NONE_DEAD
    return sentence.format(epochs=history.epochs[-1], networks=", ".join(dead), reading=_READING_UNITS)


def reading_boundaries(data: Dataset) -> str:
    """How to read the pictures, and what to notice."""
    across, up = data.plane_names
    reading = (_SLICE if data.spec.view == "all" else _EXACT).format(features=data.features, across=across, up=up)
    drawn, points = points_drawn(data), len(data.y_train) + len(data.y_test)
    return reading if drawn == points else f"{reading} {_SOME_DRAWN.format(drawn=drawn, points=points)}"
