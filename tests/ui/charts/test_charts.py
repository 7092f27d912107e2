import base64
import io
import json
from dataclasses import replace
from types import SimpleNamespace

import altair as alt
import numpy as np
import pytest
from PIL import Image, ImageColor

from core import DatasetSpec, Experiment, History, Run, class_probabilities, grid, load, train
from core.analysis.boundary import class_maps
from core.train.parts import advance
from ui.charts.boundaries import RESOLUTION, boundary_chart, boundary_text
from ui.charts.curves import loss_chart, loss_scale, loss_text, out_of_sight, progress_chart
from ui.charts.palette import CLASS_COLOURS, Look, activation_look
from ui.charts.pictures import LEVELS, STRONGEST, picture_url
from ui.compare.unit_charts import unit_chart, unit_text
from ui.shell.factors import DEFAULT_ACTIVATIONS

RUNS = (Run("relu", bias=-100.0), Run("tanh"), Run(("gelu", "sigmoid")))
SMALL = Experiment(DatasetSpec("moons", samples=40), (Run("tanh"),), hidden=(2,), epochs=3)


@pytest.fixture(scope="module")
def history() -> History:
    return train(Experiment(DatasetSpec("spiral", classes=3, samples=100), RUNS, hidden=(6, 4), epochs=20))


@pytest.fixture(scope="module")
def never_finite() -> History:
    """A network that was never finite, beside one that is."""
    runs = (Run("relu_squared", bias=1000.0), Run("tanh"))
    history = train(Experiment(DatasetSpec("moons", samples=60), runs, hidden=(8,) * 8, epochs=3))
    assert history.diverged_at.tolist() == [0, -1]
    return history


def boundaries(history: History, resolution: int = 10) -> dict:
    data = load(history.experiment.dataset)
    window = grid(data, resolution)
    return boundary_chart(history, data, window, class_maps(history, data, window))


def pixels(url: str) -> np.ndarray:
    """(row, column, red green blue alpha) of a picture."""
    png = base64.b64decode(url.removeprefix("data:image/png;base64,"))
    return np.array(Image.open(io.BytesIO(png)).convert("RGBA"))


def rgb(colours: list[str]) -> np.ndarray:
    return np.array([ImageColor.getrgb(colour) for colour in colours])


def rows_with(part: object, key: str) -> list[dict]:
    """All objects of a specification that have this key, however deep."""
    if isinstance(part, dict):
        return [part] if key in part else rows_with(list(part.values()), key)
    return [row for each in part for row in rows_with(each, key)] if isinstance(part, list) else []


def layers_of(specification: dict, mark: str) -> list[dict]:
    """The layers of a chart that are drawn by this mark."""
    return [layer for layer in specification["layer"] if layer["mark"]["type"] == mark]


def drawn_by(specification: dict, mark: str) -> list[list[dict]]:
    """The tables of these layers."""
    return [specification["datasets"][layer["data"]["name"]] for layer in layers_of(specification, mark)]


def value_of(expression: str, row: dict, record: int):
    """What a Vega expression is for a row of its table, at a step of the replay: those used here are Python, too."""
    return eval(expression, {"datum": SimpleNamespace(**row), "record": record, "abs": abs})


def assert_follows_the_replay(specification: dict, epochs: np.ndarray) -> None:
    """It has a step for each recorded epoch, counted from 0, and stands at the last."""
    (record,) = [parameter for parameter in specification["params"] if parameter["name"] == "record"]
    bind = record["bind"]
    assert bind["input"] == "range"
    assert list(range(bind["min"], bind["max"] + 1, bind["step"])) == list(range(len(epochs)))
    assert record["value"] == bind["max"]


