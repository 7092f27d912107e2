"""Sigmoid in the output layer and in hidden ones, few and many."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from ..train.experiment import Run
from ..train.history import History
from .claim import POINTS, SHARE, Claim, Row, Trial
from .paired import RATES, SEEDS, TUNING_SEEDS, WITHIN_A_SEED, all_features, at_best_rates, histories

SHALLOW, DEEP, UNITS = 1, 6, 16
EPOCHS, BATCH_SIZE = 60, 32
FINE = 0.9  # test accuracy
WORSE = 0.02  # of test accuracy: less is not worth a word
DATASETS = ("moons", "circles", "xor", "spiral", "breast_cancer")  # two classes each

_OUTPUT = Trial(
    "at the output", f"test accuracy with {SHALLOW} hidden layer of relu", SHARE, "sigmoid", FINE
)  # fmt: skip
_WHAT = "test accuracy of relu, minus that of sigmoid"
# By the name of the trial: hidden layers and optimizer.
_HIDDEN = {
    f"hidden, {SHALLOW} layer, adam": (SHALLOW, "adam"),
    f"hidden, {DEEP} layers, adam": (DEEP, "adam"),
    f"hidden, {DEEP} layers, momentum": (DEEP, "momentum"),
}


def measure(
    dataset: str, seeds: Iterable[int] = SEEDS, tuning_seeds: Iterable[int] = TUNING_SEEDS, epochs: int = EPOCHS
) -> tuple[Row, ...]:
    """The rows of one dataset."""
    spec, rows = all_features(dataset), list[Row]()
    for name, (layers, optimizer) in _HIDDEN.items():
        shared: dict[str, Any] = {"hidden": (UNITS,) * layers, "epochs": epochs, "batch_size": BATCH_SIZE}
        runs = [Run("relu", optimizer), Run("sigmoid", optimizer)]
        tuned = at_best_rates(spec, runs, _training_loss, seeds=tuning_seeds, **shared)
        trained = histories(spec, tuned, seeds, **shared)
        relu, sigmoid = np.array([history.test_accuracy[:, -1] for history in trained]).T
        means = zip(tuned, (relu, sigmoid))
        ends = ", ".join(f"{run.activation} {100 * np.median(value):.1f} % (rate {run.rate:g})" for run, value in means)
        if not rows:
            rows.append(Row(_OUTPUT.name, dataset, tuple(relu.tolist()), f"medians: {ends}"))
        rows.append(Row(name, dataset, tuple((relu - sigmoid).tolist()), f"medians: {ends}"))
    return tuple(rows)


def _training_loss(history: History) -> np.ndarray:
    return history.train_loss[:, -1]


OUTPUT_ONLY = Claim(
    name="output_only",
    statement="Sigmoid is fine in the output layer but not in hidden ones.",
    source="Often repeated in courses and blog posts.",
    tested=(
        "With two classes, the softmax at the output is the sigmoid of the difference of the two scores: so all "
        "networks here have a sigmoid at the output. That is *fine* if one with relu in its hidden layer is right for "
        f"more than {100 * FINE:.0f} % of the test samples. In hidden layers of {UNITS} units, sigmoid is *not fine* "
        f"if it costs more than {100 * WORSE:.0f} points of test accuracy compared with relu: with {SHALLOW} hidden "
        f"layer and with {DEEP}, after {EPOCHS} epochs, each at the rate of {len(RATES)} that makes its training loss "
        f"least (median of {len(TUNING_SEEDS)} seeds; {len(SEEDS)} others are measured, {WITHIN_A_SEED})."
    ),
    cannot_tell=(
        "Every network has the same output, so nothing is compared with it: it is only seen to do its job. The loss is "
        "cross-entropy; with squared error, a sigmoid at the output learns slowly where it is saturated."
    ),
    formula=(
        r"\begin{gathered} \frac{e^{z_1}}{e^{z_0} + e^{z_1}} = \sigma(z_1 - z_0) \\[1em] "
        r"a = \frac{\text{right}}{\text{test samples}} \end{gathered}"
    ),
    trials=(_OUTPUT, *(Trial(name, _WHAT, POINTS, "sigmoid", WORSE) for name in _HIDDEN)),
    parts=DATASETS,
    measure=measure,
    repeats=len(SEEDS),
)
