import base64
import io
import json

import altair as alt
import numpy as np
import pytest
from PIL import Image, ImageColor

from core import DatasetSpec, Experiment, History, Run, load, train
from ui.charts.boundaries import STRONGEST, boundary_chart, boundary_text, picture_url
from ui.charts.curves import loss_chart, loss_scale, loss_text, out_of_sight
from ui.charts.palette import CLASS_COLOURS, activation_colour
from ui.charts.units import unit_chart, unit_text

RUNS = (Run("relu", bias=-100.0), Run("tanh"), Run(("gelu", "sigmoid")))


@pytest.fixture(scope="module")
def history() -> History:
    return train(Experiment(DatasetSpec("spiral", classes=3, samples=100), RUNS, hidden=(6, 4), epochs=20))


def pixels(probabilities: np.ndarray) -> np.ndarray:
    """(row, column, red green blue alpha) of the picture."""
    png = base64.b64decode(picture_url(probabilities).removeprefix("data:image/png;base64,"))
    return np.array(Image.open(io.BytesIO(png)).convert("RGBA"))


def test_picture_has_the_likeliest_class_as_colour_and_certainty_as_opacity():
    certain, unsure, guess = [0, 1.0], [0.25, 0.75], [0.5, 0.5]
    picture = pixels(np.array([[certain, certain[::-1]], [unsure, guess]]))
    red, blue = (ImageColor.getrgb(CLASS_COLOURS[k]) for k in (1, 0))
    assert tuple(picture[0, 0, :3]) == tuple(picture[1, 0, :3]) == red
    assert tuple(picture[0, 1, :3]) == blue
    np.testing.assert_allclose(picture[:, :, 3] / 255, [[STRONGEST, STRONGEST], [STRONGEST / 2, 0]], atol=0.01)


@pytest.mark.parametrize("classes", [2, 3, 10])
def test_picture_of_any_number_of_classes(classes):
    picture = pixels(np.eye(classes)[None])
    expected = [ImageColor.getrgb(colour) for colour in CLASS_COLOURS[:classes]]
    assert [tuple(pixel[:3]) for pixel in picture[0]] == expected


def test_boundary_chart_shows_the_epoch_asked_for(history):
    data = load(history.experiment.dataset)
    first, last = (boundary_chart(history, data, resolution=20, epoch_index=k) for k in (0, -1))
    assert urls(first) != urls(last)
    assert len(urls(last)) == 3


def urls(specification: dict) -> list[str]:
    return [row["picture"] for rows in specification["datasets"].values() for row in rows if "picture" in row]


def test_most_points_are_drawn_but_no_more_than_the_browser_bears():
    for samples, drawn in ((100, 100), (5000, 500)):
        spec = DatasetSpec("moons", samples=samples)
        history = train(Experiment(spec, (Run(),), epochs=0))
        specification = boundary_chart(history, load(spec), resolution=10)
        points = [row for rows in specification["datasets"].values() for row in rows if "part" in row]
        assert len(points) == drawn
        assert sum(row["part"] == "test" for row in points) == pytest.approx(0.4 * drawn, abs=1)


def test_the_points_drawn_are_the_datas():
    spec = DatasetSpec("spiral", classes=3, samples=60)
    data, history = load(spec), train(Experiment(spec, (Run(),), epochs=0))
    specification = boundary_chart(history, data, resolution=10)
    rows = [row for rows in specification["datasets"].values() for row in rows if "part" in row]
    for part, X, y in (("training", data.X_train, data.y_train), ("test", data.X_test, data.y_test)):
        drawn = [row for row in rows if row["part"] == part]
        np.testing.assert_allclose([[row["x"], row["y"]] for row in drawn], X, atol=1e-3)
        assert [row["class"] for row in drawn] == [f"class {k}" for k in y]
    layers = specification["spec"]["layer"]
    positions = [(unit["encoding"]["x"]["field"], unit["encoding"]["y"]["field"]) for unit in layers[1]["layer"]]
    assert positions == [("x", "y")] * 2


def test_no_chart_holds_what_json_cannot(history):
    """A network that was never finite, beside one that is."""
    runs = (Run("relu_squared", bias=1000.0), Run("tanh"))
    odd = train(Experiment(DatasetSpec("moons", samples=60), runs, hidden=(8,) * 8, epochs=3))
    charts = [loss_chart(odd, part, log).to_dict() for part in ("train_loss", "test_loss") for log in (False, True)]
    charts += [
        unit_chart(odd, "dead_units").to_dict(),
        boundary_chart(odd, load(odd.experiment.dataset), resolution=10),
    ]
    for chart in charts:
        json.dumps(chart, allow_nan=False)


