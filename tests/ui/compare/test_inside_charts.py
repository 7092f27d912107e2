import json
from dataclasses import replace
from itertools import pairwise

import altair as alt
import numpy as np
import pytest

from core import Dataset, DatasetSpec, Experiment, History, Run, class_probabilities, grid, load, train
from core.analysis.inside import BINS, MOST_UNITS, Inside, look_inside
from tests.ui.charts.test_charts import assert_follows_the_replay, pixels, rgb, rows_with, value_of
from tests.ui.shell.test_numbers import value
from ui.charts.palette import CLASS_COLOURS, LINE_COLOUR, NEGATIVE, POSITIVE, UNIT_COLOURS
from ui.compare.inside_charts import (
    confusion_chart,
    confusion_text,
    gradients_chart,
    gradients_text,
    outputs_chart,
    outputs_text,
)
from ui.compare.network_chart import MOST_INPUTS, MOST_WEIGHTS, left_out, network_chart, network_text

MOONS = DatasetSpec("moons", samples=100, seed=1)
SOME_DIE = Run("relu", "sgd", learning_rate=0.5, bias=-0.8)
RESOLUTION = 20  # of a unit's picture
FOUR_DIGITS = 5e-4  # relative error of what is rounded to them


@pytest.fixture(scope="module")
def history() -> History:
    return train(Experiment(MOONS, (Run("tanh"), SOME_DIE), hidden=(7, 4), epochs=13))


@pytest.fixture(scope="module")
def inside(history) -> Inside:
    return look_inside(history, 1, RESOLUTION)


@pytest.fixture(scope="module")
def linear() -> History:
    return train(Experiment(MOONS, hidden=(), epochs=4))


@pytest.fixture(scope="module")
def wide() -> Inside:
    """More inputs, units and weights than can be drawn, at three epochs."""
    spec = DatasetSpec("digits", view="all")
    return look_inside(train(Experiment(spec, hidden=(20, 24, 20), epochs=2, batch_size=500)), 0, resolution=4)


def all_charts(inside: Inside, spec: DatasetSpec) -> list[dict]:
    data = load(spec)
    charts = [network_chart(inside, data), gradients_chart(inside), confusion_chart(inside, data)]
    return [*charts, outputs_chart(inside)] if inside.dead else charts


def of_layers(rows: list[dict]) -> list[list[dict]]:
    """Rows by their place across, from the left."""
    places = sorted({row["x"] for row in rows})
    return [[row for row in rows if row["x"] == place] for place in places]


def names_of_layers(chart: dict, data: Dataset) -> list[list[str]]:
    """What is drawn: inputs, and units from the top."""
    units = of_layers(rows_with(chart, "biases"))
    return [list(data.feature_names), *([row["unit"] for row in rows] for rows in units)]


def chosen(channel: dict, row: dict):
    """The value of an encoding with a condition."""
    condition = channel["condition"]
    return condition["value"] if value_of(condition["test"], row, 0) else channel["value"]


def test_charts_follow_the_replay(inside, history, linear):
    for chart in all_charts(inside, MOONS):
        assert_follows_the_replay(chart, history.epochs)
    for chart in all_charts(look_inside(linear, 0, RESOLUTION), MOONS):
        assert_follows_the_replay(chart, linear.epochs)


def test_charts_are_valid(inside, linear):
    for chart in all_charts(inside, MOONS) + all_charts(look_inside(linear, 0, RESOLUTION), MOONS):
        alt.Root.validate(chart)


@pytest.mark.parametrize("layers", [1, 8])
def test_no_chart_holds_what_json_cannot(layers):
    """A network whose outputs are too large from the start, and one whose logits are infinite."""
    wild = train(Experiment(MOONS, (Run("relu_squared", bias=1000.0),), hidden=(8,) * layers, epochs=2))
    assert (wild.diverged_at[0] == 0) == (layers == 8)
    inside = look_inside(wild, 0, resolution=4)
    for chart in all_charts(inside, MOONS):
        json.dumps(chart, allow_nan=False)
    for text in (network_text("it", inside), outputs_text(inside), gradients_text(inside)):
        assert "after epoch 2. " in text


