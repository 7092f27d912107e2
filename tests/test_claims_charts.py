"""The pictures of the page of claims."""

import pytest

from core.claims import CLAIMS, LOSS, POINTS, RATIO, Row, Trial, kept, outcome
from tests.test_charts import rows_with
from ui.charts.claims import trial_chart, trial_text
from ui.charts.palette import activation_look

FASTER = Trial("faster", "how many times as fast", RATIO, "tanh", line=1, claimed=6)
ROWS = (Row("faster", "moons", (2.0,) * 8, "so fast"), Row("faster", "xor", (0.5,) * 4 + (0.0,) * 4, "so slow"))


def layers(chart: dict, mark: str) -> list[dict]:
    return [layer for layer in chart["layer"] if layer["mark"]["type"] == mark]


def table(chart: dict, layer: dict) -> list[dict]:
    return chart["datasets"][layer["data"]["name"]]


def test_every_repeat_is_a_dot_and_every_part_has_its_median():
    chart = trial_chart(FASTER, ROWS, "seed")
    (dots,), (ticks,) = layers(chart, "circle"), layers(chart, "tick")
    assert [row["figure"] for row in table(chart, dots)] == [*ROWS[0].figures, *ROWS[1].figures]
    assert [row["median"] for row in table(chart, ticks)] == [2, 0.5], "a logarithm has no 0.25, the least drawn is 0.5"
    assert {row["part"] for row in table(chart, dots)} == {"moons: holds, not right", "xor: fails, not right"}
    assert dots["mark"]["color"] == activation_look("tanh").colour
    assert {"title": "seed", "field": "repeat", "type": "nominal"} in dots["encoding"]["tooltip"]


def test_the_line_what_is_claimed_and_all_figures_are_in_sight():
    chart = trial_chart(FASTER, ROWS, "seed")
    low, high = layers(chart, "circle")[0]["encoding"]["x"]["scale"]["domain"]
    assert low < 0.5
    assert high > 6
    assert all(low < row["drawn"] < high for row in table(chart, layers(chart, "circle")[0]))
    (shade,) = layers(chart, "rect")
    assert table(chart, shade)[0]["line"] == 1
    assert table(chart, shade)[0]["end"] == high
    assert [row["text"] for row in rows_with(chart["datasets"], "text")] == ["for the claim →", "claimed: 6"]


def test_a_figure_that_is_right_is_called_so():
    text = trial_text(FASTER, (Row("faster", "moons", (6.5,) * 8, ""),), "dataset")
    assert "moons: holds, right, 6.5" in text


def test_what_is_only_for_comparison_has_no_side():
    chart = trial_chart(Trial("shown", "what", LOSS, "relu", line=None), ROWS, "seed")
    assert not layers(chart, "rect")
    assert [row["text"] for row in rows_with(chart["datasets"], "text")] == ["for comparison"]
    assert {row["part"] for row in table(chart, layers(chart, "circle")[0])} == {"moons", "xor"}


def test_figures_that_are_all_zero_can_be_drawn_as_ratios():
    chart = trial_chart(FASTER, (Row("faster", "moons", (0.0,) * 8, ""),), "seed")
    assert layers(chart, "circle")[0]["encoding"]["x"]["scale"]["domain"][0] > 0


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)
def test_every_picture_has_a_title_an_axis_and_a_text(claim):
    for trial in claim.trials:
        rows = tuple(row for row in kept().rows[claim.name] if row.trial == trial.name)
        chart = trial_chart(trial, rows, claim.repeat_noun)
        assert chart["title"]["text"] == trial.name
        x = layers(chart, "circle")[0]["encoding"]["x"]
        assert x["title"]
        assert (x["scale"]["type"] == "log") == (trial.kind == RATIO)
        text = trial_text(trial, rows, claim.part_noun)
        assert text.startswith(f"{trial.name}: {trial.what}")
        for row in rows:
            assert row.part in text
            assert trial.line is None or f"{row.part}: {outcome(row.figures, trial.line)}" in text


def test_points_are_counted_in_hundreds():
    chart = trial_chart(Trial("better", "what", POINTS, "relu", line=0.02), ROWS, "seed")
    assert "100 * datum.value" in layers(chart, "circle")[0]["encoding"]["x"]["axis"]["labelExpr"]
