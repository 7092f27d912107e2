"""Sentences on screen: each is one whole string with named fields, never glued from parts."""

from collections.abc import Iterator

from core import ACTIVATIONS, Experiment, History, final_figures
from core.analysis.repeats import runs_by_setting, setting_names
from ui.charts.curves import out_of_sight
from ui.compare.controls import Comparison
from ui.shell.experiments import nouns_of, share_seeds, shared_facts
from ui.shell.numbers import count
from ui.shell.settings import differing

NO_HIDDEN_UNITS = "These networks have no hidden layer, and so no hidden units."
_MEDIANS = "Line: median of the seeds. Band: lowest to highest."
_MEDIANS_OF_FINITE = (
    "Line: median of the seeds that have not diverged. Band: lowest to highest of them. The table of final figures has "
    "means of all seeds, the diverged ones with their last finite state."
)
READING_LOSS = "Point at a curve to read the value of every network at that epoch."

_READING_UNITS = (
    "A **dead** unit has slope 0 for every training sample, so no gradient reaches its weights (PyTorch has more of "
    "them: in float32, its slope of tanh is 0 beyond 9). A **saturated** one has less than 5 % of its activation's "
    "greatest slope for at least 95 % of the samples, and a function whose slope does not go to 0, such as leaky_relu, "
    "has none. "
    "Each strip is a hidden layer, the one nearest to the input on top; the stronger the colour, the more of its units."
)
_ALONE = "**One network: {name}{seeds}.** Choose more under *Compare*, to compare it with. It has: {facts}."
_SAME = (
    "**{networks} networks without a hidden layer: none uses its activation function, so all are the same.** "
    "They have: {facts}."
)
_COMPARISON = (
    "**{networks} networks that differ in nothing but their {factor}{seeds}.** "
    "The same for all, down to the order of the minibatches and the random draws behind the initial weights: {facts}."
)
_OWN_SEEDS = (
    "**{networks} networks that differ in nothing but their {factor} and the draws behind their initial weights.** "
    "The same for all, down to the order of the minibatches: {facts}."
)
_ANEW = (
    "**{networks} networks that differ in nothing but their {factor}, each trained from {seeds} seeds.** Each seed "
    "draws everything anew: the samples, where they are made, their split, the order of the minibatches and the "
    "initial weights. Networks of one seed share all of it. The same for all: {facts}."
)
_ANEW_ALONE = (
    "**One network: {name}, trained from {seeds} seeds.** Each seed draws everything anew: the samples, where they are "
    "made, their split, the order of the minibatches and the initial weights. Choose more under *Compare*, to compare "
    "it with. It has: {facts}."
)
_EACH_SEVERAL = ", each trained from {seeds} initial weights"
_FROM_SEVERAL = ", trained from {seeds} initial weights"
_OUT_OF_SIGHT = "**Above this axis: {networks}.** The logarithmic loss axis shows them too."
_OF_SEED = "These are the networks of seed {seed}. "
_NONE_DEAD = "**After {epochs} no unit is dead.** {reading}"
_SOME_DEAD = "**Dead after {epochs}: {networks}.** {reading}"
_FUNCTION = "**{name}** ({label}): ${formula}$. {note}"


def comparison(asked: Comparison) -> str:
    """What is compared, and what is the same for all."""
    experiment, factor = asked.experiment, asked.factor
    facts = " · ".join(shared_facts(experiment, factor))
    groups = runs_by_setting(experiment)
    each = max(len({experiment.runs[run].seed for run in runs}) for runs in groups)
    is_anew = experiment.redraw != "weights" and each > 1
    if len(groups) == 1 and is_anew:
        return _ANEW_ALONE.format(name=setting_names(experiment)[0], seeds=each, facts=facts)
    if len(groups) == 1:
        seeds = _FROM_SEVERAL.format(seeds=each) if each > 1 else ""
        return _ALONE.format(name=setting_names(experiment)[0], seeds=seeds, facts=facts)
    if differing(experiment) == ["activation"] and not experiment.hidden:
        return _SAME.format(networks=len(groups), facts=facts)
    if not share_seeds(experiment):
        return _OWN_SEEDS.format(networks=len(groups), factor=nouns_of(experiment), facts=facts)
    if is_anew:
        return _ANEW.format(networks=len(groups), factor=nouns_of(experiment), seeds=each, facts=facts)
    seeds = _EACH_SEVERAL.format(seeds=each) if each > 1 else ""
    return _COMPARISON.format(networks=len(groups), factor=nouns_of(experiment), seeds=seeds, facts=facts)


def reading_loss(history: History, log: bool) -> str:
    """How to read the curves, and which are not to be seen."""
    several = len(history.experiment.runs) > len(runs_by_setting(history.experiment))
    hidden = [] if log else out_of_sight(history)
    some_diverged = bool((history.diverged_at >= 0).any())
    parts = [_MEDIANS_OF_FINITE if some_diverged else _MEDIANS] if several else []
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
