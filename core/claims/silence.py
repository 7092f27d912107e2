"""Where units of relu die: whether the network learns again with leaky_relu, and whether fewer units are silent."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from ..train.diagnostics import SATURATED_SHARE
from ..train.experiment import Run
from ..train.history import History
from .claim import POINTS, SHARE, Claim, Row, Trial
from .paired import SEEDS, WITHIN_A_SEED, all_features, histories

HIDDEN, EPOCHS, BATCH_SIZE = (16, 16, 16), 60, 32
BIAS, RATE = -4.0, 1.0  # at 0.3, half of relu's networks still learn, and rounding decides which
BETTER = 0.02  # of test accuracy: less is not worth a word
DATASETS = ("moons", "circles", "xor", "spiral", "wine", "digits")

# What kills units of relu.
_CONDITIONS = {
    "steps too large": Run("relu", "adam", learning_rate=RATE),
    "bias too low, adam": Run("relu", "adam", bias=BIAS),
    "bias too low, sgd": Run("relu", "sgd", bias=BIAS),
}
_LEARNING = {
    name: Trial(
        name, "test accuracy of leaky_relu, minus that of relu", POINTS, "leaky_relu", BETTER,
        picture="Does the network learn again?",
    )
    for name in _CONDITIONS
}  # fmt: skip
_SILENCE = {
    name: Trial(
        f"silence, {name}", "share of relu's silent units that leaky_relu spares", SHARE, "leaky_relu", None,
        picture="Are fewer units silent?",
    )
    for name in _CONDITIONS
}  # fmt: skip


def measure(dataset: str, seeds: Iterable[int] = SEEDS, epochs: int = EPOCHS) -> tuple[Row, ...]:
    """The rows of one dataset, all of the same trainings."""
    ill = list(_CONDITIONS.values())
    runs = [*ill, *(replace(run, activation="leaky_relu") for run in ill)]
    shared = {"hidden": HIDDEN, "epochs": epochs, "batch_size": BATCH_SIZE}
    ends = np.array([_ends(history) for history in histories(all_features(dataset), runs, seeds, **shared)])
    accuracy, silent, dead = ends.reshape(-1, 3, 2, len(ill)).transpose(1, 3, 2, 0)  # (condition, activation, seed)
    learning, silence = [], []
    for k, name in enumerate(_CONDITIONS):
        relu, leaky = accuracy[k]
        detail = f"median accuracy: relu {100 * np.median(relu):.1f} %, leaky_relu {100 * np.median(leaky):.1f} %"
        learning.append(Row(_LEARNING[name].name, dataset, tuple((leaky - relu).tolist()), detail))
        figures = tuple(spared(*silent[k]).tolist())
        silence.append(Row(_SILENCE[name].name, dataset, figures, _units(silent[k], dead[k])))
    return (*learning, *silence)


def _ends(history: History) -> tuple[np.ndarray, ...]:
    """Test accuracy, silent units and dead ones of each run, in the end.

    A unit of either activation is saturated where it is negative for nearly all samples: its slope there is 0, or 0.01.
    """
    units = (history.saturated_units, history.dead_units)
    return history.test_accuracy[:, -1], *(counts[:, -1].sum(axis=1) for counts in units)


def spared(relu: np.ndarray, leaky: np.ndarray) -> np.ndarray:
    """The share of relu's silent units that leaky_relu does not have; where it has more, minus the share of its own
    that relu does not have; 0 where there are none."""
    return (relu - leaky) / np.maximum(np.maximum(relu, leaky), 1)


def _units(silent: np.ndarray, dead: np.ndarray) -> str:
    """Both are (activation, seed)."""
    (relu, leaky), (relu_dead, leaky_dead) = np.median(silent, axis=1), np.median(dead, axis=1)
    return (
        f"medians of {sum(HIDDEN)} units: relu {relu:g} silent, {relu_dead:g} dead; "
        f"leaky_relu {leaky:g} silent, {leaky_dead:g} dead"
    )


LEAKY_CURE = Claim(
    name="leaky_cure",
    statement="Leaky ReLU cures dead neurons.",
    source=(
        "Often repeated in courses and blog posts. Maas, Hannun and Ng (2013), who proposed it, found that it works "
        "about as well as ReLU in their networks."
    ),
    tested=(
        "A unit is **dead** if its slope is 0 for every training sample. Of leaky_relu none is, by definition: its "
        "slope is 0.01 where that of relu is 0. So what is judged is the purpose of the cure: whether the network "
        f"**learns again**. Networks of {len(HIDDEN)} hidden layers of {HIDDEN[0]} units are trained for {EPOCHS} "
        "epochs under conditions that kill so many units of relu that it does little better than guessing: adam with "
        f"the learning rate {RATE:g}, or an initial bias of {BIAS:g} in every hidden unit, with adam and with sgd at "
        "their default rates. It is a cure if the test accuracy of leaky_relu is more than "
        f"{100 * BETTER:.0f} points above that of relu. For comparison, units are counted that are **silent**, "
        f"negative for at least {100 * SATURATED_SHARE:.0f} % of the training samples: the share of relu's that "
        f"leaky_relu spares; below 0, it has more of them. {len(SEEDS)} seeds, {WITHIN_A_SEED}."
    ),
    cannot_tell=(
        "Whether leaky_relu learns as well as a network that was never ill, and what other slopes than 0.01 do. "
        "Nothing is said of milder conditions either, in which only some networks of relu are lost."
    ),
    formula=r"g = \frac{\text{right with leaky\_relu} - \text{right with relu}}{\text{test samples}}",
    trials=(*_LEARNING.values(), *_SILENCE.values()),
    parts=DATASETS,
    measure=measure,
    repeats=len(SEEDS),
)
