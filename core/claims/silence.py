"""Where units of relu die: whether the network learns again with leaky_relu, and whether fewer units are silent."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from ..train.history import History
from ..train.run import Run
from .claim import AUXILIARY, MECHANISM, POINTS, SHARE, TRIVIAL, Claim, Plan, Row, Trial
from .paired import SEEDS, WITHIN_A_SEED, all_features, by_seeds, histories, row
from .zeros import inactive

HIDDEN, EPOCHS, BATCH_SIZE = (16, 16, 16), 60, 32
BIAS, RATE = -4.0, 1.0  # at 0.3, half of relu's networks still learn, and rounding decides which
SAME_WEIGHTS = "he_normal"  # for both, so that nothing differs but the function
SILENT = 0.95  # of the training samples: a unit whose sum is at most 0 for as many is silent
BETTER = 0.02  # of test accuracy: less is not worth a word
DATASETS = ("moons", "circles", "xor", "spiral", "wine", "digits")

# What kills units of relu, and the same network when nothing does.
CONDITIONS = {
    "steps too large": Run("relu", "adam", initializer=SAME_WEIGHTS, learning_rate=RATE),
    "bias too low, adam": Run("relu", "adam", initializer=SAME_WEIGHTS, bias=BIAS),
    "bias too low, sgd": Run("relu", "sgd", initializer=SAME_WEIGHTS, bias=BIAS),
}
_HEALTHY = {name: replace(run, learning_rate=None, bias=0.0) for name, run in CONDITIONS.items()}
_TITLES = dict(zip(CONDITIONS, ("Steps too large", "Bias too low, Adam", "Bias too low, SGD")))
_LEARNING = {
    name: Trial(
        name, "test accuracy of Leaky ReLU, minus that of ReLU", POINTS, "leaky_relu", BETTER,
        picture="Does the network learn again?", title=title,
    )
    for name, title in _TITLES.items()
}  # fmt: skip
_SILENCE = {
    name: Trial(
        f"silence, {name}", "share of ReLU's silent units that Leaky ReLU avoids", SHARE, "leaky_relu",
        role=MECHANISM, picture="Are fewer units silent?", title=title,
    )
    for name, title in _TITLES.items()
}  # fmt: skip
_LEFT = {
    name: Trial(
        f"left, {name}", "test accuracy of ReLU under normal conditions, minus that of Leaky ReLU", POINTS, "relu",
        role=AUXILIARY, picture="Distance to normal conditions", title=title,
    )
    for name, title in _TITLES.items()
}  # fmt: skip
_DEAD = {
    name: Trial(
        f"dead, {name}", "share of the hidden units of Leaky ReLU that are dead", SHARE, "leaky_relu",
        role=TRIVIAL, picture="Are units of Leaky ReLU dead?", title=title,
    )
    for name, title in _TITLES.items()
}  # fmt: skip


def experiment(seeds: Iterable[int] = SEEDS, epochs: int = EPOCHS) -> Plan:
    """Under each condition relu and leaky_relu, and relu without it."""
    return Plan(by_seeds(partial(_ends, epochs), seeds), _rows)


def _ends(epochs: int, dataset: str, seeds: Sequence[int]) -> np.ndarray:
    """(seed, figure, network, condition), of one stack for each seed: figures are test accuracy, silent units and dead
    ones in the end; networks are relu, leaky_relu and healthy relu."""
    ill = list(CONDITIONS.values())
    runs = [*ill, *(replace(run, activation="leaky_relu") for run in ill), *_HEALTHY.values()]
    shared = {"hidden": HIDDEN, "epochs": epochs, "batch_size": BATCH_SIZE}
    ends = [_end(history) for history in histories(all_features(dataset), runs, seeds, **shared)]
    return np.array(ends).reshape(len(ends), 3, 3, len(ill))


def _end(history: History) -> tuple[np.ndarray, ...]:
    silent = (inactive(history) >= SILENT).sum(axis=1)
    return history.test_accuracy[:, -1], silent, history.dead_units[:, -1].sum(axis=1)


def spared(relu: np.ndarray, leaky: np.ndarray) -> np.ndarray:
    """The share of relu's silent units that leaky_relu does not have; where it has more, minus the share of its own
    that relu does not have; 0 where there are none."""
    return (relu - leaky) / np.maximum(np.maximum(relu, leaky), 1)


def _rows(dataset: str, given: Sequence[Any]) -> tuple[Row, ...]:
    accuracy, silent, dead = np.concatenate(given).transpose(1, 3, 2, 0)  # (condition, network, seed) each
    rows = []
    for k, name in enumerate(CONDITIONS):
        relu, leaky, healthy = accuracy[k]
        share, units = dead[k, 1] / sum(HIDDEN), _units(silent[k], dead[k])
        rows += [
            row(_LEARNING[name].name, dataset, leaky - relu, _accuracies(relu=relu, leaky_relu=leaky)),
            row(_SILENCE[name].name, dataset, spared(*silent[k, :2]), units),
            row(_LEFT[name].name, dataset, healthy - leaky, _accuracies(relu=healthy, leaky_relu=leaky)),
            row(_DEAD[name].name, dataset, share, units),
        ]
    return tuple(rows)


def _accuracies(**of: np.ndarray) -> str:
    return f"median accuracy: {', '.join(f'{name} {100 * np.median(each):.1f} %' for name, each in of.items())}"


def _units(silent: np.ndarray, dead: np.ndarray) -> str:
    """Both are (network, seed)."""
    (relu, leaky), (relu_dead, leaky_dead) = np.median(silent[:2], axis=1), np.median(dead[:2], axis=1)
    return (
        f"medians of {sum(HIDDEN)} units: relu {relu:g} silent, {relu_dead:g} dead; leaky_relu {leaky:g} silent, "
        f"{leaky_dead:g} dead"
    )


LEAKY_CURE = Claim(
    name="leaky_cure",
    statement="Leaky ReLU cures dead neurons.",
    source=(
        "Often repeated in courses and blog posts. Maas, Hannun and Ng (2013), who proposed it, found that it works "
        "about as well as ReLU in their networks."
    ),
    design=(
        f"Networks with ReLU and with Leaky ReLU from the same He normal weights: {len(HIDDEN)} hidden layers of "
        f"{HIDDEN[0]} units, {EPOCHS} epochs. The conditions kill so many units of ReLU that it is little better than "
        f"chance level: Adam with learning rate {RATE:g}, or an initial bias of −{-BIAS:g} in every hidden unit, with "
        "Adam and with SGD at their default rates.",
        f"Test accuracy at the end. {len(DATASETS)} datasets, {len(SEEDS)} seeds. {WITHIN_A_SEED}",
        f"It is a cure if the test accuracy of Leaky ReLU is more than {100 * BETTER:.0f} percentage points above that "
        "of ReLU. By definition, its units are never **dead** (slope 0 for every training sample), so that does not "
        f"count. Shown separately: units that are **silent** (0 or negative for at least {100 * SILENT:.0f} % of the "
        "training samples), and how far Leaky ReLU stays behind ReLU under normal conditions.",
    ),
    cannot_tell=(
        "It does not test other slopes than 0.01, or milder conditions in which only some networks with ReLU fail. A "
        "smaller learning rate or a bias of 0 would also have been a cure."
    ),
    formula=r"g = \frac{\text{right, Leaky ReLU} - \text{right, ReLU}}{\text{test samples}}",
    trials=(*_LEARNING.values(), *_SILENCE.values(), *_LEFT.values(), *_DEAD.values()),
    parts=DATASETS,
    plan=experiment(),
    repeats=len(SEEDS),
)
