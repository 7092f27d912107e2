"""How sparse networks of relu are, and whether that keeps them from overfitting."""

from collections.abc import Iterable

import numpy as np

from ..data.datasets import DatasetSpec, load
from ..nn.network import with_ones
from ..train.experiment import Run
from ..train.history import History
from .claim import LOSS, SHARE, Claim, Row, Trial
from .paired import SEEDS, WITHIN_A_SEED, histories

HIDDEN, EPOCHS, BATCH_SIZE, OPTIMIZER = (32, 32), 200, 32, "adam"
SPARSE = 0.5  # of the outputs of hidden units
# Few samples and, where it is made, much noise: there is something to learn by heart.
DATA = {
    "moons": DatasetSpec("moons", samples=100, noise=0.4),
    "circles": DatasetSpec("circles", samples=100, noise=0.3),
    "xor": DatasetSpec("xor", samples=100, noise=0.4),
    "spiral": DatasetSpec("spiral", samples=100, noise=0.4),
    "wine": DatasetSpec("wine", view="all", test_share=0.8),
    "digits": DatasetSpec("digits", view="all", test_share=0.9),
}
_SPARSITY = Trial("sparsity", "share of the hidden outputs of relu that are 0", SHARE, "relu", SPARSE)
_OTHERS = {
    name: Trial(f"overfitting of {name}", f"overfitting of {name}, minus that of relu", LOSS, name, 0)
    for name in ("leaky_relu", "tanh")
}


def measure(dataset: str, seeds: Iterable[int] = SEEDS, epochs: int = EPOCHS) -> tuple[Row, ...]:
    """The rows of one dataset."""
    runs = [Run(name, OPTIMIZER) for name in ("relu", *_OTHERS)]
    trained = histories(DATA[dataset], runs, seeds, hidden=HIDDEN, epochs=epochs, batch_size=BATCH_SIZE)
    zeros = [zero_share(history, 0) for history in trained]
    relu, *others = np.array([history.test_loss[:, -1] - history.train_loss[:, -1] for history in trained]).T
    rows = [Row(_SPARSITY.name, dataset, tuple(zeros), f"median {100 * np.median(zeros):.0f} % of the outputs")]
    for (name, trial), gap in zip(_OTHERS.items(), others):
        detail = f"test loss minus training loss, medians: {name} {np.median(gap):.3g}, relu {np.median(relu):.3g}"
        rows.append(Row(trial.name, dataset, tuple((gap - relu).tolist()), detail))
    return tuple(rows)


def zero_share(history: History, run: int) -> float:
    """The share of a run's hidden outputs, over all units and training samples, that are exactly 0 in the end."""
    network = history.select([run]).states(0)
    last = len(history.epochs) - 1
    inputs = with_ones(load(history.experiment.dataset).X_train, network.dtype)
    zeros = sum(
        np.count_nonzero(outputs[last] == 0)
        for part in network.parts(inputs.shape[1])
        for outputs in network.forward(inputs[:, part], slopes=False).unit_outputs
    )
    return zeros / (sum(history.experiment.hidden) * inputs.shape[1])


SPARSE_GUARD = Claim(
    name="sparse_guard",
    statement="ReLU's zeros make it sparse, and that guards against overfitting.",
    source=(
        "Glorot, Bordes and Bengio (2011), *Deep Sparse Rectifier Neural Networks*, found ReLU networks sparse, and "
        "gave reasons why that may help. That it guards against overfitting is often repeated in courses and blog "
        "posts."
    ),
    tested=(
        f"Networks of {len(HIDDEN)} hidden layers of {HIDDEN[0]} units learn few samples by heart, most of them noisy: "
        f"{EPOCHS} epochs of {OPTIMIZER} at its default rate. relu is *sparse* if more than {100 * SPARSE:.0f} % of "
        "its hidden outputs are 0 in the end. *Overfitting* is the test loss minus the training loss. leaky_relu is "
        "nearly the same function without the zeros, so if the zeros guard, it should overfit more; and tanh, which "
        f"has none, too. {len(SEEDS)} seeds, {WITHIN_A_SEED}."
    ),
    cannot_tell=(
        "All train for the same number of epochs, and none is stopped when its test loss is least. Nothing is said "
        "about larger networks or sparsity that is trained for."
    ),
    formula=r"s = \frac{\text{hidden outputs that are } 0}{\text{hidden outputs}}",
    trials=(_SPARSITY, *_OTHERS.values()),
    parts=tuple(DATA),
    measure=measure,
    repeats=len(SEEDS),
)