def test_a_weight_that_is_no_number_is_none(linear):
    flat = linear.flat_parameters.copy()
    broken = replace(linear, flat_parameters=flat)
    flat.flags.writeable = True
    (W, b) = broken.parameters(0, 2)[0]
    W[0, 1], W[1, 0], b[0] = np.nan, np.inf, -np.inf
    chart = network_chart(look_inside(broken, 0, resolution=4), load(MOONS))
    json.dumps(chart, allow_nan=False)
    missing = [(row["weight from"], row["to"]) for row in rows_with(chart, "weights") if row["weights"][2] is None]
    assert sorted(missing) == [("x₁", "class 1"), ("x₂", "class 0")]
    assert [row["biases"][2] is None for row in rows_with(chart, "biases")] == [True, False]


def test_lines_have_the_weights_of_every_epoch(history, inside):
    chart = network_chart(inside, load(MOONS))
    layers, names = of_layers(rows_with(chart, "weights")), names_of_layers(chart, load(MOONS))
    assert [len(rows) for rows in layers] == [2 * 7, 7 * 4, 4 * 2]
    for index in range(len(history.epochs)):
        for (W, _), rows, ends in zip(history.parameters(1, index), layers, pairwise(names), strict=True):
            drawn = np.full(W.shape, np.nan)
            for row in rows:
                place = tuple(names.index(row[end]) for names, end in zip(ends, ("weight from", "to")))
                drawn[place] = row["weights"][index]
            np.testing.assert_allclose(drawn, W, rtol=FOUR_DIGITS)


def test_lines_go_from_unit_to_unit(inside):
    chart = network_chart(inside, load(MOONS))
    units = {row["unit"]: row for row in rows_with(chart, "biases")}
    inputs = {row["text"]: row for row in rows_with(chart, "text") if row["text"] in ("x₁", "x₂")}
    for row in rows_with(chart, "weights"):
        target, source = units[row["to"]], units.get(row["weight from"])
        assert (row["x2"], row["y2"]) == (target["x"], (target["y"] + target["y2"]) / 2)
        if source:
            assert (row["x"], row["y"]) == (source["x2"], (source["y"] + source["y2"]) / 2)
        else:
            assert row["y"] == inputs[row["weight from"]]["y"]


def test_colours_of_lines_are_signs_and_dead_units_have_a_bold_red_frame(inside):
    lines, _, units, *_ = network_chart(inside, load(MOONS))["vconcat"][0]["layer"]
    assert chosen(lines["encoding"]["color"], {"weight": 0.1}) == POSITIVE
    assert chosen(lines["encoding"]["color"], {"weight": -0.1}) == NEGATIVE
    dead, alive = ({"state": state} for state in ("dead", "alive"))
    assert chosen(units["encoding"]["stroke"], dead) == UNIT_COLOURS["dead_units"]
    assert chosen(units["encoding"]["stroke"], alive) == LINE_COLOUR
    width = units["encoding"]["strokeWidth"]
    assert chosen(width, dead) > chosen(width, alive)


def test_lines_units_and_pictures_are_those_of_the_replays_step(inside):
    chart = network_chart(inside, load(MOONS))
    shown = {part["as"]: part["calculate"] for part in rows_with(chart, "calculate")}
    is_dead, states = shown["state"].split(" ? ")
    assert states == "'dead' : 'alive'"
    expressions = {"weights": shown["weight"], "biases": shown["bias"], "pictures": shown["picture"], "dead": is_dead}
    for key, expression in expressions.items():
        for row in rows_with(chart, key):
            assert [value_of(expression, row, index) for index in range(len(inside.epochs))] == row[key]


def test_the_widest_line_is_the_largest_weight_of_all_epochs(inside):
    chart = network_chart(inside, load(MOONS))
    (strength,) = (part["calculate"] for part in rows_with(chart, "calculate") if part["as"] == "strength")
    weights = np.array([row["weights"] for row in rows_with(chart, "weights")])
    widths = [[value_of(strength, {"weight": weight}, 0) for weight in of_row] for of_row in weights]
    np.testing.assert_allclose(widths, np.abs(weights) / np.abs(weights).max(), rtol=FOUR_DIGITS)


