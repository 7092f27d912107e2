"""Branches: a network that has another activation, optimizer or learning rate after an epoch, beside the same one as it
was."""

from collections.abc import Mapping
from dataclasses import replace

from core import Branch, Experiment, Run
from ui.shell.factors import activation_of_layers, layer_activations
from ui.shell.labels import label, labels_of_layers
from ui.shell.language import N_, _
from ui.shell.numbers import exact

_INSTEAD = N_("{new} instead of {old}")
_RATE_INSTEAD = N_("learning rate {new} instead of {old}")
_SAME = N_("the same settings")


def branch_of(chosen: Mapping[str, object], run: Run, layers: int) -> Branch | None:
    """The branch that settings ask for, by the keys of their controls; None if none of the epochs would be another."""
    activation, epoch = chosen["branch_activation"], min(chosen["branch_epoch"], chosen["epochs"])
    if activation is not None:
        activation = activation_of_layers(layer_activations(activation), layers)
    branch = Branch(epoch, activation, chosen["branch_optimizer"], chosen["branch_learning_rate"])
    changes = changed(replace(run, branch=branch), layers)
    return branch if changes and epoch < chosen["epochs"] else None


def changed(run: Run, layers: int) -> list[str]:
    """The fields in which a run of so many hidden layers is another one after its branch."""
    later = run.later
    is_changed = {
        "activation": run.layer_activations(layers) != later.layer_activations(layers),
        "optimizer": run.optimizer != later.optimizer,
        "learning_rate": run.rate != later.rate,
    }
    return [field for field, holds in is_changed.items() if holds]


def changes_of(experiment: Experiment, run: Run) -> list[str]:
    """What a run has after its branch, in words: `SGD instead of Adam`."""
    fields, later = changed(run, len(experiment.hidden)), run.later
    words = {
        "activation": _(_INSTEAD, new=_activations(later), old=_activations(run)),
        "optimizer": _(_INSTEAD, new=label("optimizer", later.optimizer), old=label("optimizer", run.optimizer)),
        "learning_rate": _(_RATE_INSTEAD, new=exact(later.rate), old=exact(run.rate)),
    }
    return [words[field] for field in fields] or [_(_SAME)]


def _activations(run: Run) -> str:
    return labels_of_layers(",".join(run.layer_activations(1)))