def test_picture_has_the_place_as_colour_and_the_level_as_opacity():
    picture = pixels(picture_url(np.array([[1, 0], [1, 0]]), np.array([[1, 1], [0.4, 0]]), ("#ff8000", "#0000c8")))
    expected = [[(0, 0, 200), (255, 128, 0)], [(0, 0, 200), (255, 128, 0)]]
    np.testing.assert_array_equal(picture[:, :, :3], expected)
    np.testing.assert_allclose(picture[:, :, 3] / 255, [[STRONGEST, STRONGEST], [0.4 * STRONGEST, 0]], atol=0.01)


def test_picture_is_as_strong_as_asked_for():
    picture = pixels(picture_url(np.zeros((1, 2)), np.array([[0, 1]]), CLASS_COLOURS, strongest=1))
    np.testing.assert_array_equal(picture[0, :, 3], [0, 255])


def test_picture_shows_any_level_by_the_nearest_of_sixteen():
    level = np.linspace(0, 1, 500)[None]
    for k in range(10):
        opacity = pixels(picture_url(np.full(level.shape, k), level, CLASS_COLOURS, strongest=1))[0, :, 3] / 255
        assert len(np.unique(opacity)) == LEVELS == 16
        np.testing.assert_allclose(opacity, level[0], atol=0.5 / 15 + 0.002)


@pytest.mark.parametrize("classes", [2, 3, 10])
def test_picture_of_any_number_of_classes(classes):
    picture = pixels(picture_url(np.arange(classes)[None], np.ones((1, classes)), CLASS_COLOURS[:classes]))
    np.testing.assert_array_equal(picture[0, :, :3], rgb(CLASS_COLOURS[:classes]))


def test_each_step_of_the_replay_shows_the_networks_as_they_were_at_that_epoch(history):
    data, names = load(history.experiment.dataset), ["relu", "tanh", "gelu, sigmoid"]
    specification, colours = boundaries(history, 12), rgb(CLASS_COLOURS[:3])
    table = rows_with(specification["datasets"], "picture")
    assert specification["facet"]["sort"] == names
    (only_those_of_the_step,) = {transform["filter"] for transform in rows_with(specification["spec"], "filter")}
    for index in range(len(history.epochs)):
        shown = [row for row in table if value_of(only_those_of_the_step, row, index)]
        assert [row["network"] for row in shown] == names
        probabilities = class_probabilities(history, data, grid(data, 12), index)
        for row, expected, accuracy in zip(shown, probabilities, history.test_accuracy[:, index]):
            picture, opacity = pixels(row["picture"]), np.interp(expected.max(axis=2), [1 / 3, 1], [0, STRONGEST])
            np.testing.assert_array_equal(picture[:, :, :3], colours[expected.argmax(axis=2)])
            np.testing.assert_allclose(picture[:, :, 3] / 255, opacity, atol=STRONGEST * 0.5 / 15 + 0.002)
            assert row["outcome"].startswith(f"{100 * accuracy:.1f} % on test, ")


def test_all_but_the_points_is_that_of_the_replays_step(history):
    shade, points, border, outcomes = boundaries(history)["spec"]["layer"]
    for layer, mark in ((shade, "image"), (border, "rect"), (outcomes, "text")):
        assert layer["mark"]["type"] == mark
        assert rows_with(layer, "filter")
    assert not rows_with(points, "filter")


def test_shade_is_how_far_above_a_guess_the_likeliest_class_is():
    """A network without hidden layers and weights, whose biases are the logarithms of the probabilities."""
    spec = DatasetSpec("blobs", classes=3, samples=30)
    linear = train(Experiment(spec, (Run(),), hidden=(), epochs=2))
    flat = np.zeros((1, 3, 9), np.float32)
    states = replace(linear, flat_parameters=flat)
    flat.flags.writeable = True
    for index, chances in enumerate([(1 / 3, 1 / 3, 1 / 3), (0.4, 0.3, 0.3), (0.7, 0.2, 0.1)]):
        states.parameters(0, index)[0][1][...] = np.log(chances)
    opacities = [pixels(row["picture"])[:, :, 3] / 255 for row in rows_with(boundaries(states), "picture")]
    for opacity, expected in zip(opacities, (0, 0.1, 0.55), strict=True):
        np.testing.assert_allclose(opacity, STRONGEST * expected, atol=STRONGEST * 0.5 / 15 + 0.002)


