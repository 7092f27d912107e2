"""How much of the gradient reaches the first of many layers."""

from collections.abc import Iterable

import numpy as np

from ..train.experiment import Run
from ..train.history import History
from .claim import RATIO, Claim, Row, Trial
from .paired import SEEDS, WITHIN_A_SEED, all_features, histories

DEEP, SHALLOW, UNITS = 20, 2, 16
VANISHED = 0.01  # what is left of the gradient
EPOCHS, OPTIMIZER, BATCH_SIZE = 50, "adam", 32
DATASETS = ("moons", "circles", "spiral", "wine", "digits")

_WHAT = f"first layer's gradient with {DEEP} hidden layers, divided by that with {SHALLOW}"
# By the name of the trial: activation, initializer, and whether the claim is judged by it.
_AT_THE_START = {
    "relu, he_normal": ("relu", "he_normal", True),
    "relu, xavier_uniform": ("relu", "xavier_uniform", True),
    "relu, small_normal": ("relu", "small_normal", True),
    "sigmoid, xavier_normal": ("sigmoid", "xavier_normal", False),
    "tanh, xavier_normal": ("tanh", "xavier_normal", False),
}
_TRAINED = Trial(
    "relu, he_normal, after training", "first layer's gradient divided by the output layer's", RATIO, "relu", VANISHED
)


def measure(dataset: str, seeds: Iterable[int] = SEEDS, epochs: int = EPOCHS) -> tuple[Row, ...]:
    """The rows of one dataset."""
    spec, seeds = all_features(dataset), tuple(seeds)
    runs = [Run(name, initializer=initializer) for name, initializer, _ in _AT_THE_START.values()]
    deep, shallow = (
        np.array([_first_layer(history) for history in histories(spec, runs, seeds, hidden=(UNITS,) * n, epochs=0)])
        for n in (DEEP, SHALLOW)
    )
    at_the_start = [
        Row(name, dataset, tuple((one / other).tolist()), _medians(f"{DEEP} layers", one, f"{SHALLOW} layers", other))
        for name, one, other in zip(_AT_THE_START, deep.T, shallow.T)
    ]
    shared = {"hidden": (UNITS,) * DEEP, "epochs": epochs, "batch_size": BATCH_SIZE}
    trained = histories(spec, [Run("relu", OPTIMIZER, initializer="he_normal")], seeds, **shared)
    first, output = np.array([history.gradient_norm[0, -1, [0, -1]] for history in trained]).T
    left = np.where(output > 0, first / np.maximum(output, np.finfo(float).tiny), 0)
    row = Row(_TRAINED.name, dataset, tuple(left.tolist()), _medians("first layer", first, "output layer", output))
    return (*at_the_start, row)


def _first_layer(history: History) -> np.ndarray:
    return history.gradient_norm[:, 0, 0]


def _medians(name: str, values: np.ndarray, other_name: str, others: np.ndarray) -> str:
    return f"median norms: {name} {np.median(values):.2g}, {other_name} {np.median(others):.2g}"


NO_VANISHING = Claim(
    name="no_vanishing",
    statement="ReLU does not suffer from vanishing gradients.",
    source=(
        "Often repeated in courses and blog posts. Glorot, Bordes and Bengio (2011) are more careful: gradients flow "
        "well on the active paths of the network."
    ),
    tested=(
        f"Before training, the norm of the first layer's gradient in a network of {DEEP} hidden layers of {UNITS} "
        f"units is divided by that in one of {SHALLOW}, with the same draws. If less than {100 * VANISHED:.0f} % is "
        "left, it has vanished. Three sizes of initial weights: he_normal, made for relu; xavier_uniform, the default "
        "of Keras; and small_normal, whose deviation is 0.01, as it was in Krizhevsky, Sutskever and Hinton (2012). "
        f"The network with he_normal is then trained for {EPOCHS} epochs with {OPTIMIZER} at its default rate, and the "
        "first layer's gradient is divided by the output layer's. "
        f"{len(SEEDS)} seeds, {WITHIN_A_SEED}."
    ),
    cannot_tell=(
        "Batch normalization and skip connections, which today's deep networks have, are not part of it. A gradient "
        "that is there need not be of use: whether these networks learn is another question."
    ),
    formula=rf"r = \frac{{\lVert \partial L / \partial W_1 \rVert,\ {DEEP} \text{{ layers}}}}"
    rf"{{\lVert \partial L / \partial W_1 \rVert,\ {SHALLOW} \text{{ layers}}}}",
    trials=(
        *(
            Trial(name, _WHAT, RATIO, activation, VANISHED if judged else None)
            for name, (activation, _, judged) in _AT_THE_START.items()
            if judged
        ),
        _TRAINED,
        *(
            Trial(name, _WHAT, RATIO, activation, None)
            for name, (activation, _, judged) in _AT_THE_START.items()
            if not judged
        ),
    ),
    parts=DATASETS,
    measure=measure,
    repeats=len(SEEDS),
)
