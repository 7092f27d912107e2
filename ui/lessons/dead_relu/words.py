"""Dead ReLUs: the sentences that have the figures of the networks."""

from collections.abc import Sequence

import numpy as np

from core import History, load
from core.analysis.failures import dies_out
from core.analysis.summary import chance_level
from core.lessons.dead_relu import Fates, coasts
from core.lessons.dead_relu_map import Sweep
from ui.lessons.dead_relu.charts import STATES, states
from ui.lessons.dead_relu.controls import LEARNED, NAMES, RELU
from ui.shell.labels import label, network_labels
from ui.shell.language import N_, NN_, _, plural
from ui.shell.numbers import count, exact_percent, fixed, percent, short

_DEAD = NN_(
    "**{number} of {units} units of ReLU is dead** after {epochs}, in hidden layer {layer}.",
    "**{number} of {units} units of ReLU are dead** after {epochs}, {most} of the {wide} in hidden layer {layer}.",
)
_NONE_DEAD = N_("**No unit of ReLU is dead** after {epochs}.")
_DIED_OUT = N_(
    "**A whole hidden layer of ReLU is dead**, {number} of {units} units in all after {epochs}. So the network gives "
    "every training sample the same answer, which is chance level."
)
_RELU_DIVERGED = NN_(
    "**ReLU diverged in epoch {epoch}**. In its last finite state, {number} of {units} units is dead.",
    "**ReLU diverged in epoch {epoch}**. In its last finite state, {number} of {units} units are dead.",
)
_BEFORE = N_("Dead before training: {born}. Dead earlier and alive now: {revived}.")
_SCORES = N_(
    "With seed {seed}, its test accuracy is **{accuracy}**. The best of the others has {best}; chance level is "
    "{chance}."
)
_SCORES_BUT_SOME = N_(
    "With seed {seed}, its test accuracy is **{accuracy}**. The best of the others that did not diverge has {best}; "
    "chance level is {chance}."
)
_SCORE = N_("With seed {seed}, its test accuracy is **{accuracy}**; chance level is {chance}.")
_DIVERGED = N_(
    "Diverged (a number became infinite): **{networks}**. From then on, the page shows the last finite state of such a "
    "network, faded."
)
_DIVERGED_AT = N_("{network} (epoch {epoch})")
_STAYS_DEAD = N_(
    "A dead unit gets no gradient, and {optimizer} makes no step without one. It comes back only if the layers before "
    "it change. Before layer 1 are only the data, which do not change: **a unit that dies there stays dead**."
)
_COASTING = N_(
    "A dead unit gets no gradient. But {optimizer} also makes steps from earlier gradients, and these can bring a unit "
    "back. A unit of layer 1 that is dead from the start never had a gradient, and before it are only the data, which "
    "do not change: it stays dead."
)
_FIRST_LAYER_ALIVE = N_("In layer 1 of ReLU, no unit died.")
_FIRST_LAYER = N_(
    "In layer 1 of ReLU, {deaths} of {units} units died (dead before training: {born}); {returns} came back."
)
_FIRST_LAYER_AGAIN = N_(
    "In layer 1 of ReLU, {deaths} of {units} units died (dead before training: {born}); {returns} came back, and "
    "{relapses} of them died again."
)
_OTHERS = N_(
    "Dead units of the other networks: {dead}. Saturated and never dead: {saturated}. A saturated unit still has a "
    "slope, but a small one."
)
_NUMBER_OF = N_("{network} {number}")
_SUM = N_("A unit is dead if $f'(z_n) = 0$ for all $N = {samples}$ training samples. Then the whole sum is 0.")
_BOTH = N_(
    "Largest gradient norm after {epochs}: **{of_dead}** among ReLU's dead units ({dead}), **{of_alive}** among its "
    "living units ({alive})."
)
_ALL_DEAD = N_("After {epochs}, all {dead} units of ReLU are dead: their largest gradient norm is **{of_dead}**.")
_ALL_ALIVE = N_("After {epochs}, all {alive} units of ReLU are alive: their largest gradient norm is **{of_alive}**.")
_NO_NORMS = N_("ReLU diverged here, so there is no gradient at the end to show.")
_STARVED = NN_(
    "{number} unit that is alive gets no gradient either. For the samples at which it is active, the later layers pass "
    "nothing back, or less than the computer's numbers can hold.",
    "{number} units that are alive get no gradient either. For the samples at which they are active, the later layers "
    "pass nothing back, or less than the computer's numbers can hold.",
)
_SWEEP_READING = N_(
    "**To the right: larger steps. Down: lower initial bias.** Each cell is one trained network, {networks} in all; "
    "everything else is as above. The redder, the more of its units are dead in the end. The number is its test "
    "accuracy in percent (chance level: {chance}); ∞ is a network that diverged, as a number became infinite. The "
    "frame marks the networks above. With another seed, the numbers at large steps are different."
)
_SWEEP_ENDS = N_(
    "Networks with dead units in the end, of {networks} each: {dying}. Networks with a test accuracy of at least "
    "{least} that did not diverge: {learned}."
)
_FAR_BELOW = N_(
    "Units of ELU or GELU die only far below 0, where their slope is so small that the computer's numbers round it to "
    "0."
)


def diverged(history: History) -> str | None:
    """Which networks became infinite, and when."""
    ends = zip(network_labels(history.experiment), history.diverged_at)
    names = [_(_DIVERGED_AT, network=name, epoch=epoch) for name, epoch in ends if epoch >= 0]
    return _(_DIVERGED, networks=", ".join(names)) if names else None


