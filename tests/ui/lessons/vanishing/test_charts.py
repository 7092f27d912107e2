import json
from dataclasses import replace
from types import SimpleNamespace

import altair as alt
import numpy as np
import pytest

from core import DatasetSpec, Experiment, History, Run, train
from core.lessons.vanishing import Chain, back_to_layers, chain, slope_bounds
from tests.ui.charts.test_charts import assert_follows_the_replay, layers_of, value_of
from tests.ui.shell.test_numbers import value
from ui.charts.palette import activation_look
from ui.lessons.vanishing.charts import norms_chart, norms_text, slopes_chart, slopes_text

ACTIVATIONS = "sigmoid", "relu", "selu"
NAMES = "Sigmoid", "ReLU", "SELU"
MOONS = DatasetSpec("moons", samples=60)


@pytest.fixture(scope="module")
def history() -> History:
    return train(Experiment(MOONS, tuple(map(Run, ACTIVATIONS)), hidden=(5, 5, 5), epochs=6))


@pytest.fixture(scope="module")
def followed(history) -> Chain:
    return chain(history)


def with_zeros(history: History) -> History:
    """The gradients of relu and selu are 0 in the first two layers, but not at the start."""
    norms = history.gradient_norm.copy()
    norms[1:, 1:, :2] = 0
    return replace(history, gradient_norm=norms)


def shown(chart: dict, mark: str, record: int) -> list[dict]:
    """The rows that the thickest marks of that kind have at a step of the replay."""
    layer = max(layers_of(chart, mark), key=lambda each: each["mark"].get("strokeWidth", 0))
    (only,) = (transform["filter"] for transform in layer["transform"])
    return [row for row in chart["datasets"]["rows"] if value_of(only, row, record)]


def assert_rows_are(chart: dict, values: np.ndarray) -> None:
    """Of values (R, E, layers), in each step those of that epoch."""
    for index in range(values.shape[1]):
        rows = shown(chart, "line", index)
        assert {row["epoch"] for row in rows} == {index}
        for name, expected in zip(NAMES, values[:, index], strict=True):
            of_network = [row for row in rows if row["network"] == name]
            assert [row["layer"] for row in of_network] == [1, 2, 3, 4]
            assert [row["value"] for row in of_network] == pytest.approx(expected.tolist())


def test_lines_are_the_norms_of_the_replays_epoch(history):
    chart = norms_chart(history)
    assert_follows_the_replay(chart, history.epochs)
    assert_rows_are(chart, history.gradient_norm)
    places = [row["place"] for row in shown(chart, "line", 0)[:4]]
    assert places == ["hidden layer 1", "hidden layer 2", "hidden layer 3", "output layer"]


def test_thin_lines_stay_at_the_start(history):
    chart = norms_chart(history)
    thin = min(layers_of(chart, "line"), key=lambda layer: layer["mark"]["strokeWidth"])
    (only,) = (transform["filter"] for transform in thin["transform"])
    for record in (0, 3):
        drawn = [row for row in chart["datasets"]["rows"] if value_of(only, row, record)]
        assert {row["epoch"] for row in drawn} == {0}


def test_thin_lines_are_strong_enough_to_be_seen_and_weaker_than_thick_ones(history):
    thin, thick = (layer["mark"]["strokeWidth"] for layer in layers_of(norms_chart(history), "line"))
    assert 1 < thin < thick
    weak, strong = (
        layer["encoding"]["opacity"]["condition"]["value"] for layer in layers_of(norms_chart(history), "line")
    )
    assert 0.7 < weak < strong == 1


def test_a_rule_tells_all_networks_of_the_layer_that_one_points_at(history, followed):
    for chart in (norms_chart(history), slopes_chart(history, followed)):
        (rule,) = [layer for layer in layers_of(chart, "rule") if "transform" in layer]
        only, key, pivot, *_ = rule["transform"]
        assert value_of(only["filter"], chart["datasets"]["rows"][0], 0)
        assert key["as"] == pivot["pivot"]
        assert pivot["value"] == "value"
        titles = [each.get("title") for each in rule["encoding"]["tooltip"]]
        assert titles[0] == "Layer"
        assert titles[-3:] == list(NAMES)
        lines = {row["network"]: row["line"] for row in chart["datasets"]["rows"]}
        assert lines == {name: line for line, name in enumerate(NAMES)}
        (nearest,) = [each for each in chart["params"] if each.get("select", {}).get("nearest")]
        assert nearest["select"]["fields"] == ["layer"]


def test_a_click_in_the_legend_brings_a_network_out(history):
    chart = norms_chart(with_zeros(history))
    (picked,) = [each for each in chart["params"] if each.get("bind") == "legend"]
    assert picked["select"]["fields"] == ["network"]
    for layer in (*layers_of(chart, "line"), *layers_of(chart, "point")):
        opacity = layer["encoding"]["opacity"]
        assert opacity["condition"]["param"] == picked["name"]
        assert opacity["value"] < opacity["condition"]["value"]


def test_lines_are_what_slopes_alone_leave_and_bars_the_most_that_they_can(history, followed):
    chart = slopes_chart(history, followed)
    assert_follows_the_replay(chart, history.epochs)
    at_output = np.ones((3, len(history.epochs), 1))
    assert_rows_are(chart, np.concatenate([back_to_layers(followed.slopes), at_output], axis=2))
    for name, bounds in zip(NAMES, slope_bounds(history.experiment)):
        bars = [row["drawn"] for row in chart["datasets"]["ceilings"] if row["network"] == name]
        assert bars == pytest.approx(bounds.tolist())
    (ticks,) = layers_of(chart, "tick")
    assert ticks["data"]["name"] == "ceilings"
    assert not layers_of(norms_chart(history), "tick")


