"""How fast networks learn: epochs until the training error has come down to a level.

The setting follows the experiment that "six times" comes from (Krizhevsky et al. 2012, figure 1), on smaller data: four
layers, no penalty, and for each network the rate that makes it fastest.  Momentum and minibatches of 128 are those of
the paper's large network.
"""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import numpy as np

from ..data.loading import load
from ..nn.initializers import AUTO
from ..train.history import History
from ..train.run import Run
from .claim import AUXILIARY, MECHANISM, POINTS, RATIO, Claim, Plan, Row, Trial
from .claim import EPOCHS as EPOCHS_NEEDED
from .paired import AT_ITS_RATE, SEEDS, TUNING_SEEDS, WITHIN_A_SEED, Contest, row

LEVEL = 0.05  # of the training error
EPOCHS = 200
HIDDEN = (16, 16, 16)
BATCH_SIZE = 128
OPTIMIZER = "momentum"
DATASETS = ("moons", "circles", "xor", "spiral", "wine", "digits")
# Activations by centre and slope: not zero-centred, zero-centred.
SMALL_SLOPE, LARGE_SLOPE = ("sigmoid", "sigmoid_centred"), ("tanh_shifted", "tanh")
TWO_BY_TWO = (*SMALL_SLOPE, *LARGE_SLOPE)
_IN_WORDS = {
    "sigmoid": "Sigmoid", "sigmoid_centred": "centred Sigmoid", "tanh_shifted": "shifted Tanh", "tanh": "Tanh",
}  # fmt: skip
SAME_WEIGHTS = "xavier_normal"  # for all four, so that nothing differs but the function

_TANH_RELU = Trial(
    "tanh against relu",
    "epochs of Tanh, divided by those of ReLU",
    RATIO,
    "tanh",
    line=1,
    claimed=6,
    title="Tanh against ReLU",
)


def _ratio_trial(name: str, slow: str, fast: str, **fields: Any) -> Trial:
    title = "Tanh against Sigmoid" if name == "tanh against sigmoid" else ""
    what = f"epochs of {_IN_WORDS[slow]}, divided by those of {_IN_WORDS[fast]}"
    return Trial(name, what, RATIO, slow, title=title, **fields)


# By the name of the trial: which is divided by which.
_RATIOS = {
    "tanh against sigmoid": ("sigmoid", "tanh"),
    "centre alone, slope up to 1/4": SMALL_SLOPE,
    "centre alone, slope up to 1": LARGE_SLOPE,
    "slope alone, not centred": (SMALL_SLOPE[0], LARGE_SLOPE[0]),
    "slope alone, centred": (SMALL_SLOPE[1], LARGE_SLOPE[1]),
}
_ACCURACY = Trial(
    "test accuracy", "test accuracy of Tanh at the end, minus that of Sigmoid", POINTS, "tanh", role=AUXILIARY
)
_NEEDED = {
    name: Trial(
        f"epochs of {name}", "epochs until the training error is 5 %", EPOCHS_NEEDED, name,
        role=AUXILIARY, picture="The 2 × 2 of centre and slope", title=f"Epochs of {_IN_WORDS[name]}",
    )
    for name in TWO_BY_TWO
}  # fmt: skip


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


def slowness(history: History) -> np.ndarray:
    """(R,) epochs needed; of runs that do not get there, the one with the least loss is the fastest."""
    needed = epochs_needed(history)
    return needed + np.where(needed < history.experiment.epochs, 0, history.train_loss[:, -1])


def _results(history: History) -> tuple[np.ndarray, np.ndarray]:
    return epochs_needed(history), history.test_accuracy[:, -1]


def contest(
    activations: tuple[str, ...],
    initializer: str = AUTO,
    seeds: Iterable[int] = SEEDS,
    tuning_seeds: Iterable[int] = TUNING_SEEDS,
    epochs: int = EPOCHS,
) -> Contest:
    """Networks of these activations, each at the rate that makes it fastest: epochs needed and test accuracy."""
    runs = tuple(Run(name, OPTIMIZER, initializer=initializer) for name in activations)
    shared = {"hidden": HIDDEN, "batch_size": BATCH_SIZE, "epochs": epochs}
    return Contest(runs, slowness, _results, shared, tuple(seeds), tuple(tuning_seeds))


def six_times(**settings: Any) -> Plan:
    """The experiment; `settings` are those of `contest`."""
    of = contest(("tanh", "relu"), **settings)
    return Plan(of.stages, partial(_six_times_rows, of))


def _six_times_rows(of: Contest, part: str, given: Sequence[Any]) -> tuple[Row, ...]:
    return (_ratio(_TANH_RELU.name, part, "tanh", "relu", of, given),)


def zero_centred(**settings: Any) -> Plan:
    """The experiment; `settings` are those of `contest`."""
    of = contest(TWO_BY_TWO, SAME_WEIGHTS, **settings)
    return Plan(of.stages, partial(_zero_centred_rows, of))


