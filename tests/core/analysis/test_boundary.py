import numpy as np

from core import DatasetSpec, Experiment, Run, class_probabilities, grid, load, train


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
