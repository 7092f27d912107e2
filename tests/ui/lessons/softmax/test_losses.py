import json
import re

import altair as alt
import numpy as np
import pytest
from scipy.special import expit

from core.lessons.softmax import steps
from tests.ui.charts.test_charts import layers_of
from tests.ui.shell.test_numbers import value
from ui.charts.palette import CLASS_COLOURS
from ui.lessons.softmax.losses import losses_chart, losses_table, losses_text, losses_words
from ui.lessons.softmax.two_classes import decision, numbers, two_classes_chart, two_classes_text

SCORES = ((2.0, 1.0, 0.1), (5.0, -5.0, 0.0), (3.0, 3.0, 3.0), (-50.0, 50.0, 0.0))


def layers(chart: dict, mark: str) -> list[dict]:
    """Of all its panels."""
    return [layer for panel in chart.get("concat", chart.get("hconcat")) for layer in layers_of(panel, mark)]


def rows_of(chart: dict, mark: str) -> list[dict]:
    return [row for layer in layers(chart, mark) for row in layer["data"]["values"]]


@pytest.mark.parametrize("scores", SCORES)
def test_charts_are_valid_and_hold_only_what_json_can(scores):
    shown = steps(scores)
    losses, two = losses_chart(shown, 1), two_classes_chart(shown)
    for chart in (losses, two):
        json.dumps(chart, allow_nan=False)
    assert "vega-lite" in losses["$schema"], "the browser takes a concat without it for Vega, and draws nothing"
    alt.ConcatChart.from_dict({key: part for key, part in losses.items() if key != "columns"})
    alt.HConcatChart.from_dict(two)


def test_the_curve_of_the_unit_is_the_sigmoid_and_its_place_is_the_bars_height():
    chart = two_classes_chart(steps((2.0, 1.0, 0.1)))
    for row in rows_of(chart, "line")[::10]:
        assert row["p"] == pytest.approx(1 / (1 + np.exp(-row["z"])))
    (point,), bars = rows_of(chart, "point"), rows_of(chart, "bar")
    assert (point["z"], point["p"]) == pytest.approx((-1, expit(-1)))
    assert [(bar["class"], bar["colour"]) for bar in bars] == [
        ("class 1", CLASS_COLOURS[1]), ("class 0", CLASS_COLOURS[0])
    ]  # fmt: skip
    assert (bars[0]["p"], bars[0]["to"], bars[1]["to"]) == pytest.approx((0, point["p"], 1))
    assert {row["p"] for row in rows_of(chart, "rule")} == {0.5}


def test_tiny_probabilities_and_slopes_have_digits_that_are_right():
    """p is e^-100 = 3.72e-44; the squared error's slope is -4/3 p where the largest p is 1."""
    shown = steps((50.0, -50.0, 0.0))
    said, _ = losses_words(shown, 1)
    assert "Its probability is 3.72·10⁻⁴⁴." in said and "**−4.96·10⁻⁴⁴**" in said
    assert losses_table(shown, 1).iloc[1, 3] == "−4.96·10⁻⁴⁴"
    assert "slope −4.96·10⁻⁴⁴" in losses_text(shown, 1)


@pytest.mark.parametrize(
    ("scores", "said"),
    [((2.0, 1.0, 9.0), "class 0"), ((1.0, 2.0, 9.0), "class 1"), ((1.0, 1.0, 9.0), "equally likely")],
)
def test_the_threshold_decides_for_the_class_that_softmax_takes(scores, said):
    assert said in decision(steps(scores))


def test_both_numbers_are_the_same_however_large_the_constant_and_however_small_the_temperature():
    for constant in (-1000, 0, 1000):
        for temperature in (0.1, 1, 10):
            words = numbers(steps((2.0, 1.0, 0.1), constant, temperature))
            by_softmax, by_sigmoid = re.findall(r"\*\*(.+?)\*\*", words)
            assert by_softmax == by_sigmoid
            assert value(by_softmax) == pytest.approx(expit(-1 / temperature), rel=5e-3)


def test_the_curves_are_the_losses_of_two_other_scores_that_stay():
    """Cross-entropy ln(1 + sum of e^-lead), worked by hand, and its derivative."""
    chart = losses_chart(steps((2.0, 1.0, -90.0)), 1)
    rows = [row for row in rows_of(chart, "line") if row["name"] == "Cross-entropy"]
    for row in rows[::10]:
        assert row["loss"] == pytest.approx(np.log1p(np.exp(-row["lead"])), rel=1e-4, abs=1e-6)
        assert row["slope"] == pytest.approx(-expit(-row["lead"]), rel=1e-4, abs=1e-6)


def test_the_lead_on_screen_is_marked_on_both_curves():
    rows = rows_of(losses_chart(steps((2.0, 1.0, 0.1)), 1), "point")
    assert {row["lead"] for row in rows} == {-1.0}
    assert {row["name"] for row in rows} == {"Cross-entropy", "Squared error"}


def test_the_axis_goes_as_far_as_the_lead():
    chart = losses_chart(steps((5.0, -5.0, 0.0), temperature=0.1), 1)
    (line,) = {tuple(layer["encoding"]["x"]["scale"]["domain"]) for layer in layers(chart, "line")}
    assert line == (-100, 100)


def test_the_table_has_the_slopes_that_the_gradient_of_softmax_gives():
    """p - t for cross-entropy; for squared error 2/3 p (p - t - sum of p (p - t)), by the chain rule."""
    scores, true = np.array([2.0, 1.0, 0.1]), np.array([0, 1, 0])
    p = np.exp(scores) / np.exp(scores).sum()
    expected = [p - true, 2 / 3 * p * (p - true - (p * (p - true)).sum())]
    table = losses_table(steps(scores), 1)
    for row, slopes in zip(table.to_numpy(), expected):
        assert [value(cell) for cell in row[2:]] == pytest.approx(slopes.tolist(), rel=5e-3)
    assert [value(cell) for cell in table["Loss L"]] == pytest.approx(
        [-np.log(p[1]), ((p - true) ** 2).mean()], rel=1e-3
    )


@pytest.mark.parametrize(
    ("scores", "start"),
    [((2.0, 1.0, 0.1), "**Mistake:** the z of the true class, class 1, is 1 below"), ((1.0, 2.5, 0.1), "**Correct:**"),
     ((2.0, 2.0, 0.1), "**Undecided:**")],
)  # fmt: skip
def test_what_is_said_of_the_slopes_is_of_a_mistake_or_not(scores, start):
    here, ends = losses_words(steps(scores), 1)
    assert here.startswith(start)
    assert "goes to −1" in ends


def test_the_texts_have_the_numbers_of_the_pictures():
    shown = steps((2.0, 1.0, 0.1))
    assert two_classes_text(shown).startswith("Probability of class 1: 0.269 by softmax of two scores, 0.269 by one")
    assert "Cross-entropy at lead −1: loss 1.42, slope −0.758" in losses_text(shown, 1)
