"""The table of a room: each answer and each result once, with its link, and no formulas."""

import io
from dataclasses import replace

import pandas as pd
import pytest

from classroom import AnswerOf, GoalOf
from tests.saying import MARKED
from tests.ui.workshop.made_up import AT, NONE, around, asked, best, of_cells, of_goal, of_weights, record, results
from ui.missions import words
from ui.missions.outcomes import cells, networks
from ui.shell.language import speaking
from ui.workshop.report_table import COLUMNS, report_table, safe

PAIRS = [("0", "3"), ("1", None), ("2", "2")]


def table(*questions, **others) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(report_table(record(*questions, **others), "https://lab.example")))


def test_each_answer_has_a_row_with_its_label():
    found = table(asked(0, best(), [], PAIRS))
    assert tuple(found.columns) == COLUMNS
    assert found["kind"].tolist() == ["vote 1", "vote 2", "vote 1", "vote 1", "vote 2"]
    assert found["answer"].tolist() == ["ReLU", NONE, "Tanh", "Sigmoid", "Sigmoid"]
    assert set(found["participant"]) == {1, 2, 3}


def test_each_network_of_each_result_has_a_row_with_its_value_and_link():
    of = around(4, 0.9, 0.8, 0.7)
    found = table(asked(0, best(), of, []), asked(1, best("test_loss"), of[:1], []))
    assert len(found) == 3 * 5
    assert found["value"].tolist()[:3] == list(of[0].values)
    assert found["network"].tolist()[:3] == ["ReLU", "Tanh", "Sigmoid"]
    assert found["link"].str.startswith("https://lab.example/?").all()
    assert found["question"].tolist() == [1] * 12 + [2] * 3
    assert found["link"].nunique() == 4


def test_cells_and_goals_have_their_settings():
    mission = of_cells()
    cell = cells(mission)[-1]
    found = table(asked(0, mission, results([0.5] * len(networks(mission)), cells=[cell]), []))
    assert set(found["choice"]) == {words.cell(cell)}
    goals = [GoalOf(n, "kind fox", {"layers": n}, 3.0, 4 + n, 5) for n in range(2)]
    attempts = table(asked(0, of_goal(), [], [], goals))
    assert attempts["answer"].tolist() == ["not reached", "reached"]
    assert attempts["choice"].tolist() == ["Hidden layers: 0", "Hidden layers: 1"]
    assert attempts["link"].str.contains("seeds=5").all()
    weights = [GoalOf(0, "kind fox", {"w1": 1.0, "w2": -0.5, "b": 0.0}, 2.0, 1, 1)]
    by_hand = table(asked(0, of_weights(), [], [], weights))
    assert (by_hand["choice"].tolist(), by_hand["link"].isna().tolist()) == (["w₁ = 1, w₂ = −0.5, b = 0"], [True])


def test_questions_and_answers_of_another_version_are_kept_as_they_are():
    gone = replace(asked(0, best(), [], [("9", None)]), text="mission=gone")
    assert table(gone)[["text", "answer"]].astype(str).values.tolist() == [["mission=gone", "9"]]
    assert table(asked(0, best(), [], [("9", None)]))["answer"].astype(str).tolist() == ["9"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum(a1)", "\t=1", "\r=1", "  =1", '=HYPERLINK("x")'])
def test_no_text_is_a_formula(text):
    assert safe(text)[0] == "'"
    data = report_table(
        record(asked(0, replace(best(), question=text), [], PAIRS), name=text + "{}"), "https://lab.example"
    )
    for row in io.StringIO(data.decode("utf-8-sig"), newline=""):
        assert not row.startswith(tuple("=+-@"))
    found = table(asked(0, replace(best(), question=text), [], PAIRS), name=text)
    assert not found.map(lambda cell: isinstance(cell, str) and cell.lstrip(" ").startswith(tuple("=+-@\t\r"))).any(
        axis=None
    )


def test_numbers_stay_numbers():
    assert (safe(-0.5), safe("a-b"), safe("")) == (-0.5, "a-b", "")
    found = table(asked(0, best("test_loss"), results((-0.5, float("inf"), float("nan"))), []))
    assert found["value"].tolist()[:2] == [-0.5, float("inf")]


def test_names_are_said_as_the_report_says_them():
    with speaking(MARKED):
        named = AnswerOf(0, "kind fox", 1, "0", AT)
        said = table(replace(asked(0, best(), [], []), answers=(named,)))["name"].tolist()
    assert said == ["⟦kind⟧ ⟦fox⟧"]


def test_letters_that_cannot_be_written_do_not_stop_it():
    assert len(table(asked(0, best(), [], PAIRS), name="\ud800{}")) == 5
