import json
from dataclasses import replace

import numpy as np
import pytest

from core import DatasetSpec, Experiment, History, Run, Table, class_probabilities, grid, load, train
from core.analysis.boundary import class_maps
from tests.ui.charts.test_charts import pixels, rgb
from ui.charts.boundaries import (
    MOST_POINTS,
    RESOLUTION,
    boundary_pictures,
    boundary_text,
    packed,
    packed_boundaries,
    reading_boundaries,
)
from ui.charts.palette import CLASS_COLOURS, CLASS_SHAPES, activation_look
from ui.charts.pictures import LEVELS, STRONGEST
from ui.shell.numbers import percent

RUNS = (Run("relu", bias=-100.0), Run("tanh"), Run(("gelu", "sigmoid")))
LABELS = ["ReLU", "Tanh", "GELU, Sigmoid"]
AS_DRAWN = STRONGEST * 0.5 / (LEVELS - 1) + 0.002  # the nearest of the levels, and of the PNG's 256


@pytest.fixture(scope="module")
def history() -> History:
    return train(Experiment(DatasetSpec("spiral", classes=3, samples=100), RUNS, hidden=(6, 4), epochs=20))


def boundaries(history: History, resolution: int = 10) -> dict:
    data = load(history.experiment.dataset)
    window = grid(data, resolution)
    return boundary_pictures(history, data, window, class_maps(history, data, window))