def test_the_pictures_of_a_whole_replay_are_light():
    history = train(Experiment(runs=tuple(Run(name) for name in DEFAULT_ACTIVATIONS)))
    table = rows_with(boundaries(history, RESOLUTION), "picture")
    assert len(table) == 8 * len(history.epochs)
    assert sum(len(row["picture"]) for row in table) < 450_000


def test_what_follows_the_replay_stands_at_its_last_epoch(history):
    charts = [boundaries(history), loss_chart(history, "train_loss"), unit_chart(history, "dead_units")]
    for chart in charts:
        assert_follows_the_replay(chart, history.epochs)
    start = train(replace(SMALL, epochs=0))
    for chart in (boundaries(start), loss_chart(start, "test_loss"), unit_chart(start, "saturated_units")):
        assert_follows_the_replay(chart, start.epochs)


def test_a_rule_stands_at_the_epoch_that_the_replay_shows(history):
    for chart in (loss_chart(history, "train_loss"), unit_chart(history, "dead_units")):
        (rule,) = [layer for layer in layers_of(chart, "rule") if rows_with(layer, "filter")]
        (only_that_of_the_step,) = (transform["filter"] for transform in rule["transform"])
        assert rule["encoding"]["x"]["field"] == "epoch"
        table = chart["datasets"][rule["data"]["name"]]
        for index, epoch in enumerate(history.epochs):
            shown = [row["epoch"] for row in table if value_of(only_that_of_the_step, row, index)]
            assert shown == [epoch]


def test_most_points_are_drawn_but_no_more_than_the_browser_bears():
    for samples, drawn in ((100, 100), (5000, 500)):
        history = train(Experiment(DatasetSpec("moons", samples=samples), (Run(),), epochs=0))
        points = rows_with(boundaries(history)["datasets"], "part")
        assert len(points) == drawn
        assert sum(row["part"] == "test" for row in points) == pytest.approx(0.4 * drawn, abs=1)


def test_the_points_drawn_are_the_datas():
    spec = DatasetSpec("spiral", classes=3, samples=60)
    data, history = load(spec), train(Experiment(spec, (Run(),), epochs=0))
    specification = boundaries(history)
    rows = rows_with(specification["datasets"], "part")
    for part, X, y in (("training", data.X_train, data.y_train), ("test", data.X_test, data.y_test)):
        drawn = [row for row in rows if row["part"] == part]
        np.testing.assert_allclose([[row["x"], row["y"]] for row in drawn], X, atol=1e-3)
        assert [row["class"] for row in drawn] == [f"class {k}" for k in y]
    training, test = (layer["encoding"] for layer in specification["spec"]["layer"][1]["layer"])
    for encoding in (training, test):
        assert (encoding["x"]["field"], encoding["y"]["field"], encoding["shape"]["field"]) == ("x", "y", "class")
    assert training["fill"]["field"] == test["stroke"]["field"] == "class"
    assert test["fill"] == {"value": "white"}, "a ring"


def test_pictures_cover_the_window(history):
    window = grid(load(history.experiment.dataset))
    specification = boundaries(history)
    for row in rows_with(specification["datasets"], "picture"):
        assert (row["left"], row["right"], row["bottom"], row["top"]) == (*window.x, *window.y)
    for encoding in rows_with(specification["spec"], "url"):
        assert [encoding[side]["field"] for side in ("x", "x2", "y", "y2")] == ["left", "right", "bottom", "top"]
        assert (encoding["x"]["scale"]["domain"], encoding["y"]["scale"]["domain"]) == (list(window.x), list(window.y))


