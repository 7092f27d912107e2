"""Charts and words of a mended mistake: they have its numbers."""

from dataclasses import replace

import altair as alt
import numpy as np
import pytest

from core.lessons.correction import Mending
from tests.ui.charts.test_charts import rows_with
from ui.lessons.softmax.correction import mending_words
from ui.lessons.softmax.correction_charts import others_chart, others_text, probability_chart, probability_text


def mending(right_after: int | None = 1) -> Mending:
    return Mending(
        change=np.array([0.0, 0.01, 0.02]), probability=np.array([0.1, 0.5, 0.9]), mended=np.array([0, 1, 2]),
        broken=np.array([0, 3, 7]), right_after=right_after,
    )  # fmt: skip


@pytest.mark.parametrize("chart", [probability_chart, others_chart])
def test_the_rule_is_where_the_sample_becomes_right(chart):
    with_rule, without = chart(mending()), chart(mending(None))
    alt.Root.validate(with_rule)
    assert len(with_rule["layer"]) == len(without["layer"]) + 1
    assert with_rule["layer"][0]["data"]["values"] == [{"change": 0.01}]


def test_the_charts_and_their_texts_have_the_numbers():
    rows = rows_with(others_chart(mending()), "samples")
    assert {"change": 0.02, "others": "Now wrong", "samples": 7} in rows
    assert {"change": 0.01, "others": "Now right", "samples": 1} in rows
    assert probability_chart(mending())["title"].endswith("at temperature 1")
    assert "at temperature 1, goes from 0.1 to 0.9 as the weights change by up to 2.0 %" in probability_text(mending())
    assert "7 of the other test samples went from right to wrong, and 2 from wrong to right" in others_text(mending())


def test_the_words_say_what_the_change_costs():
    words = mending_words(mending(), 99)
    assert "A weight change of 1.0 % is enough" in words
    assert "Of the 99 other test samples, 3 went from right to wrong and 1 from wrong to right." in words
    assert "After a weight change of 2.0 %: 7 from right to wrong, 2 from wrong to right." in words
    assert "A weight change of 2.0 % is not enough" in mending_words(mending(None), 99)


def test_of_a_sample_that_is_right_the_words_say_how_sure_the_network_was_and_what_the_others_lose():
    words = mending_words(mending(0), 99)
    assert "The steps only make it more confident." in words
    assert "2.0 %, of the 99 other test samples 7 went from right to wrong and 2 from wrong to right." in words
    sure = replace(mending(0), probability=np.array([0.9999, 1, 1]))
    assert "The steps hardly change its probability." in mending_words(sure, 99)
    assert "7 went from right to wrong" in mending_words(sure, 99)