def shown(network: dict, index: int) -> np.ndarray:
    """What pictures.js cuts out of the film of a network."""
    film = pixels(network["film"])
    side = film.shape[1]
    top = (index % (len(film) // (side + 2))) * (side + 2)
    picture = film[top + 1 : top + 1 + side]
    np.testing.assert_array_equal(film[[top, top + 1 + side]], picture[[0, -1]], "for what looks beyond the edge")
    return picture


def test_each_epoch_shows_the_networks_as_they_were_then(history):
    data, drawn, colours = load(history.experiment.dataset), boundaries(history, 12), rgb(CLASS_COLOURS[:3])
    assert [network["label"] for network in drawn["networks"]] == LABELS
    assert drawn["moments"] == history.epochs.tolist()
    for index in range(len(history.epochs)):
        probabilities = class_probabilities(history, data, grid(data, 12), index)
        for network, expected, accuracy in zip(drawn["networks"], probabilities, history.test_accuracy[:, index]):
            picture = shown(network, index)
            opacity = np.interp(expected.max(axis=2), [1 / 3, 1], [0, STRONGEST])
            np.testing.assert_array_equal(picture[:, :, :3], colours[expected.argmax(axis=2)])
            np.testing.assert_allclose(picture[:, :, 3] / 255, opacity, atol=AS_DRAWN)
            assert percent(accuracy) in network["outcomes"][index]


def test_the_browser_can_tell_the_class_and_its_probability_from_a_pixel(history):
    """What `predicted` in pictures.js does, for every pixel at the last epoch."""
    data, drawn = load(history.experiment.dataset), boundaries(history, 12)
    classes = len(drawn["classes"])
    assert [(each["label"], each["colour"]) for each in drawn["classes"]] == list(zip(data.class_names, CLASS_COLOURS))
    for network, expected in zip(drawn["networks"], class_probabilities(history, data, grid(data, 12))):
        opacity = shown(network, -1)[:, :, 3]
        level = np.rint(opacity / (255 * drawn["strongest"]) * (drawn["levels"] - 1))
        probability = (1 + level / (drawn["levels"] - 1) * (classes - 1)) / classes
        np.testing.assert_allclose(probability, expected.max(axis=2), atol=(1 - 1 / classes) * 0.5 / 15 + 1e-6)


def test_shade_is_how_far_above_a_guess_the_likeliest_class_is():
    """A network without hidden layers and weights, whose biases are the logarithms of the probabilities."""
    spec = DatasetSpec("blobs", classes=3, samples=30)
    linear = train(Experiment(spec, (Run(),), hidden=(), epochs=2))
    flat = np.zeros((1, 3, 9), np.float32)
    states = replace(linear, flat_parameters=flat)
    flat.flags.writeable = True
    for index, chances in enumerate([(1 / 3, 1 / 3, 1 / 3), (0.4, 0.3, 0.3), (0.7, 0.2, 0.1)]):
        states.parameters(0, index)[0][1][...] = np.log(chances)
    (network,) = boundaries(states)["networks"]
    for index, expected in enumerate((0, 0.1, 0.55)):
        np.testing.assert_allclose(shown(network, index)[:, :, 3] / 255, STRONGEST * expected, atol=AS_DRAWN)


def test_a_whole_replay_is_light():
    names = ("identity", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "selu", "gelu")
    history = train(Experiment(runs=tuple(map(Run, names))))
    drawn = boundaries(history, RESOLUTION)
    assert [pixels(network["film"]).shape[:2] for network in drawn["networks"]] == [
        (len(history.epochs) * (RESOLUTION + 2), RESOLUTION)
    ] * len(names)
    assert len(packed(drawn)) < 350_000
    assert json.loads(packed(drawn)) == json.loads(packed_boundaries(history)) == drawn


def test_most_points_are_drawn_but_no_more_than_the_browser_bears():
    for samples, expected in ((100, 100), (5000, MOST_POINTS)):
        history = train(Experiment(DatasetSpec("moons", samples=samples), (Run(),), epochs=0))
        points = boundaries(history)["points"]
        assert len(points["training"]) + len(points["test"]) == expected
        assert len(points["test"]) == pytest.approx(0.4 * expected, abs=1)


def test_the_points_drawn_are_the_datas(history):
    data, drawn = load(history.experiment.dataset), boundaries(history)
    for part, X, y in (("training", data.X_train, data.y_train), ("test", data.X_test, data.y_test)):
        np.testing.assert_allclose([point[:2] for point in drawn["points"][part]], X, atol=1e-3)
        assert [point[2] for point in drawn["points"][part]] == y.tolist()
    assert [each["shape"] for each in drawn["classes"]] == list(CLASS_SHAPES[:3])
    window = grid(data)
    assert drawn["window"] == {"x": list(window.x), "y": list(window.y)}


def test_frames_have_the_networks_looks(history):
    for network, name in zip(boundaries(history)["networks"], ("relu", "tanh", "gelu")):
        assert (network["colour"], tuple(network["dash"])) == (activation_look(name).colour, activation_look(name).dash)


def test_what_was_reached_is_said_in_words(history):
    text = boundary_text(history)
    assert text == boundaries(history)["text"]
    for label, accuracy in zip(LABELS, history.test_accuracy[:, -1]):
        assert f"{label}: Test accuracy {percent(accuracy)} · " in text
    assert "10 of 10 units dead" in text


def test_a_network_that_diverged_says_so_from_that_epoch_on():
    wild = train(Experiment(DatasetSpec("moons"), (Run("relu_squared", "sgd", learning_rate=100.0),), epochs=10))
    (network,), epoch = boundaries(wild)["networks"], wild.diverged_at[0]
    told = [f"diverged in epoch {epoch}" in outcome for outcome in network["outcomes"]]
    assert told == [False] * epoch + [True] * (11 - epoch)
    assert f"· diverged in epoch {epoch}" in boundary_text(wild)


def test_a_network_that_was_never_finite_is_drawn_without_a_shade():
    never = train(
        Experiment(DatasetSpec("moons", samples=60), (Run("relu_squared", bias=1000.0),), hidden=(8,) * 8, epochs=3)
    )
    assert never.diverged_at.tolist() == [0]
    (network,) = boundaries(never)["networks"]
    assert set(network["outcomes"]) == {"Test accuracy 0.0 % · no finite state"}
    packed(boundaries(never))
    assert not shown(network, 0)[:, :, 3].any()


def test_without_test_data_nothing_is_said_of_them(history):
    spec = DatasetSpec("moons", samples=40, test_share=0)
    tested = train(Experiment(spec, (Run("relu"),), epochs=2))
    drawn = boundaries(tested)
    assert "test" not in drawn["texts"] and not drawn["points"]["test"]
    said = drawn["text"] + reading_boundaries(tested.experiment)
    assert "Training accuracy" in said and "est accuracy" not in said and "Hollow" not in said
    assert boundaries(history)["texts"]["test"] == "Test data"


def test_the_caption_says_how_many_points_lie_outside_of_the_window():
    labels = np.arange(60) % 2
    points = np.random.default_rng(0).normal(size=(60, 2)) + labels[:, None]
    said = []
    for far in (0, 1, 2):
        points[:far] = 900
        spec = DatasetSpec("own", table=Table(("a", "b"), ("u", "v"), points, labels))
        said.append(reading_boundaries(Experiment(spec, (Run(),))))
    assert "outside" not in said[0]
    assert "1 point is far outside" in said[1] and "2 points are far outside" in said[2]


def test_the_reading_says_what_is_left_out_and_what_a_slice_is():
    many = reading_boundaries(Experiment(DatasetSpec("moons", samples=5000), (Run(),)))
    assert f"{MOST_POINTS} of the 5000 samples" in many
    assert "only two directions" in reading_boundaries(Experiment(DatasetSpec("wine", view="all"), (Run(),)))


def test_the_caption_says_what_the_networks_see_beside_the_picture():
    def said(**settings):
        return reading_boundaries(Experiment(DatasetSpec("iris", **settings), (Run("identity"),)))

    made = said(made_features=("x1_x2",))
    assert "1st principal component\\) · \\(2nd principal component\\), made of their two inputs" in made
    assert "inputs of the networks are not standardised" in said(standardised=False)
    assert "straight boundary" in said() and "straight boundary" not in made
    assert "also see" not in said() and "not standardised" not in said()