def test_no_chart_holds_what_json_cannot(never_finite):
    alone = never_finite.select([0])
    for odd in (never_finite, alone):
        charts = [loss_chart(odd, part, log) for part in ("train_loss", "test_loss") for log in (False, True)]
        charts += [unit_chart(odd, "dead_units"), unit_chart(odd, "saturated_units"), boundaries(odd)]
        charts += [progress_chart(odd.experiment, advance(odd.experiment, None, seconds=0))]
        for chart in charts:
            json.dumps(chart, allow_nan=False)
        for text in (boundary_text(odd), loss_text(odd, "train_loss"), unit_text(odd, "dead_units")):
            assert "relu_squared: " in text


def test_charts_are_valid(history, never_finite):
    """The number of columns, which the browser works out, is the one thing that the schema does not know of."""
    for some in (history, never_finite):
        charts = [loss_chart(some, "train_loss"), loss_chart(some, "test_loss", log=True), boundaries(some)]
        charts += [unit_chart(some, "dead_units"), unit_chart(some, "saturated_units")]
        charts += [progress_chart(some.experiment, advance(some.experiment, None, seconds=0))]
        for chart in charts:
            alt.Root.validate(chart | {"columns": 4} if "signal" in chart.get("columns", {}) else chart)


def test_networks_have_their_activations_own_look(history):
    (lines,) = layers_of(loss_chart(history, "train_loss"), "line")
    colours, dashes = (lines["encoding"][channel]["scale"] for channel in ("color", "strokeDash"))
    looks = [activation_look(name) for name in ("relu", "tanh", "gelu")]
    assert colours["domain"] == dashes["domain"] == ["relu", "tanh", "gelu, sigmoid"]
    assert colours["range"] == [look.colour for look in looks]
    assert dashes["range"] == [list(look.dash) for look in looks]
    _, _, border, _ = boundaries(history)["spec"]["layer"]
    assert border["encoding"]["color"]["scale"] == colours


def test_networks_may_have_other_names_and_looks(history):
    looks = {name: Look(colour, (1, 1)) for name, colour in zip("abc", ("#111111", "#222222", "#333333"))}
    specification = loss_chart(history, "train_loss", looks=looks)
    colours = layers_of(specification, "line")[0]["encoding"]["color"]["scale"]
    assert (colours["domain"], colours["range"]) == (["a", "b", "c"], [look.colour for look in looks.values()])
    (rows,) = drawn_by(specification, "line")
    assert [row["drawn"] for row in rows if row["network"] == "b"] == history.train_loss[1].tolist()
    assert f"b: {history.train_loss[1, -1]:.4g}" in loss_text(history, "train_loss", looks)


def test_curves_have_the_losses_of_the_part(history):
    for column in ("train_loss", "test_loss"):
        (rows,) = drawn_by(loss_chart(history, column), "line")
        losses = [row["drawn"] for row in rows if row["network"] == "tanh"]
        np.testing.assert_allclose(losses, getattr(history, column)[1])


def test_the_curve_of_what_diverged_ends_before_in_a_cross():
    runs = (Run("relu_squared", "sgd", learning_rate=100.0), Run("tanh"))
    wild = train(Experiment(DatasetSpec("moons"), runs, epochs=10))
    specification = loss_chart(wild, "train_loss")
    (rows,), (crosses,) = (drawn_by(specification, mark) for mark in ("line", "point"))
    names = {row["network"] for row in rows}
    assert len(names) == 2
    (ends,) = crosses
    assert ends["network"].startswith("relu_squared")
    curve = [row for row in rows if row["network"] == ends["network"]]
    assert [row["epoch"] for row in curve] == list(range(wild.diverged_at[0]))
    assert (ends["epoch"], ends["drawn"]) == (curve[-1]["epoch"], curve[-1]["drawn"])


def test_runs_of_one_activation_have_a_line_each():
    pair = train(replace(SMALL, runs=(Run("relu"), Run("relu", "sgd"))))
    (rows,) = drawn_by(loss_chart(pair, "train_loss"), "line")
    names = [row["network"] for row in rows]
    assert len(set(names)) == 2
    assert names.count(names[0]) == len(pair.epochs)


