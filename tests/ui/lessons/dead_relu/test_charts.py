import json
from dataclasses import replace

import altair as alt
import numpy as np
import pytest
from PIL import ImageColor

from core import DatasetSpec, Experiment, Run, load, train
from core.lessons import dead_relu_map
from core.lessons.dead_relu import Fates, fates
from core.lessons.dead_relu_map import Sweep, swept
from tests.ui.charts.test_charts import assert_follows_the_replay, rows_with, value_of
from tests.ui.shell.test_numbers import value
from ui.charts.palette import UNIT_COLOURS, activation_look
from ui.lessons.dead_relu.charts import COLOURS, SHAPES, STATES, fates_chart, fates_text
from ui.lessons.dead_relu.map_chart import sweep_chart, sweep_text
from ui.shell.numbers import fixed, percent

MOONS = DatasetSpec("moons", samples=100)
ACTIVATIONS, NAMES = ("relu", "gelu"), ("ReLU", "GELU")
HIDDEN = (7, 5)
RATES, BIASES = (0.01, 0.3, 30.0), (0.0, -0.5, -2.0)
EXPERIMENT = Experiment(
    MOONS, tuple(Run(name, learning_rate=0.3, bias=-0.5) for name in ACTIVATIONS), HIDDEN, epochs=12
)


@pytest.fixture(scope="module")
def history():
    return train(EXPERIMENT)


@pytest.fixture(scope="module")
def seen(history) -> Fates:
    return fates(history)


@pytest.fixture(scope="module")
def ends() -> Sweep:
    found = dead_relu_map.ends(train(swept(EXPERIMENT, RATES, BIASES)), RATES, BIASES)
    diverged = np.zeros(found.diverged.shape, bool)
    diverged[1, 2, 0] = True
    return replace(found, diverged=diverged)


def panels_of(chart: dict) -> dict[str, dict]:
    """By their titles."""
    return {panel["title"]["text"]: panel for panel in chart["concat"]}


def calculated(layer: dict, row: dict, record: int) -> dict:
    """The fields that a layer works out for a row of its table, at a step of the replay."""
    return {each["as"]: value_of(each["calculate"], row, record) for each in layer["transform"]}


def all_charts(history, seen, ends) -> list[dict]:
    return [fates_chart(history, seen), sweep_chart(ends, EXPERIMENT)]


def test_units_follow_the_replay(history, seen):
    assert_follows_the_replay(fates_chart(history, seen), history.epochs)


def test_charts_are_valid_but_for_the_columns_that_vega_works_out(history, seen, ends):
    for chart in all_charts(history, seen, ends):
        assert set(chart["columns"]) == {"signal"}
        alt.Root.validate(chart | {"columns": 2})


def test_every_unit_is_shown_as_it_was_at_every_epoch(history, seen):
    panels = panels_of(fates_chart(history, seen))
    assert list(panels) == list(NAMES)
    shown = set()
    for run, panel in enumerate(panels.values()):
        layer = panel["layer"][0]
        rows = layer["data"]["values"]
        assert [(row["layer"], row["unit"]) for row in rows] == [
            (number, unit) for number, units in enumerate(HIDDEN, start=1) for unit in range(1, units + 1)
        ]
        for index in range(len(history.epochs)):
            for place, row in enumerate(rows):
                fields = calculated(layer, row, index)
                assert (fields["state"] == "dead") == seen.dead[run, index, place]
                assert (fields["state"] == "revived") == seen.revived[run, index, place]
                assert (fields["state"] == "alive") <= (not seen.saturated[run, index, place])
                assert (fields["state"] == "saturated") <= seen.saturated[run, index, place]
                flat, samples = map(int, fields["flat"].split(" of "))
                assert samples == len(load(MOONS).y_train)
                assert flat / samples == pytest.approx(seen.flat_share[run, index, place])
                assert value(fields["gradient"]) == pytest.approx(seen.gradient_norm[run, index, place], rel=0.05)
                assert not fields["blown_up"]
                shown.add(fields["state"])
    assert shown == set(STATES), "or there would be little to tell apart"


