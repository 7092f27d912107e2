"""The strip of every seed: valid Vega-Lite, with a title that fits a phone, and no number that squeezes the others."""

from dataclasses import replace

import altair as alt
import numpy as np
import pytest

from ui.charts.layers import TITLE
from ui.missions.charts import reading_strip, strip_chart
from ui.missions.measures import LOWER, MEASURES
from ui.missions.mission import ByHand, Choices, Goal, Mission
from ui.missions.outcome_words import in_words
from ui.missions.outcomes import Outcome, cells, networks
from ui.missions.records import MISSIONS

LOSSES = Mission(
    question="Which?", settings={"activations": ["relu", "tanh", "sigmoid"], "dataset": "moons", "epochs": 3},
    measure="test_loss", answers=Choices(none="None", margin=0.05),
)  # fmt: skip
TRAINED = [name for name, mission in MISSIONS.items() if not isinstance(mission.answers, ByHand)]


def made_up(mission: Mission) -> Outcome:
    """Three seeds' values, which nobody had to train for."""
    values = np.linspace(0.2, 0.9, len(cells(mission)) * 3 * len(networks(mission)))
    return Outcome(values.reshape(len(cells(mission)), 3, -1), ("0",) * 3, "0", 3)


@pytest.mark.parametrize("name", TRAINED)
def test_a_strips_title_is_all_there_in_lines_that_fit_a_phone(name):
    mission = MISSIONS[name]
    chart = strip_chart(mission, made_up(mission))
    alt.LayerChart.from_dict(chart)
    for part in chart["layer"]:
        title = part["encoding"]["x"]["title"]
        assert " ".join(title) == MEASURES[mission.measure].label
        assert all(len(line) <= TITLE for line in title)


def seen(*rows: list[float]) -> Outcome:
    """Of each network, what its seeds gave."""
    values = np.array([np.transpose(rows)])
    return Outcome(values, ("0",) * values.shape[1], "0", values.shape[1])


def drawn(chart: dict) -> dict[str, list[float]]:
    data = chart["datasets"]
    return {name: [row["value"] for row in data.get(name, [])] for name in ("dots", "bars", "rule")}


def domain(chart: dict) -> list[float]:
    return chart["layer"][0]["encoding"]["x"]["scale"]["domain"]


@pytest.mark.parametrize("far", [30.0, 1e6, 3.4e38])
def test_losses_that_all_but_explode_do_not_squeeze_the_others_and_are_said_with_their_numbers(far):
    values = seen([0.1, 0.2, 0.3], [0.2, far, 0.4], [far, far, 2 * far])
    chart = strip_chart(LOSSES, values)
    alt.LayerChart.from_dict(chart)
    assert domain(chart) == [0.1, 0.4]
    assert sorted(drawn(chart)["dots"]) == [0.1, 0.2, 0.2, 0.3, 0.4] and drawn(chart)["bars"] == [0.2, 0.4]
    write, reading = MEASURES["test_loss"].write, reading_strip(LOSSES, values, None)
    _, of_tanh, of_sigmoid = networks(LOSSES)
    assert f"{of_tanh} (1 of 3 seeds: {write(far)})" in reading
    assert f"{of_sigmoid} (3 of 3 seeds: {write(far)} to {write(2 * far)})" in reading
    assert "Too large" not in reading_strip(LOSSES, seen([0.1] * 3, [0.2] * 3, [1.3] * 3), None)


@pytest.mark.parametrize(
    "rows",
    [
        ([0.001] * 3, [0.001] * 3, [0.7] * 3),
        ([300.0] * 3, [500.0] * 3, [4000.0] * 3),
        ([np.nan] * 3,) * 3,
        ([0.1, 0.1, 3.9],) * 3,
    ],
)
def test_a_loss_that_is_usual_or_no_larger_than_the_others_is_drawn(rows):
    """That of a network that has learned nothing beside two that have, where all have all but exploded, and where to
    leave it out would make little room."""
    values = seen(*rows)
    assert len(drawn(strip_chart(LOSSES, values))["dots"]) == np.isfinite(rows).sum()
    assert "Too large" not in reading_strip(LOSSES, values, None)


@pytest.mark.parametrize("name", [name for name in TRAINED if MEASURES[MISSIONS[name].measure].usual is None])
def test_of_what_cannot_explode_all_that_is_finite_is_drawn(name):
    mission = MISSIONS[name]
    values = made_up(mission)
    values.values[0, 0, 0] = 1000.0
    assert len(drawn(strip_chart(mission, values))["dots"]) == values.values.size


@pytest.mark.parametrize(("bound", "is_drawn"), [(0.15, True), (1e6, False), (-5.0, False)])
def test_a_goal_of_somebodys_own_does_not_squeeze_the_dots_either(bound, is_drawn):
    mission = Mission(question="How few?", settings={"activations": ["relu"], "dataset": "moons"}, measure="test_loss",
                      answers=Goal(bound, "units"), free=("units",))  # fmt: skip
    values = seen([0.1, 0.2, 0.3])
    assert drawn(strip_chart(mission, values, bound))["rule"] == ([bound] if is_drawn else [])
    reading = reading_strip(mission, values, bound)
    assert ("Dashed line: the goal." in reading) == is_drawn
    assert (MEASURES["test_loss"].chosen(bound) in reading) == (not is_drawn)


@pytest.mark.parametrize(
    ("measure", "rows", "ends"),
    [
        ("confidence_far_away", ([0.9999, 1.0], [0.9998, 1.0]), [0.9, 1.0]),
        ("test_accuracy", ([0.5, 0.5], [0.5, 0.51]), [0.455, 0.555]),
        ("test_accuracy", ([0.0, 0.0], [0.0, 0.0]), [0.0, 0.1]),
        ("test_accuracy", ([0.25, 0.5], [0.75, 0.5]), [0.25, 0.75]),
        ("test_loss", ([0.3, 0.3], [0.3, 0.3]), [0.275, 0.325]),
        ("dead_units", ([0.0, 0.0], [0.0, 0.0]), [0.0, 5.0]),
        ("epochs_to_90", ([18.0, 18.0], [18.0, 18.0]), [15.5, 20.5]),
    ],
)
def test_seeds_that_are_nearly_alike_do_not_fill_the_axis(measure, rows, ends):
    mission = replace(LOSSES, settings=LOSSES.settings | {"activations": ["relu", "tanh"]}, measure=measure)
    assert domain(strip_chart(mission, seen(*rows))) == pytest.approx(ends)


def test_the_bar_of_an_even_number_of_counts_is_said_to_be_the_lower_one():
    mission = replace(LOSSES, settings=LOSSES.settings | {"activations": ["relu", "tanh"]}, measure="epochs_to_90")
    assert LOWER in reading_strip(mission, seen([7.0, 13.0], [5.0, 5.0]), None)
    assert LOWER not in reading_strip(mission, seen([7.0, 7.0], [5.0, 5.0]), None)
    assert LOWER not in reading_strip(replace(mission, measure="test_loss"), seen([0.7, 1.3], [0.5, 0.5]), None)
    assert "ReLU: median never; Tanh: median 5 epochs (range: 5 to 6 epochs)" in in_words(
        mission, seen([np.inf, np.inf, np.inf], [5.0, 5.0, 6.0])
    )
