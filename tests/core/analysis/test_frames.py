from dataclasses import replace

import numpy as np
import pytest

from core import DatasetSpec, Experiment, Run, class_probabilities, grid, load, train
from core.analysis.frames import frames

RUNS = (Run("relu"), Run(("tanh", "gelu"), "sgd"), Run("relu", initializer="zeros"))


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("spec", [DatasetSpec("moons"), DatasetSpec("spiral", classes=3), DatasetSpec("digits")])
def test_frames_are_the_probabilities_of_every_recorded_epoch(spec, dtype):
    history, data = train(Experiment(spec, RUNS, epochs=13, dtype=dtype)), load(spec)
    window = grid(data, 40)  # more points than go through a stack at once
    pictures = frames(history, data, window)
    assert pictures.likeliest.shape == pictures.certainty.shape == (3, len(history.epochs), 40, 40)
    for index in range(len(history.epochs)):
        probabilities = class_probabilities(history, data, window, index).astype(float)
        greatest = probabilities.max(axis=3)
        above_guess = np.interp(greatest, [1 / data.classes, 1], [0, 1])
        np.testing.assert_allclose(pictures.certainty[:, index], above_guess, atol=1e-5)
        shown = np.take_along_axis(probabilities, pictures.likeliest[:, index, :, :, None].astype(int), axis=3)[..., 0]
        np.testing.assert_allclose(shown, greatest, atol=1e-5)  # two classes may be equally likely, to rounding
        if dtype == "float64":
            np.testing.assert_array_equal(pictures.likeliest[:, index], probabilities.argmax(axis=3))


def test_a_network_of_zeros_guesses_and_one_that_is_sure_is_sure():
    spec = DatasetSpec("blobs", classes=5, noise=0.1)
    history, data = train(Experiment(spec, (Run("tanh", initializer="zeros"), Run("relu")), epochs=60)), load(spec)
    pictures = frames(history, data, grid(data, 9))
    assert (pictures.certainty[0, 0] == 0).all()
    assert (pictures.likeliest[0, 0] == 0).all(), "the first of equals"
    assert pictures.certainty[1, -1].max() > 0.99
    assert set(np.unique(pictures.likeliest[1, -1])) == set(range(5))


def test_a_network_that_was_never_finite_tells_nothing_and_warns_of_nothing():
    """pytest makes an error of every RuntimeWarning."""
    spec = DatasetSpec("moons")
    runs = (Run("relu_squared", bias=1000.0), Run("tanh"))
    history, data = train(Experiment(spec, runs, hidden=(8,) * 8, epochs=3)), load(spec)
    assert history.diverged_at.tolist() == [0, -1]
    window, settings = grid(data, 9), np.geterr()
    pictures = frames(history, data, window)
    assert (pictures.certainty[0] == 0).all()
    assert (pictures.likeliest[0] == 0).all()
    alone = frames(history.select([1]), data, window)
    np.testing.assert_array_equal(pictures.likeliest[1:], alone.likeliest)
    np.testing.assert_array_equal(pictures.certainty[1:], alone.certainty)
    assert np.geterr() == settings, "later warnings are not lost"


def test_a_network_whose_logits_overflow_in_the_picture_warns_of_nothing():
    """Parameters are put into the history as training could have left them: large, finite where the data are."""
    spec = DatasetSpec("moons")
    history, data = train(Experiment(spec, (Run("identity"),), epochs=1)), load(spec)
    large = replace(history, flat_parameters=np.full_like(history.flat_parameters, 1e20))
    pictures = frames(large, data, grid(data, 9))
    assert ((pictures.certainty >= 0) & (pictures.certainty <= 1)).all()
