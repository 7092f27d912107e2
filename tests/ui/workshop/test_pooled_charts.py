"""Charts of what a room has found: valid Vega-Lite that shows what there is, whatever came."""

import json
import math

import altair as alt
import pyarrow as pa
import pytest

from tests.ui.workshop.made_up import around, best, found, how_many, results, which_depth
from ui.charts.arrow import finished
from ui.workshop.pooled_charts import OWN, interval_chart, interval_text, strip_chart, strip_text, with_own

CASES = {
    "nobody": (best(), []),
    "one": (best(), around(1, 0.9, 0.8, 0.7)),
    "many": (best(), around(60, 0.9, 0.8, 0.7)),
    "losses, some diverged": (best("test_loss"), [*around(5, 0.4, 0.3, 0.2), *results((math.nan, math.inf, 1e9))]),
    "all diverged": (best("test_loss"), results((math.nan,) * 3, (math.inf,) * 3)),
    "counts": (how_many(), results([3], [32], [0])),
    "never": (best("epochs_to_90"), results((math.inf,) * 3, (math.inf,) * 3)),
    "cells": (which_depth(), results([0.5], [0.7], cells=[{"layers": 1}, {"layers": 3}])),
}


def rows(specification: dict, name: str) -> list[dict]:
    return specification["datasets"].get(name, [])


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("case", CASES)
def test_strips_are_valid_and_can_be_sent(case, large):
    mission, there = CASES[case]
    here = found(mission, there)
    chart = strip_chart(here, large)
    alt.LayerChart.from_dict(chart)
    json.dumps(chart, allow_nan=False)
    sent = finished(strip_chart, here, large)["datasets"]["dots"]
    assert pa.ipc.open_stream(sent).read_all().num_rows >= 1
    assert strip_text(here).count("(") >= len(here.strips)


@pytest.mark.parametrize("case", [case for case in CASES if len(found(*CASES[case]).pooled.looks)])
def test_intervals_are_valid_and_can_be_sent(case):
    here = found(*CASES[case])
    for large in (False, True):
        chart = interval_chart(here, large)
        alt.LayerChart.from_dict(chart)
        json.dumps(chart, allow_nan=False)


def test_each_result_has_a_dot_in_its_networks_row_and_colour():
    here = found(*CASES["many"])
    chart = strip_chart(here)
    assert len(rows(chart, "dots")) == 3 * 60
    colours = chart["layer"][0]["encoding"]["color"]["scale"]
    assert (colours["domain"], colours["range"]) == (list(here.networks), [strip.colour for strip in here.strips])
    assert [row["strip"] for row in rows(chart, "middles")] == list(here.networks)


def test_what_is_not_on_the_scale_is_said():
    here = found(*CASES["losses, some diverged"])
    chart = strip_chart(here)
    notes = {row["strip"]: row["note"] for row in rows(chart, "notes")}
    assert notes == {"ReLU": "1 diverged", "Tanh": "1 diverged", "Sigmoid": "1 further out"}
    assert all(note in strip_text(here) for note in notes.values())
    assert len(rows(chart, "dots")) == 15
    never = strip_chart(found(*CASES["never"]))
    assert [row["note"] for row in rows(never, "notes")] == ["2 never"] * 3


def test_a_dot_stays_where_it_is_while_others_come():
    there = around(50, 0.9, 0.8, 0.7)
    before = rows(strip_chart(found(best(), there[:20])), "dots")
    after = rows(strip_chart(found(best(), there)), "dots")
    assert all(row in after for row in before)


def test_everybody_gets_the_same_chart_with_their_own_dot_marked():
    chart = strip_chart(found(*CASES["many"]))
    own = with_own(chart, 7)
    assert own["params"] == [{"name": OWN, "value": 7}]
    assert own["layer"] is chart["layer"]
    assert chart["params"] == [{"name": OWN, "value": -1}]
    assert with_own(chart, None) is chart
    assert any(row["person"] == 7 for row in rows(chart, "dots"))


def test_infinite_intervals_end_in_arrows_at_the_ends_of_the_scale():
    chart = interval_chart(found(*CASES["many"]))
    scale = chart["layer"][0]["encoding"]["x"]["scale"]["domain"]
    first, *_others, last = rows(chart, "looks")
    assert (first["people"], first["low"], first["high"]) == ("2", *scale)
    assert (first["below"], first["above"]) == tuple(scale)
    assert first["interval"] == "−∞ to ∞"
    assert scale[0] < last["low"] < last["lead"] < last["high"] < scale[1]
    assert (last["people"], last["below"], last["above"], last["last"]) == ("60", None, None, True)
    assert "2 participants" in interval_text(found(*CASES["many"]))


def test_a_projector_has_larger_letters_and_the_last_intervals_only():
    here = found(*CASES["many"])
    small, large = interval_chart(here), interval_chart(here, large=True)
    assert large["config"]["axis"]["labelFontSize"] > small["config"]["axis"]["labelFontSize"]
    assert rows(large, "looks")[-1]["people"] == "60"
    assert len(rows(large, "looks")) < len(rows(small, "looks"))
