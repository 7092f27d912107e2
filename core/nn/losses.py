"""The output: softmax, and the losses taken of it.

Arrays are (class, run, sample): numpy is fast along the last axis, and a sum over the first is a sum of whole arrays.
`targets` is (class, sample), 1 for the true class and 0 elsewhere.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Loss:
    """`per_sample(logits, targets)` is (run, sample); `gradient(logits, targets)` turns `logits` in place into each
    sample's slope of its loss by its logits, (class, run, sample)."""

    name: str
    label: str
    formula: str
    per_sample: Callable[[np.ndarray, np.ndarray], np.ndarray]
    gradient: Callable[[np.ndarray, np.ndarray], None]
    note: str


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


_RECORDS = (
    Loss(
        "cross_entropy", "Cross-entropy", r"-\ln p_{\text{true}}", _cross_entropy, _cross_entropy_gradient,
        "Minus the logarithm of the probability given to the true class (torch.nn.CrossEntropyLoss).",
    ),
    Loss(
        "mse", "Squared error", r"\tfrac{1}{K}\sum_k (p_k - t_k)^2", _mse, _mse_gradient,
        "Mean squared distance of the probabilities from 1 for the true class and 0 elsewhere (torch.nn.MSELoss).",
    ),
)  # fmt: skip

LOSSES: dict[str, Loss] = {record.name: record for record in _RECORDS}
