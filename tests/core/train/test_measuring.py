import numpy as np
import pytest
from sklearn.metrics import accuracy_score, log_loss

from core import DatasetSpec, Experiment, Run, load
from core.nn.losses import LOSSES
from core.train.measuring import Samples, Score, forward_pass, mean_gradient
from core.train.stack import Stack
from tests.numeric import numeric_gradient

SPIRAL = DatasetSpec("spiral", samples=100, classes=3)


@pytest.fixture(params=[1_000_000, 1], ids=["at once", "in parts"])
def stack(request, monkeypatch):
    monkeypatch.setattr("core.nn.network.PART_VALUES", request.param)
    return Stack(Experiment(SPIRAL, (Run("tanh"), Run("gelu", bias=0.3)), hidden=(4, 3), dtype="float64"))


def test_samples_are_the_datasets():
    data = load(SPIRAL)
    for samples, X, y in (
        (Samples.of_training(data, np.dtype("float32")), data.X_train, data.y_train),
        (Samples.of_test(data, np.dtype("float32")), data.X_test, data.y_test),
    ):
        assert samples.number == len(y)
        np.testing.assert_array_equal(samples.inputs[:-1].T, X.astype(np.float32))
        np.testing.assert_array_equal(samples.inputs[-1], 1)
        np.testing.assert_array_equal(samples.targets.argmax(axis=0), y)
        np.testing.assert_array_equal(samples.targets.sum(axis=0), 1)


def test_a_score_is_scikit_learns(stack):
    """From probabilities by a plain forward pass."""
    data, score = load(SPIRAL), Score(2, stack.loss)
    forward_pass(stack.network, stack.test, score.look)
    for run in range(2):
        logits = stack.network.forward(stack.test.inputs, slopes=False).logits[:, run].T
        probabilities = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
        assert score.loss[run] == pytest.approx(log_loss(data.y_test, probabilities))
        assert score.accuracy[run] == pytest.approx(accuracy_score(data.y_test, probabilities.argmax(axis=1)))


@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
def test_the_mean_gradient_is_central_differences(stack, loss):
    def mean_loss() -> float:
        score = Score(2, loss)
        forward_pass(stack.network, stack.train, score.look)
        return score.loss.sum()

    gradient = mean_gradient(stack.network, stack.train, loss)
    np.testing.assert_allclose(gradient, numeric_gradient(mean_loss, stack.network.parameters), rtol=1e-5, atol=1e-9)


def test_observers_see_every_sample_once_in_order(stack):
    seen, outputs = [], []

    def look(space, targets):
        seen.append(targets)
        outputs.append(space.unit_outputs[0].copy())

    mean_gradient(stack.network, stack.train, stack.loss, look)
    assert len(seen) == len(stack.network.parts(60))
    np.testing.assert_array_equal(np.concatenate(seen, axis=1), stack.train.targets)
    expected = np.tanh(stack.network.weights[0][1] @ stack.train.inputs)  # the order puts gelu before tanh
    np.testing.assert_allclose(np.concatenate(outputs, axis=2)[1], expected, rtol=1e-12)