@pytest.fixture(scope="module")
def repeated() -> History:
    """Five seeds of two activations, some of which diverge, as if they had, at different epochs; one was never finite.
    All of the second have diverged in the end."""
    runs = tuple(Run(name, seed=seed) for seed in range(5) for name in ("relu", "tanh"))
    history = train(replace(SMALL, runs=runs))
    losses = history.train_loss.copy()
    losses[2] = np.nan
    diverged_at = np.array([-1, 2, 0, 3, 2, 2, -1, 1, 3, 3])
    return replace(history, train_loss=losses, diverged_at=diverged_at)


def test_a_line_is_the_median_of_the_seeds_that_have_not_diverged_and_its_band_their_range(repeated):
    specification = loss_chart(repeated, "train_loss")
    (lines,), (bands,) = (drawn_by(specification, mark) for mark in ("line", "area"))
    assert lines == bands
    going = {"relu": [[0, 4, 6, 8], [0, 4, 6, 8], [0, 6, 8], [0, 6]], "tanh": [[1, 3, 5, 7, 9], [1, 3, 5, 9], [3, 9]]}
    for name, runs_of_epochs in going.items():
        rows = [row for row in lines if row["network"] == name]
        assert [row["epoch"] for row in rows] == list(range(len(runs_of_epochs)))
        for row, runs in zip(rows, runs_of_epochs):
            losses = repeated.train_loss[runs, row["epoch"]]
            assert row["drawn"] == pytest.approx(np.median(losses))
            assert (row["least"], row["greatest"]) == pytest.approx((losses.min(), losses.max()))
    (crosses,) = drawn_by(specification, "point")
    assert [(row["network"], row["epoch"]) for row in crosses] == [("tanh", 2)], "of relu, two are left"


def test_seeds_of_a_setting_have_one_look():
    runs = tuple(Run(name, seed=seed) for name in ("relu", "tanh") for seed in range(2))
    (lines,) = layers_of(loss_chart(train(replace(SMALL, runs=runs)), "train_loss"), "line")
    scale = lines["encoding"]["color"]["scale"]
    assert scale["domain"] == ["relu", "tanh"]
    assert scale["range"] == [activation_look(name).colour for name in ("relu", "tanh")]


def test_one_seed_has_no_band(history):
    assert not drawn_by(loss_chart(history, "train_loss"), "area")


def test_a_logarithmic_scale_is_given_no_zero(history):
    losses = history.train_loss.copy()
    losses[1, 3:] = 0
    perfect = replace(history, train_loss=losses)
    (rows,) = drawn_by(loss_chart(perfect, "train_loss", log=True), "line")
    assert min(row["drawn"] for row in rows) == loss_scale(perfect, log=True)["domain"][0] > 0
    titles = [
        layers_of(loss_chart(perfect, "train_loss", log), "line")[0]["encoding"]["y"]["title"] for log in (True, False)
    ]
    assert titles == ["Loss (log scale)", "Loss"]
    assert [row["loss"] for row in rows if row["network"] == "tanh"][3:] == [0] * (len(history.epochs) - 3)


def test_the_linear_scale_is_that_of_a_usual_loss_and_names_what_it_leaves_out():
    runs = (Run("tanh", "sgd", learning_rate=100.0), Run("tanh"), Run("relu"))
    wild = train(Experiment(DatasetSpec("moons"), runs, epochs=10))
    top = loss_scale(wild, log=False)["domain"][1]
    assert top <= 2 * np.median(np.concatenate([wild.train_loss[:, 0], wild.test_loss[:, 0]])) < wild.train_loss[0, -1]
    assert out_of_sight(wild) == ["tanh (sgd, rate 100)"]


