"""What becomes of runs that blow up, and of their neighbours."""

import numpy as np
import pytest

from core import Experiment, Run, Training, train
from tests.core.train.comparing import MOONS, assert_same


def test_a_neighbour_that_blows_up_changes_nothing_for_the_others():
    calm = (Run("relu", "sgd"), Run("tanh"))
    wild = (Run("identity", "sgd", learning_rate=1e6), Run("relu_squared", "sgd", learning_rate=1e6))
    alone = train(Experiment(MOONS, calm, epochs=20, dtype="float64"))
    together = train(Experiment(MOONS, (wild[0], calm[0], wild[1], calm[1]), epochs=20, dtype="float64"))
    assert_same(together, alone, rows=[1, 3], rtol=1e-7, atol=1e-9)
    assert together.diverged_at[1] == together.diverged_at[3] == -1
    assert together.diverged_at[2] > 0


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_run_that_blows_up_stands_still_at_its_last_finite_state(dtype):
    history = train(Experiment(MOONS, (Run("relu_squared", "sgd", learning_rate=1e6),), epochs=20, dtype=dtype))
    epoch = history.diverged_at[0]
    assert 0 < epoch <= 20
    for name in ("train_loss", "test_loss", "flat_parameters"):
        assert np.isfinite(getattr(history, name)).all(), name
    at = list(history.epochs).index(epoch)
    np.testing.assert_array_equal(history.flat_parameters[0, at], history.flat_parameters[0, -1])
    np.testing.assert_array_equal(history.train_loss[0, at:], history.train_loss[0, at])


def test_a_loss_that_overflows_with_finite_parameters_has_diverged_too():
    """Weights grow until the logits overflow, while every weight is still a float32."""
    steep = Run("identity", "sgd", learning_rate=1e8, bias=1000.0)
    for run in (steep, Run("identity", "sgd", l2=1000.0, learning_rate=1e3)):
        history = train(Experiment(MOONS, (run,), hidden=(64,) * 6, epochs=8, batch_size=60))
        assert history.diverged_at[0] >= 0
        assert np.isfinite(history.train_loss).all()
        assert np.isfinite(history.test_loss).all()


@pytest.mark.parametrize("epochs", [16, 17, 18, 19])
def test_a_loss_that_overflows_is_noticed_at_any_last_epoch(epochs):
    """17 and 19 are recorded only because they are the last."""
    wild = Run("leaky_relu", "momentum", 1.0)
    history = train(Experiment(MOONS, (wild, Run("tanh")), hidden=(16,) * 6, epochs=epochs, batch_size=5000))
    assert np.isfinite(history.train_loss).all()
    assert np.isfinite(history.test_loss).all()
    assert history.diverged_at[1] == -1


def test_a_loss_that_was_not_finite_at_the_epochs_start_goes_back_to_what_was_recorded():
    """Weights are put into the network as training could have left them: finite, with a loss that is not."""
    training = Training(Experiment(MOONS, (Run("identity"), Run("tanh")), hidden=(4, 4), epochs=20))
    training.advance(16)
    recorded = training.history().flat_parameters[:, -1]
    parameters = training.stack.network.parameters
    parameters[0] = 1e30
    training.advance()  # 17 is not recorded; the gradient is no number
    history = training.history()
    assert history.diverged_at.tolist() == [17, -1]
    np.testing.assert_array_equal(history.flat_parameters[0, -1], recorded[0])
    assert history.train_loss[0, -1] == history.train_loss[0, -2]
    assert (parameters[0] == np.float32(1e30)).all(), "looking changes nothing"


def test_initial_weights_that_are_too_much_already_diverge_in_epoch_0():
    calm = Run("tanh")
    alone = train(Experiment(MOONS, (calm,), hidden=(8,) * 8, epochs=5))
    history = train(Experiment(MOONS, (Run("relu_squared", bias=1000.0), calm), hidden=(8,) * 8, epochs=5))
    assert history.diverged_at.tolist() == [0, -1]
    for accuracy in (history.train_accuracy, history.test_accuracy):
        assert not accuracy[0].any() and accuracy[1].all(), "it predicts nothing, though the first class is likeliest"
    assert_same(history, alone, rows=[1], rtol=1e-5, atol=1e-6)
