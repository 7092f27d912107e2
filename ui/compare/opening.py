"""The first sentence of Compare: what there is to see, and what to do."""

from core.analysis.repeats import runs_by_setting
from ui.compare.controls import Comparison
from ui.shell.experiments import share_seeds
from ui.shell.language import N_, _
from ui.shell.settings import differing

_PLAY_ONE = N_("Press **Play the training** to watch it learn.")
_PLAY = N_("Press **Play the training** to watch them learn.")
_ALONE = N_("See how a small network learns to separate the classes.")
_SEVERAL = N_("See how {number} small networks learn to separate the classes.")
_OF_FACTOR = {
    "activation": N_("See what activation functions do: {number} small networks learn the same data."),
    "optimizer": N_("See what the optimizer does: {number} small networks learn the same data."),
    "learning_rate": N_("See what the learning rate does: {number} small networks learn the same data."),
    "initializer": N_("See what the initial weights do: {number} small networks learn the same data."),
    "l2": N_("See what an L2 penalty does: {number} small networks learn the same data."),
    "dropout": N_("See what the dropout rate does: {number} small networks learn the same data."),
    "schedule": N_("See what a learning rate schedule does: {number} small networks learn the same data."),
    "branch": N_("See what a change during the training does: {number} small networks learn the same data."),
    "l1": N_("See what an L1 penalty does: {number} small networks learn the same data."),
}
_IN_WORDS = (N_("two"), N_("three"), N_("four"), N_("five"), N_("six"), N_("seven"), N_("eight"), N_("nine"))
_COMMON = N_("The same for all networks")
_OF_ONE = N_("Settings of this network")


def opening(asked: Comparison) -> str:
    """The sentence about a comparison."""
    experiment, fields = asked.experiment, differing(asked.experiment)
    networks = len(runs_by_setting(experiment))
    parts = [_ALONE if networks == 1 else _SEVERAL]
    if networks > 1 and len(fields) == 1 and _is_paired(asked) and _is_used(asked, fields[0]):
        parts = [_OF_FACTOR.get(fields[0], _SEVERAL)]
    parts += [_PLAY_ONE if networks == 1 else _PLAY] if experiment.epochs else []
    number = _(_IN_WORDS[networks - 2]) if 2 <= networks < 2 + len(_IN_WORDS) else networks
    return " ".join(_(part, number=number) for part in parts)


def common(asked: Comparison) -> str:
    """What stands above the settings that all networks of a comparison have."""
    return _(_COMMON if len(runs_by_setting(asked.experiment)) > 1 else _OF_ONE)


def _is_paired(asked: Comparison) -> bool:
    """Whether all networks learn one set of data."""
    return asked.experiment.redraw == "weights" and share_seeds(asked.experiment)


def _is_used(asked: Comparison, field: str) -> bool:
    return bool(asked.experiment.hidden) or field not in ("activation", "dropout")