def test_what_is_worked_out_takes_the_place_of_nothing_it_is_worked_out_from(history, seen):
    """It is worked out anew at every step of the replay."""
    for panel in fates_chart(history, seen)["concat"]:
        for layer in panel["layer"]:
            assert not {each["as"] for each in layer["transform"]} & set(layer["data"]["values"][0])


def test_states_differ_in_colour_and_in_shape_or_filling(history, seen):
    encoding = fates_chart(history, seen)["concat"][0]["layer"][0]["encoding"]
    looks = list(zip(*(encoding[channel]["scale"]["range"] for channel in ("shape", "fill"))))
    assert len(set(looks)) == len(STATES)
    assert len(set(COLOURS)) == len(STATES)
    assert encoding["shape"]["scale"]["range"] == list(SHAPES)
    for channel in ("shape", "fill", "stroke"):
        assert encoding[channel]["scale"]["domain"] == list(STATES)


def test_the_line_above_the_units_counts_them_at_every_epoch(history, seen):
    for run, panel in enumerate(fates_chart(history, seen)["concat"]):
        layer = panel["layer"][1]
        (row,) = layer["data"]["values"]
        for index in range(len(history.epochs)):
            words = calculated(layer, row, index)["outcome"]
            assert words.startswith(f"Test accuracy {100 * history.test_accuracy[run, index]:.1f} %\n")
            assert f"\n{history.dead_units[run, index].sum()} dead · " in words
            assert f"{seen.revived[run, index].sum()} revived" in words


def test_a_unit_that_is_not_flat_for_one_sample_is_not_said_to_be_flat_for_all(history, seen):
    samples = len(load(MOONS).y_train)
    share, norm = seen.flat_share.copy(), seen.gradient_norm.copy()
    share[0, -1, :2], norm[0, -1, :3] = (1 - 1 / samples, 1), (0.0000412, 0, 0.312)
    layer = fates_chart(history, replace(seen, flat_share=share, gradient_norm=norm))["concat"][0]["layer"][0]
    fields = [calculated(layer, row, -1) for row in layer["data"]["values"][:3]]
    assert [each["flat"] for each in fields[:2]] == [f"{samples - 1} of {samples}", f"{samples} of {samples}"]
    assert [each["gradient"] for each in fields] == ["4.1·10⁻⁵", "0", "0.31"]
    assert {"flat:N", "gradient:N"} <= {f"{each['field']}:N" for each in layer["encoding"]["tooltip"]}


def test_networks_that_blew_up_say_so_from_then_on_and_their_units_are_faded():
    wild = train(Experiment(MOONS, (Run("relu_squared", "sgd", learning_rate=1e6), Run("relu")), epochs=12))
    calm, epoch = fates(wild), wild.diverged_at[0]
    assert 0 < epoch < 12
    panels = fates_chart(wild, calm)["concat"]
    said = [panel["layer"][1]["data"]["values"][0]["outcomes"] for panel in panels]
    assert [f"Diverged in epoch {epoch}\nBefore: " in outcome for outcome in said[0]] == (wild.epochs >= epoch).tolist()
    assert not any("Diverged" in outcome for outcome in said[1])
    for panel, since in zip(panels, (epoch, np.inf)):
        units = panel["layer"][0]
        opacity = units["encoding"]["opacity"]
        assert opacity["condition"]["test"] == "datum.blown_up"
        assert opacity["condition"]["value"] < 0.5 < opacity["value"] == 1
        for row in units["data"]["values"]:
            faded = [calculated(units, row, index)["blown_up"] for index in range(len(wild.epochs))]
            assert faded == (wild.epochs >= since).tolist()