def notices(history: History, fates: Fates) -> list[str]:
    """What there is to notice, with the figures of the networks on screen."""
    ends = states(fates)[:, -1]
    dead, saturated = ((ends == STATES.index(state)).sum(axis=1) for state in ("dead", "saturated"))
    return [
        " ".join([_outcome(history, fates), *_scores(history)]),
        " ".join(_first_layer(history, fates)),
        _(_OTHERS, dead=_listed(dead, but=RELU), saturated=_listed(saturated, but=RELU)),
    ]


def gradients(history: History, fates: Fates) -> str:
    """What comes to relu's dead units, and to its living ones."""
    dead, norms = fates.dead[RELU, -1], fates.gradient_norm[RELU, -1]
    total = _(_SUM, samples=len(load(history.experiment.dataset).y_train))
    if history.diverged_at[RELU] >= 0 or not np.isfinite(norms).all():
        return " ".join([total, _(_NO_NORMS)])
    numbers = {"epochs": _epochs(history), "dead": dead.sum(), "alive": (~dead).sum()}
    largest = {"of_dead": norms.max(where=dead, initial=0), "of_alive": norms.max(where=~dead, initial=0)}
    sentence = _ALL_DEAD if dead.all() else _BOTH if dead.any() else _ALL_ALIVE
    parts = [total, _(sentence, **numbers, **{name: short(norm) for name, norm in largest.items()})]
    if starved := int((norms[~dead] == 0).sum()):
        parts.append(plural(*_STARVED, starved))
    return " ".join(parts)


def sweep_reading(ends: Sweep, chance: float) -> str:
    """How to read the maps; `chance` is the chance level of all these networks."""
    return _(_SWEEP_READING, networks=ends.dead_units.size, chance=fixed(100 * chance, 0))


def sweep_ends(ends: Sweep) -> str:
    """In how many networks units die, and how many learn."""
    learned = (ends.test_accuracy >= LEARNED) & ~ends.diverged
    dying, learned = (each.sum(axis=(1, 2)) for each in (ends.dead_units > 0, learned))
    networks = ends.dead_units[RELU].size
    least = exact_percent(LEARNED)
    words = _(_SWEEP_ENDS, networks=networks, dying=_listed(dying), least=least, learned=_listed(learned))
    far_below = dying[[NAMES.index("elu"), NAMES.index("gelu")]].any()
    return " ".join([words, _(_FAR_BELOW)]) if far_below else words


def _outcome(history: History, fates: Fates) -> str:
    """How many units of ReLU are dead, and whether it has an answer left."""
    dead, by_layer = int(fates.dead[RELU, -1].sum()), history.dead_units[RELU, -1]
    fields = {
        "units": len(fates.layers),
        "epoch": history.diverged_at[RELU],
        "epochs": _epochs(history),
        "most": by_layer.max(),
        "wide": history.experiment.hidden[by_layer.argmax()],
        "layer": by_layer.argmax() + 1,
    }
    if history.diverged_at[RELU] >= 0:
        return plural(*_RELU_DIVERGED, dead, **fields)
    if dies_out(history)[RELU]:
        sentence = _(_DIED_OUT, number=dead, **fields)
    else:
        sentence = plural(*_DEAD, dead, **fields) if dead else _(_NONE_DEAD, **fields)
    born, revived = fates.dead[RELU, 0].sum(), fates.revived[RELU, -1].sum()
    return " ".join([sentence, _(_BEFORE, born=born, revived=revived)]) if born or revived else sentence


def _first_layer(history: History, fates: Fates) -> list[str]:
    """How many units of ReLU died where only the optimizer can bring them back, and how many it did."""
    optimizer = history.experiment.runs[RELU].optimizer
    deaths, returns, relapses = (each(1)[RELU] for each in (fates.deaths, fates.returns, fates.relapses))
    sentence = _FIRST_LAYER_AGAIN if relapses else _FIRST_LAYER if deaths else _FIRST_LAYER_ALIVE
    units, born = history.experiment.hidden[0], fates.dead[RELU, 0, fates.layers == 1].sum()
    return [
        _(_COASTING if coasts(optimizer) else _STAYS_DEAD, optimizer=label("optimizer", optimizer)),
        _(sentence, units=units, born=born, deaths=deaths, returns=returns, relapses=relapses),
    ]


def _scores(history: History) -> list[str]:
    """How good relu and the best of the others are in the end; nothing if relu blew up."""
    accuracy, finite = history.test_accuracy[:, -1], history.diverged_at < 0
    if not finite[RELU]:
        return []
    others = np.delete(accuracy, RELU)[np.delete(finite, RELU)]
    sentence = _SCORES if finite.all() else _SCORES_BUT_SOME if len(others) else _SCORE
    best, chance = percent(others.max(initial=0)), percent(chance_level(history.experiment))
    accuracy = percent(accuracy[RELU])
    return [_(sentence, seed=history.experiment.seed, accuracy=accuracy, best=best, chance=chance)]


def _epochs(history: History) -> str:
    return count(int(history.epochs[-1]), "epoch")


def _listed(numbers: Sequence[int], but: int | None = None) -> str:
    """`ReLU 22, Leaky ReLU 0`, one of them left out if so asked."""
    counts = {label("activation", NAMES[run]): number for run, number in enumerate(numbers) if run != but}
    return ", ".join(_(_NUMBER_OF, network=name, number=number) for name, number in counts.items())
