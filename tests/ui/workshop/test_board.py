"""The board of a task: its order, equal places, names only where they are shown."""

from classroom import GoalOf
from tests.ui.workshop.made_up import of_goal, of_weights
from ui.workshop.board import MOST, lines, said, table


def attempts(*costs: float, name: str = "") -> tuple[GoalOf, ...]:
    return tuple(GoalOf(n, name, {"layers": 1, "units": str(int(cost))}, cost, 5, 5) for n, cost in enumerate(costs))


def test_nobody_is_on_it_at_first():
    assert said(of_goal(), ()) == "Nobody has reached the goal yet."
    assert table(of_goal(), ()) == ""


def test_attempts_that_cost_the_same_share_a_place():
    board = attempts(3, 4, 4, 9)
    assert [line.place for line in lines(of_goal(), board)] == [1, 2, 2, 4]
    assert lines(of_goal(), board)[0].cost == "3 hidden units"
    assert "Hidden layers: 1" in lines(of_goal(), board)[0].settings
    assert (
        said(of_goal(), board)
        == "4 participants reached the goal with every seed. The best attempt has 3 hidden units."
    )


def test_names_stand_on_it_only_if_there_are_any_and_are_no_markup():
    assert "Participant" not in table(of_goal(), attempts(3, 4))
    assert r"\*\*kind\*\* fox" in table(of_goal(), attempts(3, name="**kind** fox"))


def test_a_long_board_says_how_many_are_not_shown():
    text = table(of_goal(), attempts(*range(MOST + 4)))
    assert text.count("\n|") == MOST + 1
    assert text.endswith("Not shown: 4 that cost as much, or more.")


def test_weights_set_by_hand_cost_their_mistakes():
    board = (GoalOf(0, "", {"w1": 1.0, "w2": -2.0, "b": 0.1}, 2.0, 1, 1),)
    assert (
        said(of_weights(), board) == "1 participant reached the goal. The best attempt has 2 points on the wrong side."
    )
    assert lines(of_weights(), board)[0].settings == "w₁ = 1, w₂ = −2, b = 0.1"
