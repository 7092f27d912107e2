"""Sentences on screen: each is one whole string with named fields, never glued from parts."""

from collections.abc import Iterator

from core import ACTIVATIONS, Experiment, History, final_figures, load
from core.summary import STANDSTILL, network_names, stands_still
from ui.charts.boundaries import points_drawn
from ui.charts.curves import out_of_sight

NO_HIDDEN_UNITS = "These networks have no hidden layer, and so no hidden units."
READING_LOSS = "Point at a curve to read every network's loss there; click a name in the legend to bring its line out."

_READING_UNITS = (
    "A **dead** unit has slope 0 for every training sample, so no gradient reaches its weights. "
    "A **saturated** one has less than 5 % of its activation's greatest slope for at least 95 % of the samples. "
    "Each strip is a hidden layer, the one nearest to the input on top; the stronger the colour, the more of its units."
)
_TRAINING = "Training for {epochs}: {networks} …"
_ALONE = "**One network, {activation}.** Choose more activations to compare it with. It has: {facts}."
_SAME = (
    "**{networks} networks without a hidden layer: none uses its activation function, so all are the same.** "
    "They have: {facts}."
)
_COMPARISON = (
    "**{networks} networks that differ in nothing but their activation function.** "
    "The same for all, down to the order of the minibatches and the random draws behind the initial weights: {facts}."
)
_READING = (
    "Filled points were trained on, rings are the test. The shade is the class that the network predicts, the stronger "
    "the surer; without shade, it cannot tell."
)
_EXACT = "Across: {across}; up: {up}; both standardised. {reading}"
_SLICE = (
    "The networks see all {features} features. Each picture is the slice through the data's mean along the first two "
    "principal directions (across: the 1st, up: the 2nd), and the points are projected onto it: one that looks "
    "misplaced may well be right. {reading}"
)
_NOTICE = (
    "Notice: identity can only draw a straight line. What bends the line is the activation function: relu and its kin "
    "at corners, smooth functions in curves."
)
_SOME_DRAWN = "Of the {samples} samples, {drawn} are drawn."
_DIVERGED = (
    "**Diverged: {networks}.** Their numbers became infinite; what is shown of them is their last finite state. "
    "A smaller learning rate usually helps."
)
_NEVER_FINITE = (
    "**Too much from the start: {networks}.** With these initial weights the outputs are infinite before any training. "
    "Fewer layers or smaller initial weights help."
)
_VANISHED = (
    "**First layer all but standing still: {networks}.** Hardly any gradient reaches it (its norm is below {least:g}). "
    "Fewer layers, a smaller learning rate, or initial weights that suit the activation usually help."
)
_OUT_OF_SIGHT = "**Above this axis: {networks}.** The logarithmic loss axis shows them too."
_NONE_DEAD = "**After {epochs} no unit is dead.** {reading}"
_SOME_DEAD = "**Dead after {epochs}: {networks}.** {reading}"
_FUNCTION = "**{name}** ({label}): ${formula}$. {note}"


def training(experiment: Experiment) -> str:
    """While it trains."""
    names = ", ".join(network_names(experiment))
    return _TRAINING.format(networks=names, epochs=_count(experiment.epochs, "epoch"))


def comparison(experiment: Experiment) -> str:
    """What is compared, and what is the same for all."""
    facts = " · ".join(shared_facts(experiment))
    if len(experiment.runs) == 1:
        return _ALONE.format(activation=network_names(experiment)[0], facts=facts)
    return (_COMPARISON if experiment.hidden else _SAME).format(networks=len(experiment.runs), facts=facts)


def shared_facts(experiment: Experiment) -> list[str]:
    """What the networks of a comparison of activations have in common."""
    data, first, hidden = load(experiment.dataset), experiment.runs[0], experiment.hidden
    trained, tested = len(data.y_train), len(data.y_test)
    return [
        f"{data.spec.name}, {data.classes} classes, {trained} training and {tested} test samples",
        f"noise {data.spec.noise:g}" if data.spec.noise is not None else f"view {data.spec.view}",
        f"{_count(len(hidden), 'hidden layer')} of {_count(hidden[0], 'unit')}" if hidden else "no hidden layer",
        f"{first.optimizer} with learning rate {first.rate:g}",
        _count(experiment.epochs, "epoch"),
        f"minibatches of {experiment.batch_size}" if experiment.batch_size < trained else "full batch",
        "initial weights auto, scaled to suit each" if first.initializer == "auto" else f"weights {first.initializer}",
        f"seed {first.seed}",
    ]


def reading_boundaries(experiment: Experiment) -> str:
    """How to read the pictures, and what to notice."""
    data = load(experiment.dataset)
    across, up = data.plane_names
    sentence = _SLICE if data.spec.view == "all" else _EXACT
    parts = [sentence.format(features=data.features, across=across, up=up, reading=_READING)]
    drawn, samples = points_drawn(data), len(data.y_train) + len(data.y_test)
    if drawn < samples:
        parts.append(_SOME_DRAWN.format(drawn=drawn, samples=samples))
    if experiment.hidden and any(run.activation == "identity" for run in experiment.runs):
        parts.append(_NOTICE)
    return " ".join(parts)


def troubles(history: History) -> Iterator[str]:
    """What went wrong in a training, if anything, each in a sentence."""
    figures = final_figures(history)
    never = figures.network[figures.diverged_at == 0]
    if len(never):
        yield _NEVER_FINITE.format(networks=", ".join(never))
    diverged = [f"{row.network} in epoch {row.diverged_at:.0f}" for row in figures.itertuples() if row.diverged_at > 0]
    if diverged:
        yield _DIVERGED.format(networks=", ".join(diverged))
    standing = figures.network[figures.diverged_at.isna() & stands_still(history)]
    if len(standing):
        yield _VANISHED.format(networks=", ".join(standing), least=STANDSTILL)


def reading_loss(history: History, log: bool) -> str:
    """How to read the curves, and which are not to be seen."""
    hidden = [] if log else out_of_sight(history)
    return f"{READING_LOSS} {_OUT_OF_SIGHT.format(networks=', '.join(hidden))}" if hidden else READING_LOSS


def reading_units(history: History) -> str:
    """How many units are dead in the end, and how to read the strips."""
    units = sum(history.experiment.hidden)
    dead = [
        f"{row.network} {row.dead_units} of {units}" for row in final_figures(history).itertuples() if row.dead_units
    ]
    epochs = _count(int(history.epochs[-1]), "epoch")
    return (_SOME_DEAD if dead else _NONE_DEAD).format(epochs=epochs, networks=", ".join(dead), reading=_READING_UNITS)


def functions(experiment: Experiment) -> Iterator[str]:
    """What each of the compared activation functions is."""
    for name in dict.fromkeys(name for run in experiment.runs for name in run.layer_activations(1)):
        record = ACTIVATIONS[name]
        yield _FUNCTION.format(name=name, label=record.label, formula=record.formula, note=record.note)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