def test_slopes_without_a_bound_have_no_bar():
    history = train(Experiment(MOONS, (Run("relu_squared"), Run("step")), hidden=(4, 4), epochs=1))
    chart = slopes_chart(history, chain(history))
    assert chart["datasets"]["ceilings"] == []
    assert {row["network"] for row in chart["datasets"]["rows"]} == {"ReLU squared", "Step"}


def test_what_is_0_stands_below_the_axis_in_a_lane_of_its_network(history):
    chart = norms_chart(with_zeros(history))
    rows = chart["datasets"]["rows"]
    (edge,) = chart["datasets"]["zero"]
    bottom, top = layers_of(chart, "line")[0]["encoding"]["y"]["scale"]["domain"]
    for row in rows:
        assert (row["lane"] is None) == (row["value"] != 0)
        assert row["drawn"] == (row["value"] or None)
        if row["value"]:
            assert edge["edge"] <= row["drawn"] <= top
        else:
            assert bottom < row["lane"] < edge["edge"]
    assert len({row["lane"] for row in rows if row["network"] == "ReLU"} - {None}) == 1
    assert len({row["lane"] for row in rows} - {None}) == 2
    assert [row["layer"] for row in shown(chart, "point", 3) if row["lane"]] == [1, 2, 1, 2]
    assert not [row for row in shown(chart, "point", 0) if row["lane"]]
    ticks = layers_of(chart, "line")[0]["encoding"]["y"]["axis"]["values"]
    assert min(ticks) >= edge["edge"]


def test_where_nothing_is_0_there_is_no_place_for_it(history):
    chart = norms_chart(history)
    assert not layers_of(chart, "point")
    assert set(chart["datasets"]) == {"rows"}
    bottom, top = layers_of(chart, "line")[0]["encoding"]["y"]["scale"]["domain"]
    norms = history.gradient_norm
    assert norms.min() / 10 < bottom <= norms.min() < norms.max() <= top < norms.max() * 10


def test_the_axis_bears_what_is_too_small_for_float32_and_what_is_all_alike(history):
    for norms in (np.full_like(history.gradient_norm, 1e-320), np.zeros_like(history.gradient_norm)):
        norms[0, 0] = 0
        chart = norms_chart(replace(history, gradient_norm=norms))
        bottom, top = layers_of(chart, "line")[0]["encoding"]["y"]["scale"]["domain"]
        assert 0 < bottom < min(layers_of(chart, "line")[0]["encoding"]["y"]["axis"]["values"]) < top
        assert all(row["lane"] >= bottom for row in chart["datasets"]["rows"] if row["lane"])


@pytest.mark.parametrize(("layers", "labels"), [(1, [1, 2]), (10, list(range(1, 12))), (20, [*range(1, 21, 2), 21])])
def test_layers_are_labelled_up_to_the_output(layers, labels):
    history = train(Experiment(MOONS, (Run("tanh"),), hidden=(2,) * layers, epochs=0))
    axis = layers_of(norms_chart(history), "line")[0]["encoding"]["x"]["axis"]
    assert axis["values"] == labels
    assert f"datum.value == {layers + 1} ? 'out'" in axis["labelExpr"]


def test_networks_have_their_activations_own_look(history, followed):
    for chart in (norms_chart(history), slopes_chart(history, followed)):
        lines = max(layers_of(chart, "line"), key=lambda layer: layer["mark"]["strokeWidth"])
        colours, dashes = (lines["encoding"][channel]["scale"] for channel in ("color", "strokeDash"))
        assert colours == {"domain": list(NAMES), "range": [activation_look(name).colour for name in ACTIVATIONS]}
        assert dashes == {"domain": list(NAMES), "range": [list(activation_look(name).dash) for name in ACTIVATIONS]}


def test_charts_are_valid_and_hold_nothing_that_json_cannot(history, followed):
    wild = train(Experiment(MOONS, (Run("relu_squared", bias=1000.0), Run("tanh")), hidden=(8,) * 8, epochs=2))
    assert wild.diverged_at.tolist() == [0, -1]
    charts = [norms_chart(history), slopes_chart(history, followed), norms_chart(with_zeros(history))]
    for chart in (*charts, norms_chart(wild), slopes_chart(wild, chain(wild))):
        json.dumps(chart, allow_nan=False)
        alt.Root.validate(chart)
    assert {row["network"] for row in norms_chart(wild)["datasets"]["rows"]} == {"Tanh"}
    assert "ReLU squared: not finite in the first layer" in norms_text(wild)


@pytest.mark.parametrize("lowest", [1e-2, 1e-9, 1e-40])
def test_powers_of_ten_stand_beside_the_axis_as_in_sentences(history, lowest):
    norms = np.geomspace(lowest, 1, history.gradient_norm.size).reshape(history.gradient_norm.shape)
    axis = layers_of(norms_chart(replace(history, gradient_norm=norms)), "line")[0]["encoding"]["y"]["axis"]
    in_vega = {"round": round, "log": np.log, "LN10": np.log(10)}
    texts = [eval(axis["labelExpr"], in_vega | {"datum": SimpleNamespace(value=each)}) for each in axis["values"]]
    assert [value(text.replace("10⁻", "1·10⁻")) for text in texts] == pytest.approx(axis["values"])


def test_texts_say_the_ends_in_words(history, followed):
    first, output = history.gradient_norm[0, -1, [0, -1]]
    text = norms_text(history)
    assert text.startswith("Norm of the gradient after epoch 6. Sigmoid: ")
    assert f"Sigmoid: {first:.2g} in the first layer, {output:.2g} in the output layer" in text
    left = followed.slopes[0, -1].prod()
    assert f"Sigmoid: {left:.2g}, of at most 0.016; ReLU: " in slopes_text(history, followed)
