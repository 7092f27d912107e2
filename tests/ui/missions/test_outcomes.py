import math
from dataclasses import replace

import numpy as np
import pytest

from core import train
from tests.ui.missions.trained import histories, outcome_of
from ui.missions.charts import reading_strip, strip_chart
from ui.missions.measures import MEASURES
from ui.missions.mission import Choices, Goal, Mission, Scale
from ui.missions.outcome_words import beside, in_words, never, of_changed, rows
from ui.missions.outcomes import (
    cells,
    check_answer,
    experiment_of,
    found,
    is_right,
    link_of,
    measured,
    networks,
    outcome,
    part_of,
    right_of,
)
from ui.missions.records import MISSIONS
from ui.missions.words import view
from ui.shell.conversion import experiment_for
from ui.shell.page import PAGES
from ui.shell.settings import SETTINGS

THREE = Mission(
    question="Which?", settings={"activations": ["relu", "tanh", "sigmoid"], "dataset": "moons", "epochs": 3},
    measure="test_accuracy", answers=Choices(none="None", margin=0.05),
)  # fmt: skip
NUMBER = replace(THREE, answers=Scale(0, 1, 0.01, near=0.1, network=1))
GRID = replace(
    THREE, settings={"activations": ["relu"]}, answers=Choices(reach=0.9, none="None"), cells={"layers": (1, 2, 3)}
)


@pytest.mark.parametrize("name", ["adam_early", "dead_at_a_rate"])
@pytest.mark.parametrize("seed", [0, 7])
def test_a_participants_seed_gives_what_it_gives_among_several(name, seed):
    seen, alone = outcome_of(name), found(MISSIONS[name], seed)
    assert alone.values == tuple(seen.values[0, seed])
    assert alone.right == seen.rights[seed]


def test_a_seed_draws_data_split_and_weights():
    first, second = experiment_of(THREE, 0), experiment_of(THREE, 1)
    assert (first.dataset.seed, first.seed) == (0, 0)
    assert (second.dataset.seed, second.seed) == (1, 1)
    assert {run.seed for run in second.runs} == {1}
    assert experiment_of(THREE, 0, None, 3).of_seed(1) == second


def test_participants_take_the_cells_in_turn_each_with_the_next_seed():
    assert [part_of(THREE, number) for number in range(3)] == [(None, 0), (None, 1), (None, 2)]
    parts = [part_of(GRID, number) for number in range(7)]
    assert [cell["layers"] for cell, _ in parts] == [1, 2, 3, 1, 2, 3, 1]
    assert [seed for _, seed in parts] == [0, 0, 0, 1, 1, 1, 2]
    assert len({experiment_of(GRID, seed, cell) for cell, seed in parts}) == 7
    assert found(GRID, 0, {"layers": 2}).right is None, "one cell is not the answer"


@pytest.mark.parametrize("name", MISSIONS)
def test_its_link_opens_just_these_networks_in_compare(name):
    mission = MISSIONS[name]
    cell = cells(mission)[-1]
    for seed, seeds in ((3, 1), (0, 10)):
        page, query = link_of(mission, seed, cell, seeds)
        assert page == PAGES["compare"].path
        settings = {key: read(key, texts) for key, texts in query.items()}
        assert experiment_for(settings) == experiment_of(mission, seed, cell, seeds)


def read(key: str, texts: list[str]) -> object:
    return SETTINGS[key].parse((2, 3, 4) if key == "classes" else None)(texts)


@pytest.mark.parametrize(
    ("values", "right"),
    [((0.5, 0.9, 0.7), "1"), ((0.9, 0.87, 0.5), "3"), ((0.9, 0.9, 0.5), "3"), ((0.5, 0.5, 0.6), "2")],
)
def test_the_first_network_is_right_unless_its_lead_is_within_the_margin(values, right):
    assert right_of(THREE, values) == right


@pytest.mark.parametrize(("values", "right"), [((3.0, 9.0), "0"), ((math.inf, 9.0), "1"), ((math.inf,) * 2, None)])
def test_the_fewest_epochs_are_first_and_never_is_last(values, right):
    mission = replace(THREE, measure="epochs_to_90", answers=Choices())
    assert right_of(mission, values) == right
    beyond = replace(mission, answers=Choices(none="None"))
    assert right_of(beyond, values) == (right or "2")