def test_frames_have_the_activations_looks(history, seen, ends):
    for chart in all_charts(history, seen, ends):
        for name, panel in zip(ACTIVATIONS, panels_of(chart).values()):
            look = activation_look(name)
            assert (panel["view"]["stroke"], tuple(panel["view"]["strokeDash"])) == (look.colour, look.dash)


def test_no_chart_holds_what_json_cannot():
    never = train(Experiment(MOONS, (Run("relu_squared", bias=1000.0), Run()), hidden=(8,) * 8, epochs=2))
    assert never.diverged_at[0] == 0
    json.dumps(fates_chart(never, fates(never)), allow_nan=False)


def test_cells_are_the_networks_of_the_sweep(ends):
    for run, (name, panel) in enumerate(panels_of(sweep_chart(ends, EXPERIMENT)).items()):
        rows = panel["layer"][0]["data"]["values"]
        assert panel["layer"][1]["data"]["values"] == rows, "the numbers stand on their cells"
        assert {(row["rate"], row["bias"]) for row in rows} == {(rate, bias) for rate in RATES for bias in BIASES}
        for row in rows:
            at = run, RATES.index(row["rate"]), BIASES.index(row["bias"])
            assert row["network"] == name
            assert row["share"] == row["dead"] / 12 == ends.dead_units[at] / 12
            assert row["saturated"] == ends.saturated_units[at]
            assert row["number"] == ("∞" if at == (1, 2, 0) else fixed(100 * ends.test_accuracy[at], 0))
            assert row["accuracy"] == percent(ends.test_accuracy[at])
            assert ("diverged" in row["end"]) == (at == (1, 2, 0))


def test_the_cell_of_the_networks_above_has_a_frame(ends):
    for name, panel in zip(ACTIVATIONS, panels_of(sweep_chart(ends, EXPERIMENT)).values()):
        (here,) = panel["layer"][2]["data"]["values"]
        assert (here["rate"], here["bias"]) == (0.3, -0.5)
        assert here["colour"] == activation_look(name).colour


def test_a_cell_says_the_same_wherever_one_points_at_it(ends):
    for panel in sweep_chart(ends, EXPERIMENT)["concat"]:
        cells, *others = (layer["encoding"]["tooltip"] for layer in panel["layer"])
        assert {each["field"] for each in cells} >= {"network", "rate", "bias", "dead", "accuracy", "end"}
        assert others == [cells, cells], "on its number and on its frame"


def test_steps_grow_to_the_right_and_the_bias_falls_downwards(ends):
    for panel in sweep_chart(ends, EXPERIMENT)["concat"]:
        for layer in panel["layer"]:
            assert "sort" not in layer["encoding"]["x"], "from the least on the left"
            assert layer["encoding"]["y"]["sort"] == "descending", "from the greatest on top"


def test_all_dead_is_the_strongest_colour_and_none_dead_is_no_colour(ends):
    scale = sweep_chart(ends, EXPERIMENT)["concat"][0]["layer"][0]["encoding"]["fill"]["scale"]
    assert scale["domain"] == [0, 1]
    none, all_dead = (ImageColor.getcolor(colour, "RGBA") for colour in scale["range"])
    assert none[:3] == all_dead[:3] == ImageColor.getrgb(UNIT_COLOURS["dead_units"])
    assert none[3] == 0 < all_dead[3] < 255


def test_texts_say_the_result_in_words(history, seen, ends):
    words = fates_text(history, seen)
    accuracy = f"{100 * history.test_accuracy[0, -1]:.1f} %"
    assert f"ReLU: Test accuracy {accuracy} · {history.dead_units[0, -1].sum()} dead · " in words
    assert f"ReLU: {(ends.dead_units[0] > 0).sum()} of 9" in sweep_text(ends, EXPERIMENT)


def test_a_sweep_is_drawn_without_the_replay(ends):
    assert not rows_with(sweep_chart(ends, EXPERIMENT), "params")
