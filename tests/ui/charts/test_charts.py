import base64
import io
import json
from dataclasses import replace
from types import SimpleNamespace

import altair as alt
import numpy as np
import pytest
from PIL import Image, ImageColor

from core import DatasetSpec, Experiment, History, Run, train
from core.train.parts import advance
from ui.charts.curves import loss_chart, loss_scale, loss_text, out_of_sight, progress_chart
from ui.charts.palette import CLASS_COLOURS, Look, activation_look
from ui.charts.pictures import LEVELS, STRONGEST, picture_url
from ui.compare.unit_charts import unit_chart, unit_text

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
    """The tables of these layers, unless they are empty."""
    tables = (specification["datasets"][layer["data"]["name"]] for layer in layers_of(specification, mark))
    return [table for table in tables if table]


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


def test_what_follows_the_replay_stands_at_its_last_epoch(history):
    charts = [loss_chart(history, "train_loss"), unit_chart(history, "dead_units")]
    for chart in charts:
        assert_follows_the_replay(chart, history.epochs)
    start = train(replace(SMALL, epochs=0))
    for chart in (loss_chart(start, "test_loss"), unit_chart(start, "saturated_units")):
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


def test_no_chart_holds_what_json_cannot(never_finite):
    alone = never_finite.select([0])
    for odd in (never_finite, alone):
        charts = [loss_chart(odd, part, log) for part in ("train_loss", "test_loss") for log in (False, True)]
        charts += [unit_chart(odd, "dead_units"), unit_chart(odd, "saturated_units")]
        charts += [progress_chart(odd.experiment, advance(odd.experiment, None, seconds=0))]
        for chart in charts:
            json.dumps(chart, allow_nan=False)
        for text in (loss_text(odd, "train_loss"), unit_text(odd, "dead_units")):
            assert "ReLU squared: " in text


def test_charts_are_valid(history, never_finite):
    for some in (history, never_finite):
        charts = [loss_chart(some, "train_loss"), loss_chart(some, "test_loss", log=True)]
        charts += [unit_chart(some, "dead_units"), unit_chart(some, "saturated_units")]
        charts += [progress_chart(some.experiment, advance(some.experiment, None, seconds=0))]
        for chart in charts:
            alt.Root.validate(chart)


def test_networks_have_their_activations_own_look(history):
    (lines,) = layers_of(loss_chart(history, "train_loss"), "line")
    colours, dashes = (lines["encoding"][channel]["scale"] for channel in ("color", "strokeDash"))
    looks = [activation_look(name) for name in ("relu", "tanh", "gelu")]
    assert colours["domain"] == dashes["domain"] == ["ReLU", "Tanh", "GELU, Sigmoid"]
    assert colours["range"] == [look.colour for look in looks]
    assert dashes["range"] == [list(look.dash) for look in looks]


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
        losses = [row["drawn"] for row in rows if row["network"] == "Tanh"]
        np.testing.assert_allclose(losses, getattr(history, column)[1])


def test_the_curve_of_what_diverged_ends_before_in_a_cross():
    runs = (Run("relu_squared", "sgd", learning_rate=100.0), Run("tanh"))
    wild = train(Experiment(DatasetSpec("moons"), runs, epochs=10))
    specification = loss_chart(wild, "train_loss")
    (rows,), (crosses,) = (drawn_by(specification, mark) for mark in ("line", "point"))
    names = {row["network"] for row in rows}
    assert len(names) == 2
    (ends,) = crosses
    assert ends["network"].startswith("ReLU squared")
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
    going = {"ReLU": [[0, 4, 6, 8], [0, 4, 6, 8], [0, 6, 8], [0, 6]], "Tanh": [[1, 3, 5, 7, 9], [1, 3, 5, 9], [3, 9]]}
    for name, runs_of_epochs in going.items():
        rows = [row for row in lines if row["network"] == name]
        assert [row["epoch"] for row in rows] == list(range(len(runs_of_epochs)))
        for row, runs in zip(rows, runs_of_epochs):
            losses = repeated.train_loss[runs, row["epoch"]]
            assert row["drawn"] == pytest.approx(np.median(losses))
            assert (row["least"], row["greatest"]) == pytest.approx((losses.min(), losses.max()))
    (crosses,) = drawn_by(specification, "point")
    assert [(row["network"], row["epoch"]) for row in crosses] == [("Tanh", 2)], "of relu, two are left"


def test_seeds_of_a_setting_have_one_look():
    runs = tuple(Run(name, seed=seed) for name in ("relu", "tanh") for seed in range(2))
    (lines,) = layers_of(loss_chart(train(replace(SMALL, runs=runs)), "train_loss"), "line")
    scale = lines["encoding"]["color"]["scale"]
    assert scale["domain"] == ["ReLU", "Tanh"]
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
    assert [row["value"] for row in rows if row["network"] == "Tanh"][3:] == [0] * (len(history.epochs) - 3)


