import re

import altair as alt
import numpy as np
import pytest

from core import OPTIMIZERS, Experiment, Run
from core.lessons.descent import Paths, descend
from core.lessons.surfaces import SURFACES
from tests.ui.charts.test_charts import assert_follows_the_replay, layers_of, pixels, rows_with, value_of
from tests.ui.shell.test_numbers import value
from ui.charts.palette import optimizer_look, run_looks
from ui.lessons.optimizers.charts import (
    FAR,
    LEAST,
    heights_chart,
    heights_text,
    leaving,
    leaving_at_the_top,
    paths_chart,
    paths_text,
)
from ui.lessons.optimizers.surface import STRONGEST, levels, places_to_start

STEPS = 12


@pytest.fixture(scope="module")
def paths() -> Paths:
    return descend("beale", ["sgd", "adam"], [0.01, 0.5], STEPS)


@pytest.fixture(scope="module")
def blown_up() -> Paths:
    paths = descend("rosenbrock", ["sgd", "adam"], [1.0, 0.1], STEPS)
    assert paths.diverged_at[0] > 0 > paths.diverged_at[1]
    return paths


def table(specification: dict) -> list[dict]:
    """The rows of the paths."""
    return next(rows for rows in specification["datasets"].values() if "above" in rows[0])


def shown(layer: dict, rows: list[dict], record: int) -> list[dict]:
    (expression,) = [transform["filter"] for transform in layer["transform"]]
    return [row for row in rows if value_of(expression, row, record)]


def test_each_step_of_the_replay_shows_the_paths_as_far_as_they_had_come(paths):
    specification = paths_chart(paths)
    rows = table(specification)
    (lines,), (dots, now) = layers_of(specification, "line"), layers_of(specification, "circle")
    for record in range(STEPS + 1):
        for layer, steps in ((lines, range(record + 1)), (dots, range(record + 1)), (now, [record])):
            places = [(row["optimizer"], row["x"], row["y"]) for row in shown(layer, rows, record)]
            expected = [
                (name, *paths.points[run, step])
                for run, name in enumerate(["SGD (0.01)", "Adam (0.5)"])
                for step in steps
            ]
            assert places == expected


def test_both_charts_follow_the_replay_step_by_step(paths):
    for specification in (paths_chart(paths), heights_chart(paths)):
        assert_follows_the_replay(specification, np.arange(STEPS + 1))


def test_x_and_y_have_one_scale_at_any_width(paths):
    specification = paths_chart(paths)
    sizes = {each["name"]: each["expr"] for each in specification["params"] if each["name"] in ("width", "height")}
    (left, right), (bottom, top) = SURFACES["beale"].window
    height = eval(sizes["height"], {"width": right - left})
    assert height == pytest.approx(top - bottom)
    assert specification["autosize"] == {"type": "pad"}, "or Streamlit would fit it into its place"
    (line,) = layers_of(specification, "line")
    for channel, window in (("x", (left, right)), ("y", (bottom, top))):
        assert tuple(line["encoding"][channel]["scale"]["domain"]) == window


@pytest.mark.parametrize("name", SURFACES)
def test_the_higher_the_surface_the_stronger_its_shade_in_bands_of_about_the_same_area(name):
    specification = paths_chart(descend(name, ["sgd"], None, 1))
    (row,) = rows_with(specification["datasets"], "picture")
    opacity = pixels(row["picture"])[:, :, 3].astype(int)
    rows, columns = opacity.shape
    x = row["x"] + (np.arange(columns) + 0.5) / columns * (row["right"] - row["x"])
    y = row["top"] - (np.arange(rows) + 0.5) / rows * (row["top"] - row["y"])
    assert ((row["x"], row["right"]), (row["y"], row["top"])) == SURFACES[name].window
    heights = SURFACES[name].value(*np.meshgrid(x, y))
    *strengths, line = np.unique(opacity)
    assert line == round(255 * STRONGEST)
    floors = [heights[opacity == strength] for strength in strengths]
    assert len(floors) == len(levels(name)) + 1 > 4
    for lower, higher, level in zip(floors, floors[1:], levels(name)):
        assert lower.max() <= level <= higher.min()
    assert max(map(len, map(np.ravel, floors))) < opacity.size / 3


