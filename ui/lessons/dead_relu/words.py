"""Dead ReLUs: the sentences that have the figures of the networks."""

from collections.abc import Sequence

import numpy as np

from core import History, load
from core.analysis.failures import dies_out
from core.analysis.summary import chance_level, network_names
from core.lessons.dead_relu import Fates, coasts
from core.lessons.dead_relu_map import Sweep
from ui.lessons.dead_relu.charts import STATES, states
from ui.lessons.dead_relu.controls import LEARNED, NAMES, RELU
from ui.shell.numbers import count, exact_percent, fixed, percent, short

_SOME_DEAD = (
    "**{dead} of relu's {units} units are dead** after {epochs} (at the start: {born}; dead at some epoch and alive "
    "now: {revived}), {most} of the {wide} in hidden layer {layer}."
)
_ONE_DEAD = (
    "**One of relu's {units} units is dead** after {epochs} (at the start: {born}; dead at some epoch and alive now: "
    "{revived}), in hidden layer {layer}."
)
_NONE_DEAD = (
    "**None of relu's {units} units is dead** after {epochs} (at the start: {born}; dead at some epoch and alive now: "
    "{revived})."
)
_DIED_OUT = (
    "**A whole hidden layer of relu is dead**, {dead} of {units} units in all after {epochs} (at the start: {born}; "
    "dead at some epoch and alive now: {revived}). It gives every training sample the same answer, "
    "which is chance level."
)
_RELU_BLEW_UP = "**relu blew up in epoch {epoch}**. Dead units at its last finite state: {dead} of {units}."
_SCORES = (
    "With seed {seed}, it ends at **{accuracy}** on test, the best of the others at {best}; chance level is {chance}."
)
_SCORES_BUT_SOME = (
    "With seed {seed}, it ends at **{accuracy}** on test, the best of the others that did not blow up at {best}; "
    "chance level is {chance}."
)
_SCORE = "With seed {seed}, it ends at **{accuracy}** on test; chance level is {chance}."
_BLEW_UP = (
    "Blew up, that is, a number in it became infinite: **{networks}**. From then on, what is shown of such a network "
    "is its last finite state, faded."
)
_FOR_EVER = (
    "Only a change in the layers below can bring a dead unit back. Below hidden layer 1 are the data, which do not "
    "change, and {optimizer} makes no step without a gradient: **there, dead is for ever**. Of relu's {units} units "
    "there, dead at some epoch: {deaths}; alive again later: {returns}."
)
_COASTING = (
    "Only a change in the layers below can bring a dead unit back. Below hidden layer 1 are the data, which do not "
    "change; but {optimizer} still makes steps without a gradient: it goes on with earlier ones. They may bring a unit "
    "back, but not one that was dead from the start: it never had any. Of relu's {units} units there, dead at some "
    "epoch: {deaths} (at the start: {born}); alive again later: {returns}."
)
_DEAD_AGAIN = "Of those back, dead again in the end: {relapses}."
_OTHERS = (
    "Dead units of the others: {dead}. Saturated, and dead at no epoch: {saturated}. Such a unit has a slope left, if "
    "a small one."
)
_SUM = "A unit is dead if $f'(z_n) = 0$ for all $N = {samples}$ training samples: then the whole sum is 0."
_BOTH = (
    "After {epochs}, the largest gradient among relu's dead units ({dead}) has norm **{of_dead}**, among its living "
    "ones ({alive}) **{of_alive}**."
)
_ALL_DEAD = "After {epochs}, all {dead} units of relu are dead: the largest of their gradients has norm **{of_dead}**."
_ALL_ALIVE = "After {epochs}, all {alive} units of relu live: the largest of their gradients has norm **{of_alive}**."
_NO_NORMS = "Here relu did not stay finite, so there is no gradient in the end to show."
_ONE_STARVED = (
    "Of the living, 1 gets none either: for the samples at which it fires, nothing comes down from the layers above, "
    "or less than the computer's numbers can hold."
)
_STARVED = (
    "Of the living, {starved} get none either: for the samples at which they fire, nothing comes down from the layers "
    "above, or less than the computer's numbers can hold."
)
_SWEEP_READING = (
    "**To the right: larger steps. Down: lower bias.** Each cell is a network of its own, {networks} in all, with that "
    "learning rate and initial bias, and all else as above. The redder, the more of its units are dead in the end. The "
    "number is its accuracy on test in percent, of which {chance} is chance level; ∞ is a network that blew up: a "
    "number in it became infinite. The frame is at the networks above. Where steps are large, luck decides much: "
    "another seed gives other cells."
)
_SWEEP_ENDS = (
    "Of {networks} networks each, so many have dead units in the end: {dying}. So many reach {least} on test "
    "without blowing up: {learned}."
)
_FAR_BELOW = (
    "Where units of elu or gelu die, it is far below 0: their slope is so small there that the computer's numbers "
    "cannot tell it from 0."
)


def blown_up(history: History) -> str | None:
    """Which networks became infinite, and when."""
    ends = zip(network_names(history.experiment), history.diverged_at)
    names = [f"{name} (epoch {epoch})" for name, epoch in ends if epoch >= 0]
    return _BLEW_UP.format(networks=", ".join(names)) if names else None