def test_a_lead_of_just_the_margin_is_no_lead_however_it_is_rounded():
    tenth = replace(THREE, answers=Choices(none="None", margin=0.1))
    assert [right_of(tenth, (low, low + 0.1, 0.0)) for low in (0.2, 0.3, 0.7, 0.8)] == ["3"] * 4


def test_a_network_that_diverged_is_behind_all_others():
    loss = replace(THREE, measure="test_loss")
    assert right_of(THREE, (math.nan, 0.5, 0.4)) == "1"
    assert right_of(loss, (math.nan, 0.5, math.inf)) == "1"
    assert right_of(loss, (math.nan,) * 3) is None, "not a tie: nothing is known"


def test_a_value_on_a_border_is_in_the_upper_range():
    mission = replace(THREE, answers=Choices(bounds=(0.75, 0.9), network=2))
    assert [right_of(mission, (0, 0, value)) for value in (0.7499, 0.75, 0.8999, 0.9)] == ["0", "1", "1", "2"]
    assert right_of(mission, (0, 0, math.nan)) is None, "such as a ratio of two that never get there"


def test_of_a_grid_the_last_cell_that_gets_there_is_right():
    values = np.array([[[0.95], [0.92]], [[0.91], [0.8]], [[0.2], [0.1]]])  # (cells, seeds, networks)
    seen = outcome(GRID, values)
    assert seen.rights == ("1", "0")
    assert outcome(GRID, values - 0.5).rights == ("3", "3")
    best = replace(GRID, answers=Choices())
    assert outcome(best, values).rights == ("0", "0")


def test_an_outcome_counts_the_seeds_that_agree():
    values = np.array([[[0.5, 0.9, 0.1], [0.5, 0.9, 0.1], [0.9, 0.5, 0.1]]])
    seen = outcome(THREE, values)
    assert (seen.right, seen.holds, seen.seeds) == ("1", 2, 3)
    number = outcome(NUMBER, values)
    assert (number.right, number.holds) == ("0.9", 2)


def test_a_number_is_right_if_it_is_near():
    assert is_right(NUMBER, "0.85", "0.9")
    assert not is_right(NUMBER, "0.75", "0.9")
    assert is_right(THREE, "1", "1")
    assert not is_right(THREE, "1", None)


@pytest.mark.parametrize("text", ["0.5", "1", "0"])
def test_an_answer_may_be_any_number_of_the_scale(text):
    check_answer(NUMBER, text)


@pytest.mark.parametrize("text", ["1.01", "-0.1", "nan", "inf", "", "x", "0" * 1000, "٣ "])
def test_other_texts_are_no_numbers_of_it(text):
    with pytest.raises(ValueError):
        check_answer(NUMBER, text)


def test_an_answer_is_the_place_of_a_choice():
    for text in ("0", "1", "2", "3"):
        check_answer(THREE, text)
    for text in ("4", "-1", "00", "", "0.0", "x"):
        with pytest.raises(ValueError):
            check_answer(THREE, text)


@pytest.mark.parametrize("measure", MEASURES)
def test_a_measure_has_a_finite_or_infinite_number_for_each_network(measure):
    history = train(experiment_of(THREE, 0))
    values = MEASURES[measure].of(history)
    assert values.shape == (3,)
    assert all(MEASURES[measure].write(float(value)) for value in values)


def test_what_a_diverged_network_stands_still_at_is_no_result():
    """It may be the best of all, as where the initial weights are better than what the others have come to."""
    history = replace(train(experiment_of(THREE, 0)), diverged_at=np.array([0, -1, -1]))
    accuracy, epochs = MEASURES["test_accuracy"], MEASURES["epochs_to_90"]
    assert np.isnan(accuracy.of(history)).tolist() == [True, False, False]
    assert accuracy.write(accuracy.of(history)[0]) == "diverged"
    assert not np.isnan(epochs.of(history)).any(), "it got there before, or never"