def test_both_parts_have_the_same_vertical_scale(history):
    for log in (False, True):
        charts = [loss_chart(history, part, log) for part in ("train_loss", "test_loss")]
        one, other = (layers_of(chart, "line")[0]["encoding"]["y"]["scale"] for chart in charts)
        assert one == other


def test_a_logarithmic_scale_goes_from_the_least_loss_of_both_parts_to_the_greatest(history):
    for factor in (0.1, 10):
        apart = replace(history, test_loss=factor * history.train_loss)
        losses = np.concatenate([apart.train_loss, apart.test_loss])
        assert loss_scale(apart, log=True)["domain"] == [losses.min(), losses.max()]


def test_progress_has_the_losses_so_far_on_an_axis_for_the_whole_training(history):
    experiment = history.experiment
    part = advance(experiment, None, seconds=0)
    specification = progress_chart(experiment, part)
    (rows,) = specification["datasets"].values()
    for run, name in enumerate(["relu", "tanh", "gelu, sigmoid"]):
        curve = [row for row in rows if row["network"] == name]
        assert [row["epoch"] for row in curve] == [0, 1]
        np.testing.assert_allclose([row["loss"] for row in curve], history.train_loss[run, :2])
    assert specification["encoding"]["x"]["scale"]["domain"] == [0, 20]
    assert not specification.get("params"), "there is nothing to replay yet"


def test_progress_leaves_out_what_is_not_finite(never_finite):
    part = advance(never_finite.experiment, None, seconds=0)
    (rows,) = progress_chart(never_finite.experiment, part)["datasets"].values()
    assert [row["network"] for row in rows] == ["tanh"] * 2


def test_strips_cover_all_epochs_and_have_the_counts(history):
    rows = drawn_by(unit_chart(history, "dead_units"), "rect")[-1]
    strip = [row for row in rows if row["network"] == "relu" and row["layer"] == 1]
    assert [row["count"] for row in strip] == [6] * len(history.epochs)
    assert [row["epoch"] for row in strip] == history.epochs.tolist()
    assert [row["until"] for row in strip[:-1]] == [row["epoch"] for row in strip[1:]]
    assert strip[-1]["until"] > strip[-1]["epoch"]
    assert {row["share"] for row in rows if row["network"] == "relu"} == {1.0}
    for row in rows:
        assert row["share"] == row["count"] / {1: 6, 2: 4}[row["layer"]]


def test_texts_say_the_result_in_words(history):
    assert "relu: " in boundary_text(history)
    assert "on test, 10 of 10 dead" in boundary_text(history)
    assert f"tanh: {history.test_loss[1, -1]:.4g}" in loss_text(history, "test_loss")
    assert "mean" not in loss_text(history, "test_loss")
    assert "relu: 6 of 6, 4 of 4" in unit_text(history, "dead_units")


def test_text_of_several_seeds_is_of_their_median():
    several = train(replace(SMALL, runs=tuple(Run("tanh", seed=seed) for seed in range(3))))
    text = loss_text(several, "train_loss")
    median = np.median(several.train_loss[:, -1])
    assert text.endswith(f"after epoch 3, median of the seeds that have not diverged. tanh: {median:.4g}.")
    text = loss_text(
        replace(several, diverged_at=np.array([2, *[-1] * (len(several.experiment.runs) - 1)])), "train_loss"
    )
    assert text.endswith(f"tanh: {np.median(several.train_loss[1:, -1]):.4g}."), "where the line ends"


def test_a_network_that_diverged_says_so_from_that_epoch_on():
    wild = train(Experiment(DatasetSpec("moons"), (Run("relu_squared", "sgd", learning_rate=100.0),), epochs=10))
    told = [row["outcome"] for row in rows_with(boundaries(wild)["datasets"], "picture")]
    epoch = wild.diverged_at[0]
    assert ["diverged" in outcome for outcome in told] == [False] * epoch + [True] * (11 - epoch)
    assert f"% on test, diverged: epoch {epoch}" in boundary_text(wild)