def test_the_curve_of_what_diverged_ends_before():
    runs = (Run("relu_squared", "sgd", learning_rate=100.0), Run("tanh"))
    wild = train(Experiment(DatasetSpec("moons"), runs, epochs=10))
    rows = next(iter(loss_chart(wild, "train_loss").to_dict()["datasets"].values()))
    epochs = [row["epoch"] for row in rows if row["network"] == "relu_squared"]
    assert epochs == list(range(wild.diverged_at[0]))


def test_runs_of_one_activation_have_a_line_each():
    runs = (Run("relu"), Run("relu", "sgd"))
    pair = train(Experiment(DatasetSpec("moons"), runs, epochs=3))
    (rows,) = loss_chart(pair, "train_loss").to_dict()["datasets"].values()
    names = [row["network"] for row in rows]
    assert len(set(names)) == 2
    assert names.count(names[0]) == len(pair.epochs)


def test_the_linear_scale_is_that_of_a_usual_loss_and_names_what_it_leaves_out():
    runs = (Run("tanh", "sgd", learning_rate=100.0), Run("tanh"), Run("relu"))
    wild = train(Experiment(DatasetSpec("moons"), runs, epochs=10))
    top = loss_scale(wild, log=False)["domain"][1]
    assert top <= 2 * np.median(np.concatenate([wild.train_loss[:, 0], wild.test_loss[:, 0]])) < wild.train_loss[0, -1]
    assert out_of_sight(wild) == ["tanh (sgd, rate 100)"]


def test_shade_of_many_classes_is_how_far_above_a_guess_the_likeliest_is():
    picture = pixels(np.array([[[0.4, 0.3, 0.3], [0.7, 0.2, 0.1]]]))
    np.testing.assert_allclose(picture[0, :, 3] / 255, STRONGEST * np.array([0.1, 0.55]), atol=0.01)


def test_charts_are_valid_and_use_the_activations_own_colours(history):
    charts = [loss_chart(history, "train_loss"), loss_chart(history, "test_loss", log=True)]
    charts += [unit_chart(history, "dead_units"), unit_chart(history, "saturated_units")]
    for chart in charts:
        alt.LayerChart.from_dict(chart.to_dict())
    colours = charts[0].to_dict()["layer"][0]["encoding"]["color"]["scale"]
    assert colours["domain"] == ["relu", "tanh", "gelu, sigmoid"]
    assert colours["range"] == [activation_colour(name) for name in ("relu", "tanh", "gelu")]


def test_curves_have_the_losses_of_the_part(history):
    for column in ("train_loss", "test_loss"):
        (rows,) = loss_chart(history, column).to_dict()["datasets"].values()
        losses = [row["loss"] for row in rows if row["network"] == "tanh"]
        np.testing.assert_allclose(losses, getattr(history, column)[1])


def test_both_parts_have_the_same_vertical_scale(history):
    for log in (False, True):
        scales = [loss_chart(history, part, log).to_dict()["layer"][0]["encoding"]["y"]["scale"]["domain"]
                  for part in ("train_loss", "test_loss")]  # fmt: skip
        assert scales[0] == scales[1]


def test_strips_cover_all_epochs_and_have_the_counts(history):
    (rows,) = unit_chart(history, "dead_units").to_dict()["datasets"].values()
    strip = [row for row in rows if row["network"] == "relu" and row["layer"] == 1]
    assert [row["count"] for row in strip] == [6] * len(history.epochs)
    assert [row["until"] for row in strip[:-1]] == [row["epoch"] for row in strip[1:]]
    assert strip[0]["epoch"] == 0
    assert {row["share"] for row in rows if row["network"] == "relu"} == {1.0}
    for row in rows:
        assert row["share"] == row["count"] / {1: 6, 2: 4}[row["layer"]]


def test_texts_say_the_result_in_words(history):
    assert "relu: " in boundary_text(history)
    assert "on test, 10 of 10 dead" in boundary_text(history)
    assert f"tanh: {history.test_loss[1, -1]:.4f}" in loss_text(history, "test_loss")
    assert "relu: 6 of 6, 4 of 4" in unit_text(history, "dead_units")