def _zero_centred_rows(of: Contest, part: str, given: Sequence[Any]) -> tuple[Row, ...]:
    needed, accuracy = (dict(zip(TWO_BY_TWO, each, strict=True)) for each in of.measured(given))
    rates = dict(zip(TWO_BY_TWO, of.tuned(given), strict=True))
    ends = ", ".join(f"{name} {100 * np.median(accuracy[name]):.1f} %" for name in ("tanh", "sigmoid"))
    return (
        *(_ratio(name, part, slow, fast, of, given) for name, (slow, fast) in _RATIOS.items()),
        *(row(_NEEDED[name].name, part, needed[name], f"rate {rates[name].rate:g}") for name in TWO_BY_TWO),
        row(_ACCURACY.name, part, accuracy["tanh"] - accuracy["sigmoid"], f"medians: {ends}"),
    )


def _ratio(trial: str, part: str, slow: str, fast: str, of: Contest, given: Sequence[Any]) -> Row:
    """Epochs that one network needs, divided by those of another."""
    needed = dict(zip((run.activation for run in of.runs), of.measured(given)[0], strict=True))
    rates = {run.activation: run.rate for run in of.tuned(given)}
    medians = ", ".join(f"{name} {np.median(needed[name]):.3g} (rate {rates[name]:g})" for name in (slow, fast))
    return row(trial, part, needed[slow] / needed[fast], f"median epochs: {medians}")


_SETTING = (
    f"{len(HIDDEN)} hidden layers of {HIDDEN[0]} units, Momentum, minibatches of {BATCH_SIZE}. {AT_ITS_RATE} "
    f"{len(DATASETS)} datasets, {len(SEEDS)} seeds. {WITHIN_A_SEED}"
)
_UNTIL = (
    f"The number of epochs until the training error is {100 * LEVEL:.0f} %. A network that does not reach it counts as "
    f"{EPOCHS} epochs."
)

SIX_TIMES = Claim(
    name="six_times",
    statement="ReLU learns six times faster than Tanh.",
    source=(
        "Krizhevsky, Sutskever and Hinton (2012), figure 1: a four-layer convolutional network with ReLU reached 25 % "
        "training error on CIFAR-10 in a sixth of the epochs that Tanh needed. The paper adds that the size of the "
        "effect varies with the network. What is often repeated is the factor of six."
    ),
    design=(
        "Networks with ReLU and networks with Tanh. Only the size of their initial weights also differs: it "
        f"is computed for each function (Auto). {_SETTING}",
        f"{_UNTIL} As in the paper, each network learns as fast as its learning rate allows.",
        "For each seed, the epochs of Tanh divided by those of ReLU. The claim names 6, so only a median near 6 "
        "supports it: between 4.3 and 8.5. On how many datasets ReLU is faster at all is counted separately.",
    ),
    cannot_tell=(
        "These networks are small and have no convolutions, and the data are not CIFAR-10. So this tests the general "
        "claim, not the experiment of 2012. Only one optimizer and one level, 5 %, are tested."
    ),
    formula=r"r = \frac{\text{epochs of Tanh}}{\text{epochs of ReLU}}",
    trials=(_TANH_RELU,),
    parts=DATASETS,
    plan=six_times(),
    repeats=len(SEEDS),
)

ZERO_CENTRED = Claim(
    name="zero_centred",
    statement="Tanh learns better than Sigmoid because it is zero-centred.",
    source=(
        "LeCun, Bottou, Orr and Müller (1998), *Efficient BackProp*, section 4.4, recommend sigmoids that are "
        "symmetric about 0, such as Tanh, because they often converge faster. In courses and blog posts, this became a "
        "rule."
    ),
    design=(
        "Four functions, a 2 × 2 of centre and slope: Sigmoid, Sigmoid shifted down to be zero-centred, Tanh shifted "
        f"up to be positive, and Tanh. All start from the same Xavier normal weights. {_SETTING}",
        _UNTIL,
        "For each seed, the epochs of Sigmoid divided by those of Tanh. Also, for each of the two slopes, the epochs "
        "of the function that is not centred divided by those of the centred one. Each ratio should be above 1. The "
        "effect of the slope alone, the other possible reason, is shown separately.",
    ),
    cannot_tell=(
        "It cannot tell which of the two matters more: the effects need not multiply, and where Sigmoid does not reach "
        "the level, its ratios are too small. Larger weights also give a larger slope, so the effect of the slope "
        "holds for these initial weights. Biases start at 0, and a function that is not centred might do better with "
        "others."
    ),
    formula=r"r = \frac{\text{epochs of Sigmoid}}{\text{epochs of Tanh}}",
    trials=(
        *(
            _ratio_trial(name, slow, fast, **({"role": MECHANISM} if name.startswith("slope") else {"line": 1}))
            for name, (slow, fast) in _RATIOS.items()
        ),
        *_NEEDED.values(),
        _ACCURACY,
    ),
    parts=DATASETS,
    plan=zero_centred(),
    repeats=len(SEEDS),
)
