"""Sentences of Compare about its results: how to read its charts, and what is in them."""

from core import History
from core.analysis.falling import still_falling
from core.analysis.repeats import runs_by_setting
from core.analysis.summary import never_finite
from ui.charts.curves import out_of_sight
from ui.shell.labels import network_labels, setting_labels
from ui.shell.language import N_, _
from ui.shell.numbers import count

READING_LOSS = N_("Point at a curve to read the value of every network at that epoch.")
_MEDIANS = N_("Line: median of the seeds. Band: lowest to highest.")
_MEDIANS_OF_FINITE = N_(
    "Line: median of the seeds that have not diverged. Band: their lowest to highest. The final results are means of "
    "all seeds; a diverged seed counts with its last finite state. If it has none, its accuracy counts as 0 %."
)
_OUT_OF_SIGHT = N_("**Too large for this scale: {networks}.** The logarithmic scale shows them, too.")
_ALL_FALL = N_("**The training loss still falls at the end for every network.** More epochs may change the results.")
_SOME_FALL = N_("**The training loss still falls at the end: {networks}.** More epochs may change the results.")
_OF_SEED = N_("These are the networks of seed {seed}.")
_OF_SEEDS = N_("The networks here have different seeds: {networks}.")
_WITH_SEED = N_("{network}: seed {seed}")
_NONE_DEAD = N_("**No unit is dead after {epochs}.**")
_SOME_DEAD = N_("**Dead units after {epochs}: {networks}.**")
_NOT_COUNTED = N_("**No finite state, so no units are counted: {networks}.**")
_LAST_FINITE = N_("A network that diverged counts with its last finite state.")
_DEAD_OF = N_("{network}: {dead} of {units}")
_DEAD_OF_DIVERGED = N_("{network}: {dead} of {units} (before it diverged in epoch {epoch})")
_READING_UNITS = N_(
    "A **dead** unit has slope 0 for every training sample, so no gradient reaches its weights. The slope of a "
    "**saturated** unit is small: below 5 % of its function's largest slope, for at least 95 % of the samples. "
    "Functions such as Leaky ReLU have no saturated units, because their slope never comes near 0. Each strip is one "
    "hidden layer, the first at the top. Stronger colour: more units."
)


def reading_loss(history: History, log: bool) -> str:
    """How to read the curves, and which are not to be seen."""
    several = len(history.experiment.runs) > len(runs_by_setting(history.experiment))
    hidden = [] if log else out_of_sight(history)
    some_diverged = bool((history.diverged_at >= 0).any())
    parts = [_(_MEDIANS_OF_FINITE if some_diverged else _MEDIANS)] if several else []
    parts += [_(READING_LOSS), *([_(_OUT_OF_SIGHT, networks=", ".join(hidden))] if hidden else [])]
    return " ".join(parts + _said_of_falling(history))


def _said_of_falling(history: History) -> list[str]:
    """A sentence on the networks whose loss still falls at the end, if there are any."""
    falls = still_falling(history)
    if not falls.any():
        return []
    if falls.all() and len(falls) > 1:
        return [_(_ALL_FALL)]
    names = [name for name, falls_still in zip(setting_labels(history.experiment), falls) if falls_still]
    return [_(_SOME_FALL, networks=", ".join(names))]


def _said_of_seeds(history: History, seeds: int) -> list[str]:
    """Of which seed these networks are: of one of so many or, in an experiment that was opened, of several."""
    of_runs = [run.seed for run in history.experiment.runs]
    if len(set(of_runs)) == 1:
        return [_(_OF_SEED, seed=of_runs[0])] if seeds > 1 else []
    named = zip(setting_labels(history.experiment), of_runs)
    return [_(_OF_SEEDS, networks="; ".join(_(_WITH_SEED, network=name, seed=seed) for name, seed in named))]


def reading_units(history: History, seeds: int = 1) -> str:
    """How many units are dead in the end, and how to read the strips; of how many seeds these are one."""
    units = sum(history.experiment.hidden)
    labels = network_labels(history.experiment)
    rows = zip(labels, history.dead_units[:, -1].sum(axis=1), history.diverged_at)
    without_state = [label for label, is_never in zip(labels, never_finite(history)) if is_never]
    dead = [
        _(_DEAD_OF if epoch < 0 else _DEAD_OF_DIVERGED, network=name, dead=number, units=units, epoch=epoch)
        for name, number, epoch in rows
        if number and epoch != 0
    ]
    epochs = count(int(history.epochs[-1]), "epoch")
    parts = _said_of_seeds(history, seeds)
    if len(without_state) < len(labels):
        parts.append(_(_SOME_DEAD if dead else _NONE_DEAD, epochs=epochs, networks="; ".join(dead)))
    if not dead and (history.diverged_at > 0).any():
        parts.append(_(_LAST_FINITE))
    if without_state:
        parts.append(_(_NOT_COUNTED, networks="; ".join(without_state)))
    return " ".join([*parts, _(_READING_UNITS)])