@pytest.mark.parametrize("name", SURFACES)
def test_contour_lines_have_round_values_that_stand_at_their_height(name):
    specification = paths_chart(descend(name, ["sgd"], None, 1))
    (texts,) = layers_of(specification, "text")
    rows = specification["datasets"][texts["data"]["name"]]
    assert len(rows) > 3
    slopes = SURFACES[name].gradient
    (left, right), _ = SURFACES[name].window
    for row in rows:
        height = SURFACES[name].value(row["x"], row["y"])
        within = np.hypot(*slopes(row["x"], row["y"])) * 2 * (right - left) / 800  # two pixels of the picture
        assert value(row["text"]) == pytest.approx(height, abs=within)
        assert value(row["text"]) == pytest.approx(float(f"{value(row['text']):.2g}"))


def test_every_place_that_can_be_pointed_at_has_its_height():
    for name, surface in SURFACES.items():
        there = places_to_start(name, ("x", "y"), "height")
        sizes = [round((high - low) / there.step) + 1 for low, high in there.window]
        told = there.heights.split(" ")
        assert len(told) == sizes[0] * sizes[1]
        for column, row in ((0, 0), (7, 3), (sizes[0] - 1, sizes[1] - 1)):
            x, y = (low + place * there.step for (low, _), place in zip(there.window, (column, row)))
            assert value(told[row * sizes[0] + column]) == pytest.approx(surface.value(x, y), rel=0.01, abs=1e-9)


def test_a_path_that_leaves_the_picture_is_marked_where_it_does():
    paths = descend("rastrigin", ["sgd", "rmsprop"], None, 100, (-2.6, 1.2))
    assert leaving(paths) == ["rmsprop"]
    marks = rows_with(paths_chart(paths)["datasets"], "told")
    assert {row["optimizer"].split()[0] for row in marks} == {"RMSProp"}
    for row in marks:
        before, after = paths.points[1, row["step"] - 1], paths.points[1, row["step"]]
        assert before[0] >= -3.8 and after[0] < -3.8 == row["x"]
        share = (-3.8 - before[0]) / (after[0] - before[0])
        assert row["y"] == pytest.approx(before[1] + share * (after[1] - before[1]))
        assert row["shape"] == "triangle-left"
    assert not rows_with(paths_chart(descend("bowl", ["sgd"], None, 9))["datasets"], "told")


def test_curves_that_leave_the_chart_of_heights_at_the_top_are_named():
    paths = descend("valley", ["sgd", "adam", "nag"], [0.03] * 3, 20)
    top = layers_of(heights_chart(paths), "line")[0]["encoding"]["y"]["scale"]["domain"][1]
    first = [np.argmax(heights > top) for heights in paths.heights]  # valley's lowest height is 0
    assert first[0] > 0 and first[2] > 0 and not (paths.heights[1] > top).any()
    said = f"Leaves the chart at the top: SGD (step {first[0]}), NAG (step {first[2]})."
    assert leaving_at_the_top(paths) == said
    assert heights_text(paths).endswith(said)
    assert leaving_at_the_top(descend("bowl", ["sgd"], None, 9)) is None


def test_a_path_that_starts_at_the_lowest_point_has_an_axis_of_heights_too():
    domain = layers_of(heights_chart(descend("bowl", ["sgd"], None, 9, (0.0, 0.0))), "line")[0]["encoding"]["y"][
        "scale"
    ]["domain"]
    assert domain[0] == LEAST < domain[1]


def test_start_and_minima_are_marked():
    specification = paths_chart(descend("rastrigin", ["sgd"], None, 1))
    places = {}
    for row in rows_with(specification["datasets"], "place"):
        places.setdefault(row["place"], []).append((row["x"], row["y"]))
    assert places["the start"] == [SURFACES["rastrigin"].starts[0]]
    assert places["the lowest point"] == [(0.0, 0.0)]
    assert sorted([*places["a minimum"], (0.0, 0.0)]) == sorted(SURFACES["rastrigin"].minima)


