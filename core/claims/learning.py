"""How fast and how far networks learn: epochs until the training error has come down to a level.

The setting follows the experiment that "six times" comes from (Krizhevsky et al. 2012, figure 1), on smaller data: four
layers, no penalty, and for each network the rate that makes it fastest.  Momentum and minibatches of 128 are those of
the paper's large network.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from ..data.datasets import load
from ..train.experiment import Run
from ..train.history import History
from .claim import POINTS, RATIO, Claim, Row, Trial
from .paired import RATES, SEEDS, TUNING_SEEDS, WITHIN_A_SEED, all_features, at_best_rates, histories

LEVEL = 0.05  # of the training error
EPOCHS = 200
BETTER = 0.02  # of test accuracy: less is not worth a word
HIDDEN = (16, 16, 16)
BATCH_SIZE = 128
OPTIMIZER = "momentum"
DATASETS = ("moons", "circles", "xor", "spiral", "wine", "digits")

_TANH_RELU = Trial(
    "tanh against relu", "epochs that tanh needs, divided by those of relu", RATIO, "tanh", line=1, claimed=6
)
_SIGMOID_TANH = Trial(
    "sigmoid against tanh", "epochs that sigmoid needs, divided by those of tanh", RATIO, "sigmoid", line=1
)
_ACCURACY = Trial(
    "test accuracy", "test accuracy of tanh at the end, minus that of sigmoid", POINTS, "tanh", line=BETTER
)
_RELU_TANH = Trial(
    "the reason: relu against tanh", "epochs that relu needs, divided by those of tanh", RATIO, "relu", line=1
)
_TESTED = (
    f"Networks of {len(HIDDEN)} hidden layers of {HIDDEN[0]} units learn with {OPTIMIZER} and minibatches of "
    f"{BATCH_SIZE} until {100 * LEVEL:.0f} % training error. As in figure 1 of Krizhevsky et al. (2012), each "
    "activation has the learning rate that makes it fastest: the one of "
    f"{len(RATES)}, from {RATES[0]:g} to {RATES[-1]:g}, with which it gets there first (median of {len(TUNING_SEEDS)} "
    f"seeds). Then {len(SEEDS)} other seeds are measured, {WITHIN_A_SEED}. A network that does not get there in "
    f"{EPOCHS} epochs counts as if it had at the end."
)


class Learnt(NamedTuple):
    """By activation: epochs needed and final test accuracy, (seed,) each, and the learning rate."""

    needed: dict[str, np.ndarray]
    accuracy: dict[str, np.ndarray]
    rates: dict[str, float]


def epochs_needed(history: History, level: float = LEVEL) -> np.ndarray:
    """(R,) epochs until the training error is at most `level`, on a straight line between two records.

    At least one step of the training, and all its epochs for a run that does not get there.
    """
    experiment, accuracy, enough = history.experiment, history.train_accuracy, 1 - level
    steps = -(-len(load(experiment.dataset).y_train) // experiment.samples_per_step)
    needed = np.full(len(accuracy), float(experiment.epochs))
    for run in np.flatnonzero((accuracy >= enough).any(axis=1)):
        after = int((accuracy[run] >= enough).argmax())
        records = slice(max(after - 1, 0), after + 1)
        needed[run] = np.interp(enough, accuracy[run, records], history.epochs[records])
    return np.maximum(needed, 1 / steps)


def compare(
    dataset: str,
    activations: tuple[str, ...],
    seeds: Iterable[int] = SEEDS,
    tuning_seeds: Iterable[int] = TUNING_SEEDS,
    epochs: int = EPOCHS,
) -> Learnt:
    """Networks of these activations, each at the rate that makes it fastest."""
    spec = all_features(dataset)
    shared: dict[str, Any] = {"hidden": HIDDEN, "batch_size": BATCH_SIZE, "epochs": epochs}
    runs = [Run(name, OPTIMIZER) for name in activations]
    tuned = at_best_rates(spec, runs, _slowness, seeds=tuning_seeds, **shared)
    measured = histories(spec, tuned, seeds, **shared)
    needed = np.array([epochs_needed(history) for history in measured])
    accuracy = np.array([history.test_accuracy[:, -1] for history in measured])
    return Learnt(
        needed=dict(zip(activations, needed.T)),
        accuracy=dict(zip(activations, accuracy.T)),
        rates={name: run.rate for name, run in zip(activations, tuned)},
    )


def _slowness(history: History) -> np.ndarray:
    """Epochs needed; of those that do not get there, the one with the least loss is the fastest."""
    needed = epochs_needed(history)
    return needed + np.where(needed < history.experiment.epochs, 0, history.train_loss[:, -1])


def measure_six_times(dataset: str, **settings: Any) -> tuple[Row, ...]:
    """The row of one dataset; `settings` are those of `compare`."""
    return (_ratio(_TANH_RELU, dataset, "tanh", "relu", compare(dataset, ("tanh", "relu"), **settings)),)


def measure_zero_centred(dataset: str, **settings: Any) -> tuple[Row, ...]:
    """The rows of one dataset; `settings` are those of `compare`."""
    learnt = compare(dataset, ("sigmoid", "tanh", "relu"), **settings)
    ends = ", ".join(f"{name} {100 * np.median(learnt.accuracy[name]):.1f} %" for name in ("tanh", "sigmoid"))
    better = tuple((learnt.accuracy["tanh"] - learnt.accuracy["sigmoid"]).tolist())
    return (
        _ratio(_SIGMOID_TANH, dataset, "sigmoid", "tanh", learnt),
        Row(_ACCURACY.name, dataset, better, f"medians: {ends}"),
        _ratio(_RELU_TANH, dataset, "relu", "tanh", learnt),
    )


def _ratio(trial: Trial, dataset: str, slow: str, fast: str, learnt: Learnt) -> Row:
    needed, rates = learnt.needed, learnt.rates
    medians = ", ".join(f"{name} {np.median(needed[name]):.3g} (rate {rates[name]:g})" for name in (slow, fast))
    return Row(trial.name, dataset, tuple((needed[slow] / needed[fast]).tolist()), f"median epochs: {medians}")


SIX_TIMES = Claim(
    name="six_times",
    statement="ReLU learns six times faster than tanh.",
    source=(
        "Krizhevsky, Sutskever and Hinton (2012), figure 1: a four-layer convolutional network with ReLU came to 25 % "
        "training error on CIFAR-10 in a sixth of the epochs that tanh took. The paper adds that the size of the "
        "effect varies with the network; what is often repeated is the six."
    ),
    tested=_TESTED,
    cannot_tell=(
        "These networks are small and have no convolutions, and the data are not CIFAR-10: it is the general claim "
        "that is tested here, not the experiment of 2012."
    ),
    formula=r"r = \frac{\text{epochs of tanh}}{\text{epochs of relu}}",
    trials=(_TANH_RELU,),
    parts=DATASETS,
    measure=measure_six_times,
    repeats=len(SEEDS),
)

ZERO_CENTRED = Claim(
    name="zero_centred",
    statement="tanh learns better than sigmoid because it is zero-centred.",
    source=(
        "LeCun, Bottou, Orr and Müller (1998), *Efficient BackProp*, section 4.4, recommend sigmoids that are "
        "symmetric about 0, such as tanh, because they often converge faster. In courses and blog posts it became a "
        "rule."
    ),
    tested=(
        f"{_TESTED} *Better* is faster, or more than {100 * BETTER:.0f} points of test accuracy after {EPOCHS} epochs. "
        "The reason is put to the test by relu, which is not zero-centred either: if that is what counts, relu should "
        "be slower than tanh, too."
    ),
    cannot_tell=(
        "tanh differs from sigmoid in more than its centre: its greatest slope is 1, and that of sigmoid 0.25. To part "
        "the two one would need a sigmoid moved down by a half, which is none of the activations here."
    ),
    formula=r"r = \frac{\text{epochs of sigmoid}}{\text{epochs of tanh}}",
    trials=(_SIGMOID_TANH, _ACCURACY, _RELU_TANH),
    parts=DATASETS,
    measure=measure_zero_centred,
    repeats=len(SEEDS),
)
