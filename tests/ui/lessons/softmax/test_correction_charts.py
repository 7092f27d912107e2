"""Charts and words of a mended mistake: they have its numbers."""

from dataclasses import replace

import altair as alt
import numpy as np
import pytest

from core.lessons.correction import Mending
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
    name = with_rule["layer"][0]["data"]["name"]
    assert with_rule["datasets"][name] == [{"change": 0.01}]


def test_the_charts_and_their_texts_have_the_numbers():
    lines = others_chart(mending())["datasets"].values()
    rows = max(lines, key=len)
    assert {"change": 0.02, "others": "broken", "samples": 7} in rows
    assert {"change": 0.01, "others": "mended", "samples": 1} in rows
    assert probability_chart(mending())["title"].endswith("at temperature 1")
    assert "at temperature 1, goes from 0.1 to 0.9 as the weights change by up to 2.0 %" in probability_text(mending())
    assert "7 of the other test samples went from right to wrong, and 2 from wrong to right" in others_text(mending())


def test_the_words_say_what_the_change_costs():
    words = mending_words(mending(), 99)
    assert "A change of 1.0 % is enough" in words
    assert "Of the 99 other test samples, 3 went from right to wrong, and 1 from wrong to right." in words
    assert "Further, to 2.0 %: 7 broken, 2 mended." in words
    assert "In 2.0 % of change the network does not come to be right" in mending_words(mending(None), 99)


def test_of_a_sample_that_is_right_the_words_say_how_sure_the_network_was_and_what_the_others_lose():
    words = mending_words(mending(0), 99)
    assert "as it is; the steps only make it surer" in words
    assert "2.0 %, of the 99 other test samples 7 went from right to wrong, and 2 from wrong to right." in words
    sure = replace(mending(0), probability=np.array([0.9999, 1, 1]))
    assert "so sure that the steps change nothing that matters for it" in mending_words(sure, 99)
    assert "7 went from right to wrong" in mending_words(sure, 99)
