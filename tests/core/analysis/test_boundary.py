from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from core import DATASETS, Dataset, DatasetSpec, Experiment, Run, Table, class_probabilities, grid, limits, load, train
from core.analysis.boundary import MARGIN, class_maps
from core.data.datasets import VIEWS

RUNS = (Run("relu"), Run(("tanh", "gelu"), "sgd"), Run("relu", initializer="zeros"))


def test_grid_is_a_square_window_that_holds_all_points_from_the_top_left():
    data = load(DatasetSpec("moons"))
    window = grid(data, 20)
    assert np.isclose(window.x[1] - window.x[0], window.y[1] - window.y[0])
    points = np.vstack([data.X_train, data.X_test])
    assert (points > [window.x[0], window.y[0]]).all()
    assert (points < [window.x[1], window.y[1]]).all()
    cells = window.points.reshape(20, 20, 2)
    assert cells[0, 0, 0] < cells[0, -1, 0]
    assert cells[0, 0, 1] > cells[-1, 0, 1]
    side = window.x[1] - window.x[0]
    np.testing.assert_allclose(cells[0, :, 0], window.x[0] + side * (np.arange(20) + 0.5) / 20)
    np.testing.assert_allclose(cells[:, 0, 1], window.y[1] - side * (np.arange(20) + 0.5) / 20)
    extent = np.ptp(points, axis=0).max()
    assert side < 1.2 * extent, "the points fill the window"


@pytest.mark.parametrize("name", DATASETS)
def test_a_window_holds_all_points_of_the_registrys_data(name):
    kind = DATASETS[name]
    noises = (0.0, kind.noise, limits.NOISE[1]) if kind.made else (None,)
    for noise, classes, seed in product(noises, kind.classes or [None], range(3)):
        for view in [None] if kind.made else VIEWS:
            data = load(DatasetSpec(name, noise=noise, classes=classes, view=view, seed=seed))
            plane = data.to_plane(np.vstack([data.X_train, data.X_test]))
            window = grid(data, 2)
            assert np.isclose(window.x[1] - window.x[0], (1 + 2 * MARGIN) * np.ptp(plane, axis=0).max())


def own(points: np.ndarray, labels: np.ndarray) -> Dataset:
    return load(DatasetSpec("own", table=Table(("a", "b"), ("u", "v"), points, labels)))


def test_a_few_points_far_off_do_not_squeeze_the_others_together():
    draws, labels = np.random.default_rng(0), np.arange(200) % 2
    points = draws.normal(size=(200, 2)) + labels[:, None]
    as_it_was = grid(own(points, labels), 2)
    points[:2] = (500, 0), (0, -300)
    data = own(points, labels)
    window, plane = grid(data, 2), data.to_plane(np.vstack([data.X_train, data.X_test]))
    inside = ((plane >= (window.x[0], window.y[0])) & (plane <= (window.x[1], window.y[1]))).all(axis=1)
    assert inside.sum() == 198
    (left, right), spread = as_it_was.x, 0.2 * np.ptp(plane, axis=0).max()
    assert right - left > 1 and window.x[1] - window.x[0] < spread


def test_a_small_class_with_a_place_of_its_own_is_in_the_window():
    draws, labels = np.random.default_rng(0), np.arange(200) < 5
    points = draws.normal(size=(200, 2)) + 100 * labels[:, None]
    data = own(points, labels.astype(int))
    window = grid(data, 2)
    assert window.x[1] > data.to_plane(np.vstack([data.X_train, data.X_test]))[:, 0].max()


