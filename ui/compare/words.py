"""Sentences of Compare: what it compares, and how to read its charts."""

from collections.abc import Iterator

from core import Experiment, History, activation_of, final_figures
from core.analysis.repeats import runs_by_setting
from ui.charts.curves import out_of_sight
from ui.compare.controls import Comparison
from ui.shell.experiments import nouns_of, share_seeds, shared_facts
from ui.shell.labels import label, network_labels, setting_labels
from ui.shell.language import N_, _
from ui.shell.numbers import count
from ui.shell.settings import differing

NO_HIDDEN_UNITS = N_("These networks have no hidden layer, so they have no hidden units.")
READING_LOSS = N_("Point at a curve to read the value of every network at that epoch.")

_ALONE = N_("**One network: {name}.** To compare it with others, choose more in the sidebar.")
_SAME = N_("**{networks}, and all are the same:** without a hidden layer, none of them uses its activation function.")
# By the one field of `Run` in which the networks differ.
_ONE_DIFFERS = {
    "activation": N_(
        "**{networks}. Only the activation function differs**; data, random draws and training are identical."
    ),
    "optimizer": N_("**{networks}. Only the optimizer differs**; data, initial weights and minibatches are identical."),
    "learning_rate": N_(
        "**{networks}. Only the learning rate differs**; data, initial weights and minibatches are identical."
    ),
    "initializer": N_(
        "**{networks}. Only the initial weights differ**; data, random draws and training are identical."
    ),
    "l2": N_("**{networks}. Only the L2 penalty differs**; data, initial weights and minibatches are identical."),
    "l1": N_("**{networks}. Only the L1 penalty differs**; data, initial weights and minibatches are identical."),
    "bias": N_("**{networks}. Only the initial bias differs**; data, initial weights and training are identical."),
}
_OWN_RATES = N_(
    "**{networks}. Only the optimizer and its default learning rate differ**; data, initial weights and minibatches "
    "are identical."
)
_SEVERAL_DIFFER = N_("**{networks}. These differ: {factors}.** Data, random draws and minibatches are identical.")
_OWN_SEEDS = N_("**{networks}. These differ: {factors}, and the random draws.** Data and minibatches are identical.")
_ANEW = N_("**{networks}. Only this differs: {factors}.**")
_REPEATED = N_("Each network is trained {seeds} times, from different random initial weights.")
_REPEATED_ALONE = N_("It is trained {seeds} times, from different random initial weights.")
_REPEATED_ANEW = N_(
    "Each network is trained {seeds} times. Each time, another seed determines the data (if they are generated), their "
    "split, the minibatches and the initial weights. Networks with the same seed share all of these."
)
_REPEATED_ANEW_ALONE = N_(
    "It is trained {seeds} times. Each time, another seed determines the data (if they are generated), their split, "
    "the minibatches and the initial weights."
)

_MEDIANS = N_("Line: median of the seeds. Band: lowest to highest.")
_MEDIANS_OF_FINITE = N_(
    "Line: median of the seeds that have not diverged. Band: their lowest to highest. The final results are means of "
    "all seeds; a diverged seed counts with its last finite state."
)
_OUT_OF_SIGHT = N_("**Too large for this scale: {networks}.** The logarithmic scale shows them, too.")
_OF_SEED = N_("These are the networks of seed {seed}.")
_NONE_DEAD = N_("**No unit is dead after {epochs}.**")
_SOME_DEAD = N_("**Dead units after {epochs}: {networks}.**")
_DEAD_OF = N_("{network}: {dead} of {units}")
_READING_UNITS = N_(
    "A **dead** unit has slope 0 for every training sample, so no gradient reaches its weights. The slope of a "
    "**saturated** unit is small: below 5 % of its function's largest slope, for at least 95 % of the samples. "
    "Functions such as Leaky ReLU have no saturated units, because their slope never comes near 0. Each strip is one "
    "hidden layer, the first at the top. Stronger colour: more units."
)
_FUNCTION = N_("**{name}**: ${formula}$. {note}")


def comparison(asked: Comparison) -> str:
    """What is compared; `same_for_all` has the settings that all networks share."""
    experiment = asked.experiment
    groups = runs_by_setting(experiment)
    seeds = max(len({experiment.runs[run].seed for run in runs}) for runs in groups)
    is_anew = experiment.redraw != "weights" and seeds > 1
    if len(groups) == 1:
        first = _(_ALONE, name=setting_labels(experiment)[0])
        repeated = _REPEATED_ANEW_ALONE if is_anew else _REPEATED_ALONE
    else:
        message = _differ(experiment, is_anew)
        first = _(message, networks=count(len(groups), "network"), factors=nouns_of(experiment))
        repeated = _REPEATED_ANEW if is_anew else _REPEATED
    return f"{first} {_(repeated, seeds=seeds)}" if seeds > 1 and share_seeds(experiment) else first


def same_for_all(asked: Comparison) -> str:
    """The settings that all networks of the comparison share."""
    return " · ".join(shared_facts(asked.experiment, asked.factor))


def reading_loss(history: History, log: bool) -> str:
    """How to read the curves, and which are not to be seen."""
    several = len(history.experiment.runs) > len(runs_by_setting(history.experiment))
    hidden = [] if log else out_of_sight(history)
    some_diverged = bool((history.diverged_at >= 0).any())
    parts = [_(_MEDIANS_OF_FINITE if some_diverged else _MEDIANS)] if several else []
    parts += [_(READING_LOSS), *([_(_OUT_OF_SIGHT, networks=", ".join(hidden))] if hidden else [])]
    return " ".join(parts)


def reading_units(history: History, seeds: int = 1) -> str:
    """How many units are dead in the end, and how to read the strips; of how many seeds these are one."""
    units = sum(history.experiment.hidden)
    rows = zip(network_labels(history.experiment), final_figures(history).dead_units)
    dead = [_(_DEAD_OF, network=name, dead=number, units=units) for name, number in rows if number]
    epochs = count(int(history.epochs[-1]), "epoch")
    parts = [_(_OF_SEED, seed=history.experiment.runs[0].seed)] if seeds > 1 else []
    parts += [_(_SOME_DEAD if dead else _NONE_DEAD, epochs=epochs, networks="; ".join(dead)), _(_READING_UNITS)]
    return " ".join(parts)


def functions(experiment: Experiment) -> Iterator[str]:
    """What each of the compared activation functions is."""
    for name in names_of_functions(experiment):
        record = activation_of(name)
        yield _(_FUNCTION, name=label("activation", name), formula=record.formula, note=_(record.note))


def names_of_functions(experiment: Experiment) -> list[str]:
    """The activation functions in it, each once."""
    return list(dict.fromkeys(name for run in experiment.runs for name in run.layer_activations(1)))


def _differ(experiment: Experiment, is_anew: bool) -> str:
    """The message that says in what the networks differ."""
    fields = differing(experiment)
    if fields == ["activation"] and not experiment.hidden:
        return _SAME
    if not share_seeds(experiment):
        return _OWN_SEEDS
    if is_anew:
        return _ANEW
    if len(fields) > 1:
        return _SEVERAL_DIFFER
    if fields == ["optimizer"] and experiment.runs[0].learning_rate is None:
        return _OWN_RATES
    return _ONE_DIFFERS[fields[0]]
