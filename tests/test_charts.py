import base64
import io

import altair as alt
import numpy as np
import pytest
from PIL import Image, ImageColor

from core import DatasetSpec, Experiment, History, Run, load, train
from ui.charts.boundaries import STRONGEST, boundary_chart, boundary_text, picture_url
from ui.charts.curves import loss_chart, loss_text
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


def test_texts_say_the_result_in_words(history):
    assert "relu: " in boundary_text(history)
    assert "on test, 10 of 10 dead" in boundary_text(history)
    assert f"tanh: {history.test_loss[1, -1]:.4f}" in loss_text(history, "test_loss")
    assert "relu: 6 of 6, 4 of 4" in unit_text(history, "dead_units")
