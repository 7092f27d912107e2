"""The output: softmax, and the losses taken of it.

Arrays are (class, run, sample): numpy is fast along the last axis, and a sum over the first is a sum of whole arrays.
`targets` is (class, sample), 1 for the true class and 0 elsewhere.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, kw_only=True)
class Loss:
    """A loss of the output layer's logits.

    `per_sample(logits, targets)` gives each sample's loss, (run, sample); `gradient(logits, targets)` turns `logits`,
    in place, into the slopes of each sample's loss by its logits, (class, run, sample).  `formula` is LaTeX and `note`
    a sentence on what it is.

    `torch` is how a PyTorch script defines `loss_of(logits, y)`, the mean loss of logits (sample, class) and labels
    (sample,); None says that it cannot be written there.
    """

    name: str
    label: str
    formula: str
    per_sample: Callable[[np.ndarray, np.ndarray], np.ndarray]
    gradient: Callable[[np.ndarray, np.ndarray], None]
    note: str
    torch: str | None = None


def softmax(logits: np.ndarray) -> np.ndarray:
    """exp(a_k) / sum_i exp(a_i) over the classes, in place.  Subtracting the largest first changes nothing of the
    result and keeps exp from overflowing."""
    logits -= np.maximum.reduce(logits)
    np.exp(logits, logits)
    logits /= np.add.reduce(logits)
    return logits


def likeliest_class(logits: np.ndarray) -> np.ndarray:
    """(run, sample): the class of the greatest logit, the first of equals; there are at most 256 classes.  Comparing
    them one by one is many times as fast as `argmax` over the first axis."""
    greatest = logits[0].copy()
    likeliest = np.zeros(greatest.shape, np.uint8)
    for k in range(1, len(logits)):
        better = (logits[k] > greatest).view(np.uint8)
        np.maximum(likeliest, k * better, out=likeliest)  # k is above all before it
        np.maximum(greatest, logits[k], out=greatest)
    return likeliest


def _cross_entropy(logits: np.ndarray, targets: np.ndarray) -> np.ndarray:
    shifted = logits - np.maximum.reduce(logits)
    of_true_class = np.add.reduce(shifted * targets[:, None])
    return np.log(np.add.reduce(np.exp(shifted, shifted))) - of_true_class


def _cross_entropy_gradient(logits: np.ndarray, targets: np.ndarray) -> None:
    probabilities = softmax(logits)
    probabilities -= targets[:, None]


def _mse(logits: np.ndarray, targets: np.ndarray) -> np.ndarray:
    return np.square(softmax(logits.copy()) - targets[:, None]).mean(axis=0)


def _mse_gradient(logits: np.ndarray, targets: np.ndarray) -> None:
    probabilities = softmax(logits)
    by_probability = (probabilities - targets[:, None]) * (2 / len(targets))
    by_probability -= (probabilities * by_probability).sum(axis=0)
    probabilities *= by_probability


_MSE_IN_TORCH = '''\
def loss_of(logits, y):
    """Mean squared distance of the probabilities from 1 for the true class and 0 elsewhere."""
    targets = nn.functional.one_hot(y, logits.shape[1]).to(logits.dtype)
    return nn.functional.mse_loss(logits.softmax(dim=1), targets)
'''

_RECORDS = (
    Loss(
        name="cross_entropy", label="Cross-entropy", formula=r"-\ln p_{\text{true}}", per_sample=_cross_entropy,
        gradient=_cross_entropy_gradient, torch="loss_of = nn.CrossEntropyLoss()\n",
        note="Minus the logarithm of the true class's predicted probability (torch.nn.CrossEntropyLoss).",
    ),
    Loss(
        name="mse", label="Squared error", formula=r"\tfrac{1}{K}\sum_k (p_k - t_k)^2", per_sample=_mse,
        gradient=_mse_gradient, torch=_MSE_IN_TORCH,
        note="Mean squared error of the probabilities; the target is 1 for the true class, else 0 (torch.nn.MSELoss).",
    ),
)  # fmt: skip

LOSSES: dict[str, Loss] = {record.name: record for record in _RECORDS}
