"""Sentences on screen: each is one whole string with named fields, never glued from parts."""

from collections.abc import Iterator

from core import ACTIVATIONS, LOSSES, Experiment, History, final_figures, load
from core.analysis.repeats import LEAST_SEEDS, mean_figures, repeats, setting_names, within_spread
from core.data.datasets import OWN
from ui.charts.boundaries import points_drawn
from ui.charts.curves import out_of_sight
from ui.compare.controls import Comparison
from ui.shell.factors import Factor, text_of
from ui.shell.plain import plain

NEVER_FINITE = "None of these networks has a finite state, so there is nothing to draw of them."
NO_HIDDEN_UNITS = "These networks have no hidden layer, and so no hidden units."
_MEDIANS = "Lines are the median of the seeds, bands reach from the least to the greatest of them."
READING_LOSS = "Point at a curve to read every network's loss there; click a name in the legend to bring its line out."

_READING_UNITS = (
    "A **dead** unit has slope 0 for every training sample, so no gradient reaches its weights. "
    "A **saturated** one has less than 5 % of its activation's greatest slope for at least 95 % of the samples. "
    "Each strip is a hidden layer, the one nearest to the input on top; the stronger the colour, the more of its units."
)
_TRAINING = "Training for {epochs}: {networks} …"
_ALONE = "**One network: {name}{seeds}.** Choose more under *Compare*, to compare it with. It has: {facts}."
_WEIGHTS_AUTO = "initial weights auto, scaled to suit each"
_SAME = (
    "**{networks} networks without a hidden layer: none uses its activation function, so all are the same.** "
    "They have: {facts}."
)
_COMPARISON = (
    "**{networks} networks that differ in nothing but their {factor}{seeds}.** "
    "The same for all, down to the order of the minibatches and the random draws behind the initial weights: {facts}."
)
_EACH_SEVERAL = ", each trained from {seeds} initial weights"
_FROM_SEVERAL = ", trained from {seeds} initial weights"
_STOPPED = "**Stopped after epoch {epoch} of {epochs}.** What follows is how far the networks have come."
_PROGRESS = "Epoch {epoch} of {epochs}: {networks}"
_FAILED = "**The training did not come to its end**: {error}. Your settings are kept."
_LUCK = (
    "**{best} is best on average ({accuracy:.1f} % on test), but its lead over {near} is within the spread between "
    "seeds.** Other initial weights may turn the order round."
)
_CLEAR = (
    "**{best} is best on average ({accuracy:.1f} % on test)**, and its lead is larger than the spread between {seeds} "
    "seeds explains (paired t-test, 95 %). That is for this split of these data."
)
_FEW_SEEDS = (
    "With so few seeds, a difference of a few percent may be luck. With {least} *seeds for each network*, or more, you "
    "see how much."
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
_OUT_OF_SIGHT = "**Above this axis: {networks}.** The logarithmic loss axis shows them too."
_OF_SEED = "These are the networks of seed {seed}. "
_NONE_DEAD = "**After {epochs} no unit is dead.** {reading}"
_SOME_DEAD = "**Dead after {epochs}: {networks}.** {reading}"
_FUNCTION = "**{name}** ({label}): ${formula}$. {note}"


def training(experiment: Experiment) -> str:
    """While it trains."""
    names = ", ".join(setting_names(experiment))
    return _TRAINING.format(networks=names, epochs=count(experiment.epochs, "epoch"))


def progress(experiment: Experiment, epoch: int) -> str:
    names = ", ".join(setting_names(experiment))
    return _PROGRESS.format(epoch=epoch, epochs=experiment.epochs, networks=names)


def stopped(experiment: Experiment, epoch: int) -> str:
    return _STOPPED.format(epoch=epoch, epochs=experiment.epochs)


def failed(error: str) -> str:
    return _FAILED.format(error=error)


def comparison(asked: Comparison) -> str:
    """What is compared, and what is the same for all."""
    experiment, factor = asked.experiment, asked.factor
    facts = " · ".join(shared_facts(experiment, factor))
    groups = repeats(experiment)
    if len(groups) == 1:
        seeds = _FROM_SEVERAL.format(seeds=len(groups[0])) if len(groups[0]) > 1 else ""
        return _ALONE.format(name=setting_names(experiment)[0], seeds=seeds, facts=facts)
    if factor.field == "activation" and not experiment.hidden:
        return _SAME.format(networks=len(groups), facts=facts)
    seeds = _EACH_SEVERAL.format(seeds=len(groups[0])) if len(groups[0]) > 1 else ""
    return _COMPARISON.format(networks=len(groups), factor=factor.noun, seeds=seeds, facts=facts)


def shared_facts(experiment: Experiment, factor: Factor) -> list[str]:
    """What the networks of a comparison have in common."""
    data, first, hidden = load(experiment.dataset), experiment.runs[0], experiment.hidden
    trained, tested = len(data.y_train), len(data.y_test)
    spec, layers = data.spec, count(len(hidden), "hidden layer")
    name = "own data" if spec.name == OWN else spec.name
    own_rates = first.learning_rate is None and factor.field == "optimizer"
    facts = {
        "data": f"{name}, {data.classes} classes, {trained} training and {tested} test samples",
        "noise": f"noise {spec.noise:g}" if spec.noise is not None else None,
        "view": f"view {spec.view}" if spec.view else None,
        "activation": text_of(first.activation) if hidden else None,
        "hidden": f"{layers} of {count(hidden[0], 'unit')}" if hidden else "no hidden layer",
        "optimizer": first.optimizer,
        "learning_rate": "each optimizer's own learning rate" if own_rates else f"learning rate {first.rate:g}",
        "l2": f"L2 penalty {first.l2:g}" if first.l2 else None,
        "loss": LOSSES[experiment.loss].label.lower() if experiment.loss != "cross_entropy" else None,
        "epochs": count(experiment.epochs, "epoch"),
        "batch": f"minibatches of {experiment.batch_size}" if experiment.batch_size < trained else "full batch",
        "initializer": _WEIGHTS_AUTO if first.initializer == "auto" else f"weights {first.initializer}",
        "seed": f"seed {experiment.seed}",
    }
    return [fact for field, fact in facts.items() if fact and field != factor.field]


def luck(history: History) -> str:
    """Whether the differences are larger than those between initial weights."""
    groups = repeats(history.experiment)
    if len(groups) < 2 or len(set(history.test_loss[:, -1].tolist())) == 1:  # the same network, many times
        return ""
    found = within_spread(history)
    if found is None:
        return _FEW_SEEDS.format(least=LEAST_SEEDS)
    best, near = found
    table = mean_figures(history).set_index("network")
    accuracy, seeds = 100 * table.test_accuracy[best], len(groups[0])
    return (_LUCK if near else _CLEAR).format(best=best, accuracy=accuracy, near=", ".join(near), seeds=seeds)


def reading_boundaries(experiment: Experiment) -> str:
    """How to read the pictures, and what to notice."""
    data = load(experiment.dataset)
    across, up = data.plane_names
    sentence = _SLICE if data.spec.view == "all" else _EXACT
    parts = [sentence.format(features=data.features, across=plain(across), up=plain(up), reading=_READING)]
    drawn, samples = points_drawn(data), len(data.y_train) + len(data.y_test)
    if drawn < samples:
        parts.append(_SOME_DRAWN.format(drawn=drawn, samples=samples))
    if experiment.hidden and any(run.activation == "identity" for run in experiment.runs):
        parts.append(_NOTICE)
    return " ".join(parts)


def reading_loss(history: History, log: bool) -> str:
    """How to read the curves, and which are not to be seen."""
    several = len(history.experiment.runs) > len(repeats(history.experiment))
    hidden = [] if log else out_of_sight(history)
    parts = [_MEDIANS] if several else []
    parts += [READING_LOSS, *([_OUT_OF_SIGHT.format(networks=", ".join(hidden))] if hidden else [])]
    return " ".join(parts)


def reading_units(history: History, seeds: int = 1) -> str:
    """How many units are dead in the end, and how to read the strips; of how many seeds these are one."""
    units = sum(history.experiment.hidden)
    dead = [
        f"{row.network} {row.dead_units} of {units}" for row in final_figures(history).itertuples() if row.dead_units
    ]
    epochs = count(int(history.epochs[-1]), "epoch")
    seed = _OF_SEED.format(seed=history.experiment.runs[0].seed) if seeds > 1 else ""
    return seed + (_SOME_DEAD if dead else _NONE_DEAD).format(
        epochs=epochs, networks=", ".join(dead), reading=_READING_UNITS
    )


def functions(experiment: Experiment) -> Iterator[str]:
    """What each of the compared activation functions is."""
    for name in names_of_functions(experiment):
        record = ACTIVATIONS[name]
        yield _FUNCTION.format(name=name, label=record.label, formula=record.formula, note=record.note)


def names_of_functions(experiment: Experiment) -> list[str]:
    """The activation functions in it, each once."""
    return list(dict.fromkeys(name for run in experiment.runs for name in run.layer_activations(1)))


def count(number: int, noun: str) -> str:
    """`1 epoch`, `2 epochs`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
