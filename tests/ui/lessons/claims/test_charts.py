"""The pictures of the page of claims."""

from dataclasses import replace

import pytest

from core.claims import CLAIMS, EPOCHS, LOSS, MECHANISM, POINTS, RATIO, Row, Trial, interval, kept, outcome, right
from tests.ui.charts.test_charts import rows_with
from ui.charts.palette import activation_look
from ui.lessons.claims.charts import picture_chart, picture_text
from ui.lessons.claims.details import part_label

FASTER = Trial("faster", "how many times as fast", RATIO, "tanh", line=1, claimed=6)
ROWS = (Row("faster", "moons", (2.0,) * 8, "so fast"), Row("faster", "xor", (0.5,) * 4 + (0.0,) * 4, "so slow"))
SPREAD = (Row("faster", "moons", tuple(float(figure) for figure in range(1, 21)), ""),)


def layers(chart: dict, mark: str) -> list[dict]:
    return [layer for layer in chart["layer"] if layer["mark"]["type"] == mark]


def table(chart: dict, layer: dict) -> list[dict]:
    return chart["datasets"][layer["data"]["name"]]


def test_every_repeat_is_a_dot_and_every_part_has_its_median():
    chart = picture_chart((FASTER,), ROWS, "seed")
    (dots,), (ticks,) = layers(chart, "circle"), layers(chart, "tick")
    assert [row["figure"] for row in table(chart, dots)] == [*ROWS[0].figures, *ROWS[1].figures]
    assert [row["median"] for row in table(chart, ticks)] == [2, 0.5], "a logarithm has no 0.25, the least drawn is 0.5"
    assert {row["row"] for row in table(chart, dots)} == {
        "Faster|Moons: fails", "Faster|XOR: fails",
    }  # fmt: skip
    assert {row["colour"] for row in table(chart, dots)} == {activation_look("tanh").colour}
    assert {"title": "Seed", "field": "repeat", "type": "nominal"} in dots["encoding"]["tooltip"]


def test_the_line_what_is_claimed_and_all_figures_are_in_sight():
    chart = picture_chart((FASTER,), ROWS, "seed")
    low, high = layers(chart, "circle")[0]["encoding"]["x"]["scale"]["domain"]
    assert low < 0.5
    assert high > 6
    assert all(low < row["drawn"] < high for row in table(chart, layers(chart, "circle")[0]))
    (shade,) = layers(chart, "rect")
    assert table(chart, shade)[0]["line"] == 1
    assert (table(chart, shade)[0]["start"], table(chart, shade)[0]["end"]) == right(FASTER)
    assert high > 8.5
    assert [row["text"] for row in rows_with(chart["datasets"], "text")] == ["supports the claim: shaded", "claimed: 6"]
    faster = picture_chart((replace(FASTER, claimed=None),), ROWS, "seed")
    (shade,), end = layers(faster, "rect"), layers(faster, "circle")[0]["encoding"]["x"]["scale"]["domain"][1]
    assert (table(faster, shade)[0]["start"], table(faster, shade)[0]["end"]) == (1, end)


def test_the_interval_of_every_median_is_drawn():
    chart = picture_chart((replace(FASTER, claimed=None),), SPREAD, "seed")
    (drawn,) = [each for each in layers(chart, "rule") if each["encoding"]["x"]["field"] == "least"]
    (row,) = table(chart, drawn)
    assert (row["least"], row["greatest"]) == interval(SPREAD[0].figures) == (6, 15)


def test_a_figure_that_is_near_the_claimed_one_holds():
    text = picture_text((FASTER,), (Row("faster", "moons", (6.5,) * 8, ""),))
    assert "Between 4.33 and 8.5 supports the claim. Medians: Moons: holds, 6.5." in text


def test_what_is_shown_apart_has_no_side():
    chart = picture_chart((replace(FASTER, kind=LOSS, line=None, claimed=None, role=MECHANISM),), ROWS, "seed")
    assert not layers(chart, "rect")
    assert [row["text"] for row in rows_with(chart["datasets"], "text")] == ["a mechanism: does not count"]
    assert {row["row"] for row in table(chart, layers(chart, "circle")[0])} == {"Faster|Moons", "Faster|XOR"}