def test_the_units_that_differ_are_counted():
    history = histories("all_zero")[0].select([0])
    assert MEASURES["different_units"].of(history) == [1]
    history.flat_parameters.flags.writeable = True
    history.flat_parameters[0, -1, :2] += 1.0  # weights of the first unit
    assert MEASURES["different_units"].of(history) == [2]


def test_the_prediction_stands_beside_what_most_seeds_say():
    sine = MISSIONS["spiral_first"]
    seen = outcome_of("spiral_first")
    assert "Sine" in beside(sine, "3", seen)
    assert "ReLU" in beside(sine, "2", seen) and "Sine" in beside(sine, "2", seen)
    assert f"{seen.holds} of {seen.seeds}" in beside(sine, "2", seen)
    split = outcome(THREE, np.array([[[0.5, 0.9, 0.1], [0.9, 0.5, 0.1], [0.5, 0.1, 0.9]]]))
    assert "do not agree" in beside(THREE, "0", split)


def test_what_the_margin_is_stands_in_the_question():
    assert "“None” means that the best two differ by at most 5 percentage points." in view(THREE)
    loss = replace(THREE, measure="test_loss", answers=Choices(none="None", margin=0.02))
    assert "the best two differ by at most 0.02." in view(loss)
    assert "best two" not in view(replace(THREE, answers=Choices()))


def test_of_a_changed_view_it_is_said_which_network_the_answer_is_about():
    values = np.full((1, 3, 3), 0.5)
    one = replace(THREE, answers=Choices(bounds=(0.4, 0.6), network=1))
    assert "true for Tanh: From 40 % to less than 60 %. It holds for 3 of 3 seeds." in of_changed(
        one, outcome(one, values)
    )
    assert "Tanh" not in of_changed(THREE, outcome(THREE, values)), "the networks are the answers"


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(28, 60, "28 to 60 epochs"), (1, 1, "1 epoch"), (28, math.inf, "28 epochs or more, or never"),
     (math.inf, math.inf, "never")],
)  # fmt: skip
def test_a_span_has_its_unit_once(low, high, said):
    assert MEASURES["epochs_to_90"].span(low, high) == said


def test_networks_that_diverged_have_no_part_in_medians_and_spans():
    values = np.array([[[0.5, math.nan, math.nan], [0.7, 0.9, math.nan]]])
    seen = outcome(THREE, values)
    assert "ReLU: median 60.0 % (range: 50.0 % to 70.0 %); Tanh: median 90.0 %" in in_words(THREE, seen)
    assert "Sigmoid: no value" in in_words(THREE, seen)
    assert "because the training diverged: Tanh (1 of 2 seeds); Sigmoid (2 of 2 seeds)" in never(THREE, seen)


def test_a_dashed_line_is_said_where_there_is_one():
    seen = outcome(NUMBER, np.array([[[0.5, 0.9, 0.1], [0.5, 0.8, 0.1]]]))
    assert strip_chart(NUMBER, seen, 0.85)["datasets"]["rule"] == [{"value": 0.85}]
    assert reading_strip(NUMBER, seen, 0.85).endswith("Dashed line: your prediction.")
    goal = replace(NUMBER, answers=Goal(bound=0.85))
    assert reading_strip(goal, seen, goal.answers.bound).endswith("Dashed line: the goal.")
    assert "rule" not in strip_chart(NUMBER, seen)["datasets"]
    assert "Dashed" not in reading_strip(NUMBER, seen, None)


def test_what_cannot_be_drawn_is_named():
    mission, seen = MISSIONS["near_a_saddle"], outcome_of("near_a_saddle")
    assert rows(mission) == networks(mission)
    assert "SGD" in never(mission, seen)
    assert not never(MISSIONS["line_on_circles"], outcome_of("line_on_circles"))


def test_measured_of_several_cells_has_them_in_order():
    name = "units_for_circles"
    seen = measured(MISSIONS[name], histories(name))
    assert seen.values.shape == (4, 5, 1)
    assert len(rows(MISSIONS[name])) == 4