def test_the_lowest_points_lie_on_top_of_the_paths_that_end_there():
    for name, surface in SURFACES.items():
        specification = paths_chart(descend(name, ["sgd"], None, 1))
        *_, last = specification["layer"]
        rows = specification["datasets"][last["data"]["name"]]
        assert {row["place"] for row in rows} == {"the lowest point"}
        assert [(row["x"], row["y"]) for row in rows] == surface.lowest_points
        assert last["mark"]["size"] > max(layer["mark"]["size"] for layer in layers_of(specification, "circle"))


def test_pointing_at_the_surface_tells_no_code(paths):
    chart = paths_chart(paths)
    (image,) = layers_of(chart, "image")
    assert "tooltip" not in image["encoding"] and chart["config"]["mark"] == {"tooltip": None}


@pytest.mark.parametrize("chart", [paths_chart, heights_chart])
def test_charts_are_valid(paths, chart):
    alt.Root.validate(chart(paths))


def test_an_optimizer_looks_as_on_compare_whatever_it_is_shown_with(paths):
    looks = run_looks(Experiment(runs=(Run(optimizer="sgd"), Run(optimizer="adam")), epochs=0))
    assert [optimizer_look(name) for name in ("sgd", "adam")] == looks
    assert len({optimizer_look(name) for name in OPTIMIZERS}) == len(OPTIMIZERS)
    for specification in (paths_chart(paths), heights_chart(paths)):
        encoding = layers_of(specification, "line")[0]["encoding"]
        assert encoding["color"]["scale"]["range"] == [look.colour for look in looks]
        assert [tuple(dash) for dash in encoding["strokeDash"]["scale"]["range"]] == [look.dash for look in looks]


def test_heights_are_those_above_the_lowest_point():
    paths = descend("saddle", ["sgd", "adam"], [0.1, 0.1], STEPS)
    above = [row["above"] for row in table(heights_chart(paths))]
    np.testing.assert_allclose(above, paths.heights.ravel() + 0.25)


def test_at_the_lowest_point_a_logarithm_still_has_something_to_draw():
    paths = descend("bowl", ["sgd"], [0.25], STEPS, (0.0, 1.0))
    assert paths.heights[0, -1] == 0
    specification = heights_chart(paths)
    assert min(row["drawn"] for row in table(specification)) == LEAST
    height = layers_of(specification, "line")[0]["encoding"]["y"]
    assert (height["field"], height["scale"]["domain"][0]) == ("drawn", LEAST)
    assert height["title"] == "Height (log scale)"
    assert specification["title"] == "Height above the lowest point in each step"
    assert min(row["above"] for row in table(specification)) == 0, "which is what the pointer reads"
    tooltips = [layer["encoding"]["tooltip"] for layer in layers_of(paths_chart(paths), "circle")]
    assert all("above" in [each["field"] for each in tooltip] for tooltip in tooltips)


def test_what_blows_up_leaves_the_charts_and_does_not_flatten_the_rest(blown_up):
    assert max(abs(row["x"]) for row in table(paths_chart(blown_up))) == FAR
    low, high = layers_of(heights_chart(blown_up), "line")[0]["encoding"]["y"]["scale"]["domain"]
    start = blown_up.heights[0, 0]
    assert low < start < high < 10 * start
    assert all(layer["mark"]["clip"] for layer in layers_of(heights_chart(blown_up), "line"))


def test_the_pointer_reads_every_path_at_one_step(paths):
    rule = layers_of(heights_chart(paths), "rule")[-1]
    assert [each["title"] for each in rule["encoding"]["tooltip"]] == ["Steps", "SGD (0.01)", "Adam (0.5)"]


def test_texts_say_where_the_paths_end(paths, blown_up):
    (end,) = re.findall(r"Adam \(0\.5\) at \((.+?), (.+?)\)", paths_text(paths))
    assert [value(text) for text in end] == pytest.approx(paths.points[1, -1].tolist(), rel=5e-3)
    assert f"SGD (1) diverged in step {blown_up.diverged_at[0]}" in paths_text(blown_up)
    assert f"after {STEPS} steps" in paths_text(paths)
    (height,) = re.findall(r"SGD \(0\.01\): (.+?);", heights_text(paths))
    assert value(height) == pytest.approx(paths.heights[0, -1], rel=5e-3)