def test_trials_that_share_a_picture_are_its_headings_with_their_parts_below():
    trials = tuple(replace(FASTER, name=name, claimed=None, picture="How fast?") for name in ("fast", "faster"))
    rows = tuple(replace(row, trial=trial.name) for trial in trials for row in ROWS)
    chart = picture_chart(trials, rows, "seed")
    assert chart["title"]["text"] == "How fast?"
    headings = next(layer for layer in layers(chart, "text") if layer["encoding"]["text"].get("field") == "row")
    assert [row["row"] for row in table(chart, headings)] == ["Fast", "Faster"]
    assert headings["encoding"]["y"]["scale"]["domain"] == [
        "Fast", "Fast|Moons: holds", "Fast|XOR: fails", "Faster", "Faster|Moons: holds", "Faster|XOR: fails",
    ]  # fmt: skip
    dots = table(chart, layers(chart, "circle")[0])
    assert [row["figure"] for row in dots if row["trial"] == "Faster"] == [*ROWS[0].figures, *ROWS[1].figures]
    assert picture_text(trials, rows).count("Moons: holds, 2;") == 2


def test_a_long_label_has_two_lines_and_more_room():
    part = "a network with a long name"
    rows = tuple(replace(row, part=f"{part} {number}") for number, row in enumerate(ROWS))
    short, long = picture_chart((FASTER,), ROWS, "seed"), picture_chart((FASTER,), rows, "seed")
    assert table(long, layers(long, "circle")[0])[0]["row"] == f"Faster|{part} 0|fails"
    assert long["height"] > short["height"]


def test_figures_that_are_all_zero_can_be_drawn_as_ratios():
    chart = picture_chart((FASTER,), (Row("faster", "moons", (0.0,) * 8, ""),), "seed")
    assert layers(chart, "circle")[0]["encoding"]["x"]["scale"]["domain"][0] > 0


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)
def test_every_picture_has_a_title_an_axis_and_a_text(claim):
    rows = kept().rows[claim.name]
    for trials in claim.pictures:
        chart = picture_chart(trials, rows, claim.repeat_noun)
        assert chart["title"]["text"] == (trials[0].picture or trials[0].label)
        axis = layers(chart, "circle")[0]["encoding"]["y" if trials[0].kind == EPOCHS else "x"]
        assert axis["title"]
        assert (axis["scale"]["type"] == "log") == (trials[0].kind in (RATIO, EPOCHS))
        text = picture_text(trials, rows)
        for trial in trials:
            assert f"{trial.label}: {trial.what}." in text
            for row in rows:
                if row.trial == trial.name:
                    found = "" if trial.line is None else f": {outcome(row.figures, *right(trial))}"
                    assert f"{part_label(row.part)}{found}, " in text


def test_the_two_by_two_has_a_line_for_each_slope_from_not_centred_to_centred():
    claim = CLAIMS["zero_centred"]
    (trials,) = [trials for trials in claim.pictures if trials[0].kind == EPOCHS]
    rows = tuple(
        Row(trial.name, part, tuple(figure + k for k in range(20)), "")
        for figure, trial in enumerate(trials, start=1)
        for part in ("moons", "xor")
    )
    chart = picture_chart(trials, rows, "seed")
    (line,) = layers(chart, "line")
    assert [(row["slope"], row["centre"], row["median"]) for row in table(chart, chart) if row["dataset"] == "XOR"] == [
        ("slope up to 1/4 (Sigmoid)", "not centred", 10.5), ("slope up to 1/4 (Sigmoid)", "zero-centred", 11.5),
        ("slope up to 1 (Tanh)", "not centred", 12.5), ("slope up to 1 (Tanh)", "zero-centred", 13.5),
    ]  # fmt: skip
    assert [each["field"] for each in line["encoding"]["detail"]] == ["dataset", "slope"]
    assert line["encoding"]["xOffset"]["field"] == "centre"


def test_points_are_counted_in_hundreds():
    better = replace(FASTER, kind=POINTS, line=0.02, claimed=None)
    rows = (Row("faster", "moons", (0.5, 0.25, 0.0), ""),)
    chart = picture_chart((better,), rows, "seed")
    assert [row["figure"] for row in table(chart, layers(chart, "circle")[0])] == [50, 25, 0]
    assert table(chart, layers(chart, "tick")[0])[0]["median"] == 25
    assert table(chart, layers(chart, "rect")[0])[0]["line"] == 2
    assert "Above 2 supports the claim. Medians: Moons: open, 25." in picture_text((better,), rows)
