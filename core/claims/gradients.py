"""How much of the gradient reaches the first of many layers."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import numpy as np

from ..nn.activations import ACTIVATIONS
from ..nn.initializers import INITIALIZERS
from ..train.history import History
from ..train.run import Run
from .claim import AUXILIARY, RATIO, Claim, Plan, Row, Trial
from .paired import SEEDS, WITHIN_A_SEED, all_features, by_seeds, histories, row

DEEP, SHALLOW, UNITS = 20, 2, 16
VANISHED = 0.01  # what is left of the gradient
EPOCHS, OPTIMIZER, BATCH_SIZE = 50, "adam", 32
DATASETS = ("moons", "circles", "spiral", "wine", "digits")

_WHAT = f"first layer's gradient with {DEEP} hidden layers, divided by that with {SHALLOW}"
# Activation and initializer; the claim is about relu, and the others are there to compare.
_AT_THE_START = (
    ("relu", "he_normal"),
    ("relu", "xavier_uniform"),
    ("identity", "xavier_uniform"),
    ("tanh", "xavier_uniform"),
    ("sigmoid", "xavier_uniform"),
)
_TRAINED = Trial(
    "relu, he_normal, after training", "first layer's gradient divided by the output layer's", RATIO, "relu", VANISHED,
    title="ReLU, He normal, after training",
)  # fmt: skip


def _trial(activation: str, initializer: str) -> Trial:
    name = f"{activation}, {initializer}"
    title = f"{ACTIVATIONS[activation].label}, {INITIALIZERS[initializer].label}"
    if activation == "relu":
        return Trial(name, _WHAT, RATIO, activation, VANISHED, title=title)
    picture = "The same weights, other functions"
    return Trial(name, _WHAT, RATIO, activation, role=AUXILIARY, picture=picture, title=title)


_TRIALS = tuple(_trial(*each) for each in _AT_THE_START)


def experiment(seeds: Iterable[int] = SEEDS, epochs: int = EPOCHS) -> Plan:
    """Gradients before training, and of relu after it."""
    return Plan(by_seeds(partial(_norms, epochs), seeds), _rows)


def _norms(epochs: int, dataset: str, seeds: Sequence[int]) -> np.ndarray:
    """(seed, norm): of the first layer in deep networks and in shallow ones, and of the first and the output layer of
    the trained one."""
    spec, runs = all_features(dataset), [Run(name, initializer=initializer) for name, initializer in _AT_THE_START]
    at_the_start = [
        [_first_layer(history) for history in histories(spec, runs, seeds, hidden=(UNITS,) * layers, epochs=0)]
        for layers in (DEEP, SHALLOW)
    ]
    shared = {"hidden": (UNITS,) * DEEP, "epochs": epochs, "batch_size": BATCH_SIZE}
    trained = histories(spec, [Run("relu", OPTIMIZER, initializer="he_normal")], seeds, **shared)
    ends = [history.gradient_norm[0, -1, [0, -1]] for history in trained]
    return np.concatenate([*map(np.array, at_the_start), np.array(ends)], axis=1)


def _first_layer(history: History) -> np.ndarray:
    return history.gradient_norm[:, 0, 0]


def _rows(dataset: str, given: Sequence[Any]) -> tuple[Row, ...]:
    *at_the_start, first, output = np.concatenate(given).T
    deep, shallow = np.split(np.array(at_the_start), 2)
    left = np.where(output > 0, first / np.maximum(output, np.finfo(float).tiny), 0)
    return (
        *(
            row(trial.name, dataset, one / other, _medians(f"{DEEP} layers", one, f"{SHALLOW} layers", other))
            for trial, one, other in zip(_TRIALS, deep, shallow, strict=True)
        ),
        row(_TRAINED.name, dataset, left, _medians("first layer", first, "output layer", output)),
    )


def _medians(name: str, values: np.ndarray, other_name: str, others: np.ndarray) -> str:
    return f"median norms: {name} {np.median(values):.2g}, {other_name} {np.median(others):.2g}"


NO_VANISHING = Claim(
    name="no_vanishing",
    statement="ReLU does not suffer from vanishing gradients.",
    source=(
        "Often repeated in courses and blog posts. Glorot, Bordes and Bengio (2011) are more careful: gradients flow "
        "well on the active paths of the network."
    ),
    design=(
        f"Networks with ReLU, with {DEEP} and with {SHALLOW} hidden layers of {UNITS} units, from the same random "
        "draws. Their weights are He normal, made for ReLU, or Xavier uniform, the default of Keras. With Xavier "
        "uniform, Identity, Tanh and Sigmoid are measured too. Smaller weights are not tested: they would make the "
        "gradient of any function vanish.",
        f"The norm of the first layer's gradient before training: that with {DEEP} layers divided by that with "
        f"{SHALLOW}. Also, with {DEEP} layers and He normal, after {EPOCHS} epochs of Adam at its default rate: the "
        f"norm of the first layer divided by that of the output layer. {len(DATASETS)} datasets, {len(SEEDS)} seeds. "
        f"{WITHIN_A_SEED}",
        f"The gradient has not vanished if more than {100 * VANISHED:.0f} % is left.",
    ),
    cannot_tell=(
        "Batch normalization and skip connections, which deep networks have today, are not tested. A gradient that has "
        "not vanished need not be useful: whether these networks learn is another question. The norm is that of the "
        "weights' gradient, which also depends on the size of the layer's inputs."
    ),
    formula=rf"r = \frac{{\lVert \partial L / \partial W_1 \rVert,\ {DEEP} \text{{ layers}}}}"
    rf"{{\lVert \partial L / \partial W_1 \rVert,\ {SHALLOW} \text{{ layers}}}}",
    trials=(*_TRIALS[:2], _TRAINED, *_TRIALS[2:]),
    parts=DATASETS,
    plan=experiment(),
    repeats=len(SEEDS),
)
