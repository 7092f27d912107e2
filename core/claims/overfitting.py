"""How sparse networks of relu are, whether that keeps them from overfitting, and what else the zeros are good for."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import numpy as np

from ..data.datasets import DatasetSpec
from ..nn.activations import ACTIVATIONS
from ..train.history import History
from ..train.run import Run
from .claim import AUXILIARY, LOSS, MECHANISM, RATIO, SHARE, Claim, Plan, Row, Trial
from .paired import SEEDS, WITHIN_A_SEED, by_seeds, histories, row
from .zeros import SAMPLES, WIDTH, inactive, saved

HIDDEN, EPOCHS, BATCH_SIZE, OPTIMIZER = (32, 32), 200, 32, "adam"
SAME_WEIGHTS = "he_normal"  # for all, so that nothing differs but the function
# Few samples and, where it is made, much noise: there is something to learn by heart.
DATA = {
    "moons": DatasetSpec("moons", samples=100, noise=0.4),
    "circles": DatasetSpec("circles", samples=100, noise=0.3),
    "xor": DatasetSpec("xor", samples=100, noise=0.4),
    "spiral": DatasetSpec("spiral", samples=100, noise=0.4),
    "wine": DatasetSpec("wine", view="all", test_share=0.8),
    "digits": DatasetSpec("digits", view="all", test_share=0.9),
}
# Without zeros: leaky_relu and elu are relu on the positive side; tanh differs from it in more.
COUNTED, COMPARED = ("leaky_relu", "elu"), "tanh"
_LABELS = {name: ACTIVATIONS[name].label for name in (*COUNTED, COMPARED)}
_WHAT = "test loss of {name} at the same training loss, minus that of ReLU"
_OTHERS = {
    name: Trial(
        f"overfitting of {name}", _WHAT.format(name=label), LOSS, name, title=f"Overfitting of {label}",
        **({"line": 0} if name in COUNTED else {"role": AUXILIARY}),
    )
    for name, label in _LABELS.items()
}  # fmt: skip
_SPARSITY = [
    Trial(
        f"zeros {when}", "share of the hidden outputs of ReLU that are 0", SHARE, "relu",
        role=MECHANISM, picture="How many outputs are 0?",
    )
    for when in ("before training", "at the end")
]  # fmt: skip
_SAVED = [
    Trial(
        name, "cost of a layer that uses the zeros, divided by that of one that does not", RATIO, "relu",
        role=AUXILIARY, picture="What do the zeros save?",
    )
    for name in ("time, numpy's array", "time, sparse matrix", "memory, sparse matrix")
]  # fmt: skip


def experiment(seeds: Iterable[int] = SEEDS, epochs: int = EPOCHS) -> Plan:
    """relu and networks without zeros on few samples."""
    return Plan(by_seeds(partial(_measured, epochs), seeds), _rows)


def _measured(epochs: int, dataset: str, seeds: Sequence[int]) -> np.ndarray:
    """(seed, number): the test losses of each other network and of relu, the shares of zeros, and what these save."""
    runs = [Run(name, OPTIMIZER, initializer=SAME_WEIGHTS) for name in ("relu", *_OTHERS)]
    trained = histories(DATA[dataset], runs, seeds, hidden=HIDDEN, epochs=epochs, batch_size=BATCH_SIZE)
    numbers = []
    for seed, history in zip(seeds, trained, strict=True):
        losses = [loss for other in range(1, len(runs)) for loss in at_equal_loss(history, other, 0)]
        zeros = [float(inactive(history, when)[0].mean()) for when in (0, -1)]
        numbers.append([*losses, *zeros, *saved(zeros[-1], seed)])
    return np.array(numbers)


def at_equal_loss(history: History, run: int, other: int) -> tuple[float, float, float]:
    """The test losses of two runs where each first comes down to a training loss, the least that both reach, and that
    training loss.  Between two records, both losses are taken to go straight."""
    level = max(history.train_loss[each].min() for each in (run, other))
    return _test_loss(history, run, level), _test_loss(history, other, level), float(level)


def _test_loss(history: History, run: int, level: float) -> float:
    """Where its training loss first is at most `level`."""
    training, test = history.train_loss[run], history.test_loss[run]
    after = int((training <= level).argmax())
    if after == 0:
        return float(test[0])
    share = (training[after - 1] - level) / (training[after - 1] - training[after])
    return float(test[after - 1] + share * (test[after] - test[after - 1]))


def _rows(dataset: str, given: Sequence[Any]) -> tuple[Row, ...]:
    numbers = np.concatenate(given).T
    losses, zeros, costs = np.split(numbers, [3 * len(_OTHERS), 3 * len(_OTHERS) + len(_SPARSITY)])
    rows = []
    for trial, (of_it, of_relu, level) in zip(_OTHERS.values(), np.split(losses, len(_OTHERS)), strict=True):
        medians = f"{trial.activation} {np.median(of_it):.3g}, relu {np.median(of_relu):.3g}"
        detail = f"median test losses at training loss {np.median(level):.2g}: {medians}"
        rows.append(row(trial.name, dataset, of_it - of_relu, detail))
    for trial, share in zip(_SPARSITY, zeros, strict=True):
        rows.append(row(trial.name, dataset, share, f"median {100 * np.median(share):.0f} % of the outputs"))
    at_the_end = f"{100 * np.median(zeros[-1]):.0f} % zeros, {WIDTH} units, {SAMPLES} samples"
    return (*rows, *(row(trial.name, dataset, cost, at_the_end) for trial, cost in zip(_SAVED, costs, strict=True)))


SPARSE_GUARD = Claim(
    name="sparse_guard",
    statement="ReLU's zeros make it sparse, and that protects against overfitting.",
    source=(
        "Glorot, Bordes and Bengio (2011), *Deep Sparse Rectifier Neural Networks*, found ReLU networks sparse, and "
        "gave reasons why that may help. That it protects against overfitting is often repeated in courses and blog "
        "posts."
    ),
    design=(
        "Networks with ReLU, and with Leaky ReLU and ELU, which equal ReLU for positive sums and have no zeros for "
        f"negative ones. Networks with {len(HIDDEN)} hidden layers of {HIDDEN[0]} units memorize few samples, most of "
        f"them noisy, in {EPOCHS} epochs of Adam at its default rate. All start from the same He normal weights.",
        "The test loss of both at the same training loss, the lowest that both reach. So neither is measured later in "
        f"its training than the other. {len(DATA)} datasets, {len(SEEDS)} seeds. {WITHIN_A_SEED}",
        "If the zeros protect, a network without them has the higher test loss. Shown separately: Tanh, which differs "
        "in more ways, and the share of zeros. Before training, half of the sums are negative by symmetry. Also shown "
        f"is what the zeros save in a layer of {WIDTH} units for {SAMPLES} samples: time with numpy, which multiplies "
        "by 0 as by any number, and time and memory of scipy's sparse matrix.",
    ),
    cannot_tell=(
        "Leaky ReLU is so similar to ReLU that a small effect of the zeros would need more seeds. Larger networks, and "
        "sparsity that is trained for, are not tested. Libraries and chips made for sparse numbers may save what numpy "
        "and scipy do not."
    ),
    formula=r"\begin{gathered} d = L_{\text{test}}(\text{Leaky ReLU}) - L_{\text{test}}(\text{ReLU}) \\ "
    r"\text{at equal } L_{\text{train}} \end{gathered}",
    trials=(*_OTHERS.values(), *_SPARSITY, *_SAVED),
    parts=tuple(DATA),
    plan=experiment(),
    repeats=len(SEEDS),
)