def test_units_have_the_biases_and_dead_ones_of_every_epoch(history, inside):
    layers = of_layers(rows_with(network_chart(inside, load(MOONS)), "biases"))
    assert [[row["unit"] for row in rows] for rows in layers] == [
        [f"unit {n} of hidden layer 1" for n in range(1, 8)],
        [f"unit {n} of hidden layer 2" for n in range(1, 5)],
        ["class 0", "class 1"],
    ]
    for index in range(len(history.epochs)):
        for (_, b), rows in zip(history.parameters(1, index), layers, strict=True):
            np.testing.assert_allclose([row["biases"][index] for row in rows], b, rtol=FOUR_DIGITS)
    for dead, rows in zip(inside.dead, layers):
        np.testing.assert_array_equal(np.transpose([row["dead"] for row in rows]), dead)
    assert 0 < sum(dead[-1].sum() for dead in inside.dead) < 11, "or there is nothing to tell apart"
    assert not any(any(row["dead"]) for row in layers[-1])


def maps_of(url: str, units: int, resolution: int) -> np.ndarray:
    """(unit, row, column, channel) of a layer's picture, whose units stand one below the other; between them nothing is
    to be seen."""
    picture = pixels(url)
    picture = picture.reshape(units, len(picture) // units, resolution, 4)
    assert not picture[:, resolution:, :, 3].any()
    return picture[:, :resolution]


def test_pictures_of_units_have_the_sign_as_colour_and_the_size_as_opacity(inside):
    *hidden, _ = rows_with(network_chart(inside, load(MOONS)), "pictures")
    colours = rgb([POSITIVE, NEGATIVE])
    for row, maps in zip(hidden, inside.unit_maps):
        for url, of_epoch in zip(row["pictures"], maps, strict=True):
            drawn, size = maps_of(url, len(of_epoch), RESOLUTION), np.abs(of_epoch).max()
            np.testing.assert_array_equal(drawn[..., :3], colours[(of_epoch < 0).astype(int)])
            np.testing.assert_allclose(drawn[..., 3] / 255, np.abs(of_epoch) / size, atol=0.5 / 15 + 0.002)


def test_both_signs_are_to_be_seen_where_units_have_both(history):
    first, _, _ = rows_with(network_chart(look_inside(history, 0, RESOLUTION), load(MOONS)), "pictures")
    drawn = maps_of(first["pictures"][-1], 7, RESOLUTION)
    clear = drawn[drawn[..., 3] > 100]
    assert {tuple(colour) for colour in clear[:, :3]} == {tuple(colour) for colour in rgb([POSITIVE, NEGATIVE])}


def test_pictures_of_classes_are_their_probabilities(history, inside):
    data = load(MOONS)
    output = rows_with(network_chart(inside, data), "pictures")[-1]
    for index, url in enumerate(output["pictures"]):
        drawn = maps_of(url, 2, RESOLUTION)
        expected = class_probabilities(history, data, grid(data, RESOLUTION), index)[1].transpose(2, 0, 1)
        np.testing.assert_allclose(drawn[..., 3] / 255, expected, atol=0.5 / 15 + 0.002)
        for of_class, colour in zip(drawn, rgb(CLASS_COLOURS[:2])):
            assert (of_class[..., :3] == colour).all()


def test_a_layer_that_does_nothing_is_no_colour():
    silent = train(Experiment(MOONS, (Run("relu", bias=-100.0),), hidden=(3,), epochs=0))
    hidden, _ = rows_with(network_chart(look_inside(silent, 0, RESOLUTION), load(MOONS)), "pictures")
    assert not pixels(hidden["pictures"][0])[..., 3].any()


def test_the_strongest_weights_of_a_large_network_are_drawn(wide):
    rows = rows_with(network_chart(wide, load(DatasetSpec("digits", view="all"))), "weights")
    assert len(rows) == MOST_WEIGHTS
    could_be_drawn = [np.abs(weights[:, :MOST_INPUTS, :MOST_UNITS]).max(axis=0).ravel() for weights in wide.weights]
    strongest = np.sort(np.concatenate(could_be_drawn))[-MOST_WEIGHTS:]
    drawn = np.sort([np.abs(row["weights"]).max() for row in rows])
    np.testing.assert_allclose(drawn, strongest, rtol=FOUR_DIGITS)


def test_of_wide_layers_the_first_units_are_drawn(wide):
    data = load(DatasetSpec("digits", view="all"))
    chart = network_chart(wide, data)
    assert [len(rows) for rows in of_layers(rows_with(chart, "biases"))] == [16, 16, 16, 10]
    texts = [row["text"] for row in rows_with(chart, "text") if row["text"] in data.feature_names]
    assert texts == list(data.feature_names[:16])
    names = names_of_layers(chart, data)
    for rows, ends in zip(of_layers(rows_with(chart, "weights")), pairwise(names), strict=True):
        for of_layer, end in zip(ends, ("weight from", "to")):
            assert {row[end] for row in rows} <= set(of_layer[:16])


@pytest.mark.parametrize(
    ("dataset", "hidden", "expected"),
    [
        ("moons", (), False), ("moons", (16, 16), False), ("moons", (17,), True), ("wine", (4,), False),
        ("breast_cancer", (4,), True), ("moons", (16, 16, 16), False), ("moons", (16, 16, 16, 16), True),
    ],
)  # fmt: skip
def test_what_is_left_out_is_told(dataset, hidden, expected):
    """Units beyond 16, inputs beyond 16 (wine has 13, breast_cancer 30), weights beyond 640 (2 * 16 + 3 * 16 * 16 are
    more)."""
    spec = DatasetSpec(dataset, view="all" if dataset != "moons" else None)
    inside = look_inside(train(Experiment(spec, hidden=hidden, epochs=0)), 0, resolution=2)
    assert left_out(inside) == expected
    chart = network_chart(inside, load(spec))
    drawn = len(rows_with(chart, "weights")), len(rows_with(chart, "biases"))
    there = sum(W[0].size for W in inside.weights), sum(b[0].size for b in inside.biases)
    assert (drawn != there) == expected


def test_names_of_inputs_layers_and_classes_stand_at_their_places(inside):
    chart = network_chart(inside, load(MOONS))
    texts = {row["text"]: row for row in rows_with(chart, "text") if isinstance(row["text"], str)}
    assert list(texts) == ["x₁", "x₂", "inputs", "hidden 1", "hidden 2", "output", "class 0", "class 1"]
    layers = of_layers(rows_with(chart, "biases"))
    for name, rows in zip(("hidden 1", "hidden 2", "output"), layers):
        assert texts[name]["x"] == (rows[0]["x"] + rows[0]["x2"]) / 2
    for name, row in zip(("class 0", "class 1"), layers[-1]):
        assert texts[name]["y"] == (row["y"] + row["y2"]) / 2
        assert texts[name]["x"] > row["x2"]


def test_a_network_without_hidden_layers_can_be_drawn(linear):
    inside = look_inside(linear, 0, RESOLUTION)
    chart = network_chart(inside, load(MOONS))
    assert [len(rows) for rows in of_layers(rows_with(chart, "weights"))] == [4]
    assert [row["unit"] for row in rows_with(chart, "biases")] == ["class 0", "class 1"]
    assert len(rows_with(chart, "pictures")) == 1
    assert {bar["layer"] for bar in rows_with(gradients_chart(inside), "shares")} == {"output layer"}
    assert network_text("ReLU", inside) == "The network ReLU after epoch 4. No hidden layer."


def assert_bars_are(bars: list[dict], names: list[str], counts: list, edges: list, values: list[int]) -> None:
    """Bars of each layer, from left to right, have the shares of its values that its histogram has at every epoch."""
    assert list(dict.fromkeys(bar["layer"] for bar in bars)) == names
    for name, of_layer, limits, total in zip(names, counts, edges, values, strict=True):
        of_name = [bar for bar in bars if bar["layer"] == name]
        starts, ends, shares = ([bar[key] for bar in of_name] for key in ("from", "to", "shares"))
        np.testing.assert_allclose([*starts, ends[-1]], limits, rtol=1e-9)
        assert starts[1:] == ends[:-1]
        np.testing.assert_allclose(np.transpose(shares) * total, of_layer, atol=1e-4 * total)


def test_bars_of_outputs_have_the_shares_of_every_epoch(inside):
    bars, names = rows_with(outputs_chart(inside), "shares"), ["hidden layer 1", "hidden layer 2"]
    assert_bars_are(bars, names, inside.output_counts, inside.output_edges, [c[0].sum() for c in inside.output_counts])


def test_bars_of_gradients_have_the_shares_of_every_epoch(inside):
    bars, names = rows_with(gradients_chart(inside), "shares"), ["hidden layer 1", "hidden layer 2", "output layer"]
    weights = [of_layer[0].size for of_layer in inside.weights]
    assert any(of_layer.any() for of_layer in inside.zero_gradients), "some are in no bar"
    assert_bars_are(bars, names, inside.gradient_counts, [inside.gradient_edges] * 3, weights)


def test_bars_of_outputs_that_hardly_differ_have_a_width():
    """Weights of 0, to which next to no gradient comes through four layers."""
    run = Run("sigmoid", "sgd", initializer="zeros")
    inside = look_inside(train(Experiment(MOONS, (run,), hidden=(4,) * 4, epochs=20)), 0, resolution=2)
    assert min(np.ptp(edges) for edges in inside.output_edges) < 1e-5, "or they do differ"
    for bar in rows_with(outputs_chart(inside), "shares"):
        assert bar["from"] < bar["to"]


def test_where_no_gradient_is_there_is_no_bar():
    silent = train(Experiment(MOONS, (Run("relu", bias=-100.0),), hidden=(6, 3), epochs=2))
    inside = look_inside(silent, 0, resolution=2)
    bars = rows_with(gradients_chart(inside), "shares")
    assert len(bars) == 3 * BINS
    assert not np.any([bar["shares"] for bar in bars])
    assert gradients_text(inside).endswith("layer 1: none; layer 2: none; layer 3: none.")


def test_each_bar_is_as_high_as_its_share_at_the_replays_step(inside):
    for chart in (outputs_chart(inside), gradients_chart(inside)):
        (height,) = (part["calculate"] for part in rows_with(chart, "calculate"))
        bar = rows_with(chart, "shares")[BINS // 2]
        assert [value_of(height, bar, index) for index in range(len(inside.epochs))] == bar["shares"]


def test_confusion_has_the_counts_of_every_epoch():
    spec = DatasetSpec("iris")
    inside = look_inside(train(Experiment(spec, (Run("tanh"),), hidden=(4,), epochs=12)), 0, resolution=2)
    data = load(spec)
    chart = confusion_chart(inside, data)
    cells = rows_with(chart, "counts")
    (samples,) = {part["calculate"] for part in rows_with(chart, "calculate")}
    assert len(cells) == 9
    for cell in cells:
        true, predicted = (data.class_names.index(cell[key]) for key in ("true", "predicted"))
        shown = [value_of(samples, cell, index) for index in range(len(inside.epochs))]
        assert shown == inside.confusion[:, true, predicted].tolist()
        colour = chosen(chart["vconcat"][0]["layer"][0]["encoding"]["fill"], cell)
        assert (colour == UNIT_COLOURS["dead_units"]) == (true != predicted)
    assert len({tuple(cell["counts"]) for cell in cells}) > 3, "or rows and columns could be taken for each other"
    matrix = inside.confusion[-1]
    for k, name in enumerate(data.class_names):
        assert f"{name}: {matrix[k, k]} of {np.sum(data.y_test == k)} correct" in confusion_text(inside, data)


def test_texts_say_the_result_in_words(history, inside):
    text = network_text("relu", inside)
    first, second = inside.dead
    assert text.startswith("The network relu after epoch 13. hidden layer 1: 7 units, dead: ")
    for dead in (first[-1], second[-1]):
        names = ", ".join(str(unit) for unit in range(1, len(dead) + 1) if dead[unit - 1])
        assert f" units, dead: {names or 'none'}" in text


def test_texts_say_where_half_of_the_values_lie():
    """Outputs of one identity unit, whose weight of one input is 1 in the end: they are that input."""
    history = train(Experiment(DatasetSpec("moons", samples=1000), (Run("identity"),), hidden=(1,), epochs=1))
    flat = history.flat_parameters.copy()
    copied = replace(history, flat_parameters=flat)
    flat.flags.writeable = True
    for index, weights in enumerate(([[0], [0]], [[1], [0]])):
        W, b = copied.parameters(0, index)[0]
        W[...], b[...] = weights, 0
    inside = look_inside(copied, 0, resolution=2)
    (edges,) = inside.output_edges
    told = outputs_text(inside).removesuffix(".").split("between ")[1].split(" and ")
    quartiles = np.quantile(load(DatasetSpec("moons", samples=1000)).X_train[:, 0], [0.25, 0.75])
    np.testing.assert_allclose([value(text) for text in told], quartiles, atol=edges[1] - edges[0] + 0.05)
