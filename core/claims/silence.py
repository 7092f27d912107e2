"""Units that are silent, and how many of them leaky_relu spares."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from core.claims.claim import SHARE, Claim, Row, Trial
from core.claims.paired import SEEDS, WITHIN_A_SEED, all_features, histories
from core.diagnostics import SATURATED_SHARE
from core.experiment import Run

HIDDEN, EPOCHS, BATCH_SIZE = (16, 16, 16), 60, 32
BIAS, RATE = -4.0, 0.3
HALF = 0.5
DATASETS = ("moons", "circles", "xor", "spiral", "wine", "digits")

# What silences units of relu, by the name of the trial.
_CONDITIONS = {
    "steps too large": Run("relu", "adam", learning_rate=RATE),
    "bias too low, adam": Run("relu", "adam", bias=BIAS),
    "bias too low, sgd": Run("relu", "sgd", bias=BIAS),
}
_WHAT = "share of relu's silent units that leaky_relu spares"


def measure(dataset: str, seeds: Iterable[int] = SEEDS, epochs: int = EPOCHS) -> tuple[Row, ...]:
    """The rows of one dataset."""
    ill = list(_CONDITIONS.values())
    runs = [*ill, *(replace(run, activation="leaky_relu") for run in ill)]
    shared = {"hidden": HIDDEN, "epochs": epochs, "batch_size": BATCH_SIZE}
    # A unit of either is saturated where it is negative for nearly all samples: its slope there is 0, or 0.01.
    silent = [
        history.saturated_units[:, -1].sum(axis=1)
        for history in histories(all_features(dataset), runs, seeds, **shared)
    ]
    relu, leaky = np.array(silent).reshape(-1, 2, len(ill)).transpose(1, 2, 0)
    return tuple(
        Row(name, dataset, tuple(spared(relu[k], leaky[k]).tolist()), _medians(relu[k], leaky[k]))
        for k, name in enumerate(_CONDITIONS)
    )


def spared(relu: np.ndarray, leaky: np.ndarray) -> np.ndarray:
    """The share of relu's silent units that leaky_relu does not have; where it has more, minus the share of its own
    that relu does not have; 0 where there are none."""
    return (relu - leaky) / np.maximum(np.maximum(relu, leaky), 1)


def _medians(relu: np.ndarray, leaky: np.ndarray) -> str:
    return f"median silent units: relu {np.median(relu):g}, leaky_relu {np.median(leaky):g} of {sum(HIDDEN)}"


LEAKY_CURE = Claim(
    name="leaky_cure",
    statement="Leaky ReLU cures dead neurons.",
    source=(
        "Often repeated in courses and blog posts. Maas, Hannun and Ng (2013), who proposed it, found that it works "
        "about as well as ReLU."
    ),
    tested=(
        "By definition no unit of leaky_relu is dead: its slope is 0.01 where that of relu is 0. So what is counted "
        f"is units that are **silent**: negative for at least {100 * SATURATED_SHARE:.0f} % of the training samples. "
        f"Networks of {len(HIDDEN)} hidden layers of {HIDDEN[0]} units are trained for {EPOCHS} epochs under "
        f"conditions that silence relu: adam with the learning rate {RATE:g}, or an initial bias of {BIAS:g} in every "
        "hidden unit, with adam and with sgd at their default rates. It is a cure if leaky_relu spares more than half "
        f"of relu's silent units; below 0, it has more of them. {len(SEEDS)} seeds, {WITHIN_A_SEED}."
    ),
    cannot_tell=(
        "How well the networks do with the units that are left: a large network can spare some. Nor other slopes than "
        "0.01."
    ),
    formula=r"s = \frac{\text{silent with relu} - \text{silent with leaky\_relu}}{\text{silent with relu}}",
    trials=tuple(Trial(name, _WHAT, SHARE, "leaky_relu", HALF) for name in _CONDITIONS),
    parts=DATASETS,
    measure=measure,
    repeats=len(SEEDS),
)
