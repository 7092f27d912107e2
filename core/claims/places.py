"""Sigmoid in the output layer and in hidden ones, few and many, with two sizes of initial weights."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import numpy as np

from ..train.history import History
from ..train.run import Run
from .claim import POINTS, SHARE, TRIVIAL, Claim, Plan, Row, Trial, joined
from .paired import AT_ITS_RATE, SEEDS, TUNING_SEEDS, WITHIN_A_SEED, Contest, row

SHALLOW, DEEP, UNITS = 1, 6, 16
EPOCHS, BATCH_SIZE = 60, 32
WORSE = 0.02  # of test accuracy: less is not worth a word
DATASETS = ("moons", "circles", "xor", "spiral", "breast_cancer")  # two classes each
WEIGHTS = {"Xavier": "xavier_normal", "4 × Xavier": "xavier_4"}  # of sigmoid, by the condition; relu has He's

_WHAT = "test accuracy of ReLU, minus that of Sigmoid"
# By the name of the setting: hidden layers and optimizer.
SETTINGS = {
    f"{SHALLOW} layer, adam": (SHALLOW, "adam"),
    f"{DEEP} layers, adam": (DEEP, "adam"),
    f"{DEEP} layers, momentum": (DEEP, "momentum"),
}
_TITLES = dict(zip(SETTINGS, (f"{SHALLOW} layer, Adam", f"{DEEP} layers, Adam", f"{DEEP} layers, Momentum")))
_HIDDEN = {
    (setting, weights): Trial(
        f"{setting}, {weights}", _WHAT, POINTS, "sigmoid", WORSE,
        picture=f"Sigmoid in hidden layers, {weights} weights", condition=weights, title=_TITLES[setting],
    )
    for weights in WEIGHTS
    for setting in SETTINGS
}  # fmt: skip
_OUTPUT = Trial(
    "at the output", f"test accuracy with {SHALLOW} hidden layer of ReLU", SHARE, "sigmoid", role=TRIVIAL,
    title="Sigmoid at the output",
)  # fmt: skip


def experiment(seeds: Iterable[int] = SEEDS, tuning_seeds: Iterable[int] = TUNING_SEEDS, epochs: int = EPOCHS) -> Plan:
    """A contest of relu and sigmoid, with either weights, in each setting."""
    seeds, tuning_seeds = tuple(seeds), tuple(tuning_seeds)
    plans = []
    for name, (layers, optimizer) in SETTINGS.items():
        sigmoids = (Run("sigmoid", optimizer, initializer=initializer) for initializer in WEIGHTS.values())
        runs = (Run("relu", optimizer, initializer="he_normal"), *sigmoids)
        shared = {"hidden": (UNITS,) * layers, "epochs": epochs, "batch_size": BATCH_SIZE}
        of = Contest(runs, _training_loss, _test_accuracy, shared, seeds, tuning_seeds)
        plans.append(Plan(of.stages, partial(_rows, name, of)))
    return joined(plans)


def _rows(setting: str, of: Contest, part: str, given: Sequence[Any]) -> tuple[Row, ...]:
    ((relu, *sigmoids),), (of_relu, *of_sigmoids) = of.measured(given), of.tuned(given)
    rows = []
    for weights, accuracy, run in zip(WEIGHTS, sigmoids, of_sigmoids, strict=True):
        ends = f"medians: {_end(of_relu, relu)}, {_end(run, accuracy)}"
        rows.append(row(_HIDDEN[setting, weights].name, part, relu - accuracy, ends))
    if setting == next(iter(SETTINGS)):
        rows.append(row(_OUTPUT.name, part, relu, f"median: {_end(of_relu, relu)}"))
    return tuple(rows)


def _end(run: Run, accuracy: np.ndarray) -> str:
    return f"{run.activation} {100 * np.median(accuracy):.1f} % (rate {run.rate:g})"


def _training_loss(history: History) -> np.ndarray:
    return history.train_loss[:, -1]


def _test_accuracy(history: History) -> tuple[np.ndarray]:
    return (history.test_accuracy[:, -1],)


OUTPUT_ONLY = Claim(
    name="output_only",
    statement="Sigmoid is fine in the output layer but not in hidden ones.",
    source="Often repeated in courses and blog posts.",
    design=(
        f"Networks with Sigmoid and networks with ReLU: {SHALLOW} hidden layer with Adam, and {DEEP} hidden layers "
        f"with Adam and with Momentum, of {UNITS} units each. Sigmoid has Xavier normal weights, or weights 4 times "
        f"as large, as Theano's tutorials advised for it; ReLU has He normal weights. {AT_ITS_RATE}",
        f"Test accuracy after {EPOCHS} epochs, on {len(DATASETS)} datasets with two classes. {len(SEEDS)} seeds. "
        f"{WITHIN_A_SEED}",
        f"Sigmoid is not fine in hidden layers if it costs more than {100 * WORSE:.0f} percentage points of test "
        "accuracy. Each size of the initial weights has its own verdict. The output layer does not count: with two "
        "classes, softmax is the sigmoid of the difference of the scores, so all these networks have a sigmoid there.",
    ),
    cannot_tell=(
        "At the output, nothing is compared: we only see that it works. The loss is cross-entropy; with squared error, "
        "a saturated sigmoid at the output learns slowly. The networks have at most six hidden layers, and wider "
        "networks may need weights of another size."
    ),
    formula=r"d = \frac{\text{right, ReLU} - \text{right, Sigmoid}}{\text{test samples}}",
    trials=(*_HIDDEN.values(), _OUTPUT),
    parts=DATASETS,
    plan=experiment(),
    repeats=len(SEEDS),
)