def test_probabilities_are_those_of_the_points():
    for spec in (DatasetSpec("spiral", classes=3), DatasetSpec("wine", view="all")):
        experiment = Experiment(spec, (Run("relu"), Run("tanh")), epochs=3)
        history, data = train(experiment), load(spec)
        window = grid(data, 9)
        pictures = class_probabilities(history, data, window, epoch_index=1)
        assert pictures.shape == (2, 9, 9, 3)
        np.testing.assert_allclose(pictures.sum(axis=3), 1, rtol=1e-5)
        expected = history.predict(data.to_inputs(window.points[9 * 4 + 7][None]), 1)[:, 0]
        np.testing.assert_allclose(pictures[:, 4, 7], expected, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("spec", [DatasetSpec("moons"), DatasetSpec("spiral", classes=3), DatasetSpec("digits")])
def test_class_maps_are_the_probabilities_of_every_recorded_epoch(spec, dtype):
    history, data = train(Experiment(spec, RUNS, epochs=13, dtype=dtype)), load(spec)
    window = grid(data, 40)  # more points than go through a stack at once
    maps = class_maps(history, data, window)
    assert maps.likeliest.shape == maps.certainty.shape == (3, len(history.epochs), 40, 40)
    for index in range(len(history.epochs)):
        probabilities = class_probabilities(history, data, window, index).astype(float)
        greatest = probabilities.max(axis=3)
        above_guess = np.interp(greatest, [1 / data.classes, 1], [0, 1])
        np.testing.assert_allclose(maps.certainty[:, index], above_guess, atol=1e-5)
        shown = np.take_along_axis(probabilities, maps.likeliest[:, index, :, :, None].astype(int), axis=3)[..., 0]
        np.testing.assert_allclose(shown, greatest, atol=1e-5)  # two classes may be equally likely, to rounding
        if dtype == "float64":
            np.testing.assert_array_equal(maps.likeliest[:, index], probabilities.argmax(axis=3))


def test_a_network_of_zeros_guesses_and_one_that_is_sure_is_sure():
    spec = DatasetSpec("blobs", classes=5, noise=0.1)
    history, data = train(Experiment(spec, (Run("tanh", initializer="zeros"), Run("relu")), epochs=60)), load(spec)
    maps = class_maps(history, data, grid(data, 9))
    assert (maps.certainty[0, 0] == 0).all()
    assert (maps.likeliest[0, 0] == 0).all(), "the first of equals"
    assert maps.certainty[1, -1].max() > 0.99
    assert set(np.unique(maps.likeliest[1, -1])) == set(range(5))


def test_a_network_that_was_never_finite_tells_nothing_and_warns_of_nothing():
    """pytest makes an error of every RuntimeWarning."""
    spec = DatasetSpec("moons")
    runs = (Run("relu_squared", bias=1000.0), Run("tanh"))
    history, data = train(Experiment(spec, runs, hidden=(8,) * 8, epochs=3)), load(spec)
    assert history.diverged_at.tolist() == [0, -1]
    window, settings = grid(data, 9), np.geterr()
    maps = class_maps(history, data, window)
    assert (maps.certainty[0] == 0).all()
    assert (maps.likeliest[0] == 0).all()
    alone = class_maps(history.select([1]), data, window)
    np.testing.assert_array_equal(maps.likeliest[1:], alone.likeliest)
    np.testing.assert_array_equal(maps.certainty[1:], alone.certainty)
    assert np.geterr() == settings, "later warnings are not lost"


def test_a_network_whose_logits_overflow_in_the_picture_warns_of_nothing():
    """Parameters are put into the history as training could have left them: large, finite where the data are."""
    spec = DatasetSpec("moons")
    history, data = train(Experiment(spec, (Run("identity"),), epochs=1)), load(spec)
    large = replace(history, flat_parameters=np.full_like(history.flat_parameters, 1e20))
    maps = class_maps(large, data, grid(data, 9))
    assert ((maps.certainty >= 0) & (maps.certainty <= 1)).all()


def test_a_network_without_a_finite_state_is_certain_of_nothing():
    """Its weights give something beside the samples that were too much for it."""
    spec = DatasetSpec("moons")
    history, data = train(Experiment(spec, (Run("relu"), Run("tanh")), epochs=1)), load(spec)
    certain = class_maps(history, data, grid(data, 9)).certainty
    without = class_maps(replace(history, diverged_at=np.array([0, -1])), data, grid(data, 9)).certainty
    assert certain[0].any() and not without[0].any()
    np.testing.assert_array_equal(without[1], certain[1])
