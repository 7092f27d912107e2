import numpy as np
import pytest
from scipy.special import log_softmax
from scipy.special import softmax as scipy_softmax
from sklearn.metrics import log_loss

from core.nn.losses import LOSSES, likeliest_class, softmax
from core.nn.network import one_hot
from tests.numeric import numeric_gradient

RNG = np.random.default_rng(0)
LOGITS = 3 * RNG.standard_normal((4, 2, 7))  # (class, run, sample)
TARGETS = one_hot(RNG.integers(0, 4, 7), 4, np.dtype(float))


def test_softmax_is_scipys_and_bears_large_numbers():
    np.testing.assert_allclose(softmax(LOGITS.copy()), scipy_softmax(LOGITS, axis=0), rtol=1e-12)
    np.testing.assert_allclose(softmax(np.array([[[1e30]], [[1e30]]])), [[[0.5]], [[0.5]]])


def test_cross_entropy_is_scikit_learns():
    probabilities = scipy_softmax(LOGITS[:, 0], axis=0).T
    expected = log_loss(TARGETS.argmax(axis=0), probabilities, labels=range(4))
    assert LOSSES["cross_entropy"].per_sample(LOGITS, TARGETS)[0].mean() == pytest.approx(expected, rel=1e-12)


def test_cross_entropy_of_an_almost_impossible_class_is_finite():
    logits = np.array([[[0.0]], [[500.0]]])
    target = one_hot(np.array([0]), 2, np.dtype(float))
    assert LOSSES["cross_entropy"].per_sample(logits, target)[0, 0] == pytest.approx(-log_softmax([0.0, 500.0])[0])


def test_mse_by_hand():
    """Logits 0, 0: both probabilities are 1/2, both are wrong by 1/2."""
    target = one_hot(np.array([1]), 2, np.dtype(float))
    assert LOSSES["mse"].per_sample(np.zeros((2, 1, 1)), target)[0, 0] == 0.25


@pytest.mark.parametrize("name", LOSSES)
def test_gradient_is_the_central_difference(name):
    logits = LOGITS.copy()
    numeric = numeric_gradient(lambda: LOSSES[name].per_sample(logits, TARGETS).sum(), logits)
    LOSSES[name].gradient(logits, TARGETS)
    np.testing.assert_allclose(logits, numeric, rtol=1e-6, atol=2e-8)


def test_likeliest_class_is_argmaxs_the_first_of_equals():
    logits = np.random.default_rng(0).integers(0, 3, (4, 5, 50)).astype("float32")  # many equals
    np.testing.assert_array_equal(likeliest_class(logits), logits.argmax(axis=0))