def test_the_linear_scale_is_that_of_a_usual_loss_and_names_what_it_leaves_out():
    runs = (Run("tanh", "sgd", learning_rate=100.0), Run("tanh"), Run("relu"))
    wild = train(Experiment(DatasetSpec("moons"), runs, epochs=10))
    top = loss_scale(wild, log=False)["domain"][1]
    assert top <= 2 * np.median(np.concatenate([wild.train_loss[:, 0], wild.test_loss[:, 0]])) < wild.train_loss[0, -1]
    assert out_of_sight(wild) == ["Tanh (SGD, learning rate 100)"]


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
    for run, name in enumerate(["ReLU", "Tanh", "GELU, Sigmoid"]):
        curve = [row for row in rows if row["network"] == name]
        assert [row["epoch"] for row in curve] == [0, 1]
        np.testing.assert_allclose([row["loss"] for row in curve], history.train_loss[run, :2])
    assert specification["encoding"]["x"]["scale"]["domain"] == [0, 20]
    assert not specification.get("params"), "there is nothing to replay yet"


def test_progress_leaves_out_what_is_not_finite(never_finite):
    part = advance(never_finite.experiment, None, seconds=0)
    (rows,) = progress_chart(never_finite.experiment, part)["datasets"].values()
    assert [row["network"] for row in rows] == ["Tanh"] * 2


def test_strips_cover_all_epochs_and_have_the_counts(history):
    _, tracks, rows = drawn_by(unit_chart(history, "dead_units"), "rect")
    (strip,) = (row for row in rows if row["network"] == "ReLU" and row["layer"] == 1)
    assert (strip["count"], strip["epoch"], strip["epochs"]) == (6, 0, f"0 to {history.epochs[-1]}")
    assert strip["until"] > history.epochs[-1]
    names = "ReLU", "Tanh", "GELU, Sigmoid"
    assert [(row["network"], row["layer"]) for row in tracks] == [(name, layer) for name in names for layer in (1, 2)]
    assert {(row["epoch"], row["until"]) for row in tracks} == {(history.epochs[0], strip["until"])}
    assert {row["share"] for row in rows if row["network"] == "ReLU"} == {1.0}
    for row in rows:
        assert row["share"] == row["count"] / {1: 6, 2: 4}[row["layer"]]


def test_a_network_without_a_finite_state_has_an_empty_row(never_finite):
    chart, places = unit_chart(never_finite, "dead_units"), np.flatnonzero(never_finite.diverged_at == 0)
    assert places.size and (never_finite.diverged_at != 0).any()
    _, tracks, rows = drawn_by(chart, "rect")
    assert "ReLU squared" not in {row["network"] for row in [*tracks, *rows]}
    assert all("ReLU squared" in each["encoding"]["y"]["scale"]["domain"] for each in layers_of(chart, "rect")[1:])
    assert "ReLU squared: no finite state" in unit_text(never_finite, "dead_units")


def test_a_strip_is_one_mark_for_what_stays_as_it_is(history):
    dead = np.zeros_like(history.dead_units)
    dead[0, :, 0] = [0, 0, 2, 3, 3, *[0] * (len(history.epochs) - 5)]
    *_, rows = drawn_by(unit_chart(replace(history, dead_units=dead), "dead_units"), "rect")
    strip = [row for row in rows if row["network"] == "ReLU" and row["layer"] == 1]
    assert [(row["count"], row["epochs"]) for row in strip] == [
        (0, "0 to 1"), (2, "2"), (3, "3 to 4"), (0, f"5 to {history.epochs[-1]}"),
    ]  # fmt: skip
    assert [(row["epoch"], row["until"]) for row in strip[:-1]] == [(0, 2), (2, 3), (3, 5)]


def test_texts_say_the_result_in_words(history):
    assert f"Tanh: {history.test_loss[1, -1]:.4g}" in loss_text(history, "test_loss")
    assert "mean" not in loss_text(history, "test_loss")
    assert "ReLU: 6 of 6, 4 of 4" in unit_text(history, "dead_units")


def test_text_of_several_seeds_is_of_their_median():
    several = train(replace(SMALL, runs=tuple(Run("tanh", seed=seed) for seed in range(3))))
    text = loss_text(several, "train_loss")
    median = np.median(several.train_loss[:, -1])
    assert text.endswith(f"after epoch 3, median of the seeds that have not diverged. Tanh: {median:.4g}.")
    text = loss_text(
        replace(several, diverged_at=np.array([2, *[-1] * (len(several.experiment.runs) - 1)])), "train_loss"
    )
    assert text.endswith(f"Tanh: {np.median(several.train_loss[1:, -1]):.4g}."), "where the line ends"