def notices(history: History, fates: Fates) -> list[str]:
    """What there is to notice, with the figures of the networks on screen."""
    ends = states(fates)[:, -1]
    dead, saturated = ((ends == STATES.index(state)).sum(axis=1) for state in ("dead", "saturated"))
    return [
        " ".join([_outcome(history, fates), *_scores(history)]),
        " ".join([_first_layer(history, fates), *_dead_again(fates)]),
        _OTHERS.format(dead=_listed(dead, but=RELU), saturated=_listed(saturated, but=RELU)),
    ]


def gradients(history: History, fates: Fates) -> str:
    """What comes to relu's dead units, and to its living ones."""
    dead, norms = fates.dead[RELU, -1], fates.gradient_norm[RELU, -1]
    total = _SUM.format(samples=len(load(history.experiment.dataset).y_train))
    if history.diverged_at[RELU] >= 0 or not np.isfinite(norms).all():
        return f"{total} {_NO_NORMS}"
    numbers = {"epochs": _epochs(history), "dead": dead.sum(), "alive": (~dead).sum()}
    largest = {"of_dead": norms.max(where=dead, initial=0), "of_alive": norms.max(where=~dead, initial=0)}
    sentence = _ALL_DEAD if dead.all() else _BOTH if dead.any() else _ALL_ALIVE
    starved = (norms[~dead] == 0).sum()
    parts = [
        total,
        sentence.format(**numbers, **{name: short(norm) for name, norm in largest.items()}),
        *([(_ONE_STARVED if starved == 1 else _STARVED).format(starved=starved)] if starved else []),
    ]
    return " ".join(parts)


def sweep_reading(ends: Sweep, chance: float) -> str:
    """How to read the maps; `chance` is the chance level of all these networks."""
    return _SWEEP_READING.format(networks=ends.dead_units.size, chance=fixed(100 * chance, 0))


def sweep_ends(ends: Sweep) -> str:
    """In how many networks units die, and how many learn."""
    learned = (ends.test_accuracy >= LEARNED) & ~ends.diverged
    dying, learned = (each.sum(axis=(1, 2)) for each in (ends.dead_units > 0, learned))
    networks = ends.dead_units[RELU].size
    words = _SWEEP_ENDS.format(
        networks=networks, dying=_listed(dying), least=exact_percent(LEARNED), learned=_listed(learned)
    )
    far_below = dying[[NAMES.index("elu"), NAMES.index("gelu")]].any()
    return f"{words} {_FAR_BELOW}" if far_below else words


def _outcome(history: History, fates: Fates) -> str:
    """How many units of relu are dead, and whether it came through."""
    dead, by_layer = fates.dead[RELU, -1].sum(), history.dead_units[RELU, -1]
    if history.diverged_at[RELU] >= 0:
        sentence = _RELU_BLEW_UP
    elif dies_out(history)[RELU]:
        sentence = _DIED_OUT
    else:
        sentence = _SOME_DEAD if dead > 1 else _ONE_DEAD if dead else _NONE_DEAD
    return sentence.format(
        dead=dead,
        units=len(fates.layers),
        epoch=history.diverged_at[RELU],
        epochs=_epochs(history),
        born=fates.dead[RELU, 0].sum(),
        revived=fates.revived[RELU, -1].sum(),
        most=by_layer.max(),
        wide=history.experiment.hidden[by_layer.argmax()],
        layer=by_layer.argmax() + 1,
    )


def _first_layer(history: History, fates: Fates) -> str:
    """How many units of relu died where only the optimizer can bring them back, and how many it did."""
    optimizer = history.experiment.runs[RELU].optimizer
    return (_COASTING if coasts(optimizer) else _FOR_EVER).format(
        optimizer=optimizer,
        units=history.experiment.hidden[0],
        born=fates.dead[RELU, 0, fates.layers == 1].sum(),
        deaths=fates.deaths(1)[RELU],
        returns=fates.returns(1)[RELU],
    )


def _dead_again(fates: Fates) -> list[str]:
    """How many of them did not stay alive; nothing if all did."""
    relapses = fates.relapses(1)[RELU]
    return [_DEAD_AGAIN.format(relapses=relapses)] if relapses else []


def _scores(history: History) -> list[str]:
    """How good relu and the best of the others are in the end; nothing if relu blew up."""
    accuracy, finite = history.test_accuracy[:, -1], history.diverged_at < 0
    if not finite[RELU]:
        return []
    others = np.delete(accuracy, RELU)[np.delete(finite, RELU)]
    sentence = _SCORES if finite.all() else _SCORES_BUT_SOME if len(others) else _SCORE
    best, chance = percent(others.max(initial=0)), percent(chance_level(history.experiment))
    accuracy = percent(accuracy[RELU])
    return [sentence.format(seed=history.experiment.seed, accuracy=accuracy, best=best, chance=chance)]


def _epochs(history: History) -> str:
    return count(int(history.epochs[-1]), "epoch")


def _listed(numbers: Sequence[int], but: int | None = None) -> str:
    """`relu 22, leaky_relu 0`, one of them left out if so asked."""
    return ", ".join(f"{NAMES[run]} {number}" for run, number in enumerate(numbers) if run != but)
