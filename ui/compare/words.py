"""Sentences of Compare about what it compares."""

from collections.abc import Iterator
from dataclasses import replace

from core import Experiment, activation_of
from core.analysis.repeats import runs_by_setting
from ui.compare.controls import Comparison
from ui.shell.branches import changes_of
from ui.shell.experiments import listed, nouns_of, share_seeds, shared_facts
from ui.shell.labels import label, setting_labels
from ui.shell.language import N_, _
from ui.shell.numbers import count
from ui.shell.settings import differing

NO_HIDDEN_UNITS = N_("These networks have no hidden layer, so they have no hidden units.")

_ALONE = N_("**One network: {name}.** To compare it with others, choose more in the sidebar.")
_SAME = {
    "activation": N_(
        "**{networks}, and all are the same:** without a hidden layer, none of them uses its activation function."
    ),
    "dropout": N_("**{networks}, and all are the same:** without a hidden layer, no unit can be dropped."),
}
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
    "dropout": N_(
        "**{networks}. Only the dropout rate differs**; data, initial weights, minibatches and random draws are "
        "identical."
    ),
    "schedule": N_(
        "**{networks}. Only the learning rate schedule differs**; data, initial weights and minibatches are identical."
    ),
    "branch": N_(
        "**{networks}. Only what happens after epoch {epoch} differs**; until then, they are the same network."
    ),
    "bias": N_("**{networks}. Only the initial bias differs**; data, initial weights and training are identical."),
}
_OWN_RATES = N_(
    "**{networks}. Only the optimizer and its default learning rate differ**; data, initial weights and minibatches "
    "are identical."
)
_SEVERAL_DIFFER = N_("**{networks}. These differ: {factors}.** Data, random draws and minibatches are identical.")
_OWN_SEEDS = N_("**{networks}. These differ: {factors}, and the random draws.** Data and minibatches are identical.")
_ANEW = N_("**{networks}. Only this differs: {factors}.**")
_BRANCHES = N_("Then one network goes on unchanged, and the other with {changes}.")
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
# Where there are no test data, nothing is split.
_REPEATED_UNSPLIT = N_(
    "Each network is trained {seeds} times. Each time, another seed determines the data (if they are generated), the "
    "minibatches and the initial weights. Networks with the same seed share all of these."
)
_REPEATED_UNSPLIT_ALONE = N_(
    "It is trained {seeds} times. Each time, another seed determines the data (if they are generated), the minibatches "
    "and the initial weights."
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
    else:
        message = _differ(experiment, is_anew)
        fields = {"factors": nouns_of(experiment), "epoch": experiment.branch_epoch}
        said = [_(message, networks=count(len(groups), "network"), **fields), *_of_branch(experiment)]
        first = " ".join(said)
    if seeds == 1 or not share_seeds(experiment):
        return first
    return f"{first} {_(_repeated(experiment, is_anew, is_alone=len(groups) == 1), seeds=seeds)}"


def same_for_all(asked: Comparison) -> str:
    """The settings that all networks of the comparison share."""
    return " · ".join(shared_facts(asked.experiment, asked.factor))


def functions(experiment: Experiment) -> Iterator[str]:
    """What each of the compared activation functions is."""
    for name in names_of_functions(experiment):
        record = activation_of(name)
        yield _(_FUNCTION, name=label("activation", name), formula=record.formula, note=_(record.note))


def names_of_functions(experiment: Experiment) -> list[str]:
    """The activation functions in it, each once."""
    return list(dict.fromkeys(name for run in experiment.runs for name in run.layer_activations(1)))


def _repeated(experiment: Experiment, is_anew: bool, is_alone: bool) -> str:
    """The message that says what each seed draws."""
    if not is_anew:
        return _REPEATED_ALONE if is_alone else _REPEATED
    if not experiment.dataset.has_test_part:
        return _REPEATED_UNSPLIT_ALONE if is_alone else _REPEATED_UNSPLIT
    return _REPEATED_ANEW_ALONE if is_alone else _REPEATED_ANEW


def _of_branch(experiment: Experiment) -> list[str]:
    """A sentence on what differs behind a branch, where nothing else does."""
    run = experiment.runs[-1]
    if differing(experiment) != ["branch"] or len(runs_by_setting(experiment)) > 2 or not share_seeds(experiment):
        return []
    branches = {each.branch for each in experiment.runs}
    (branch,) = branches - {None} if None in branches else {run.branch}
    return [_(_BRANCHES, changes=listed(changes_of(experiment, replace(run, branch=branch))))]


def _differ(experiment: Experiment, is_anew: bool) -> str:
    """The message that says in what the networks differ."""
    fields = differing(experiment)
    if len(fields) == 1 and fields[0] in _SAME and not experiment.hidden:
        return _SAME[fields[0]]
    if not share_seeds(experiment):
        return _OWN_SEEDS
    if is_anew:
        return _ANEW
    if len(fields) > 1:
        return _SEVERAL_DIFFER
    if fields == ["optimizer"] and experiment.runs[0].learning_rate is None:
        return _OWN_RATES
    return _ONE_DIFFERS[fields[0]]
