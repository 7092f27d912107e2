"""The board of a goal: the attempts that hold with every seed, those with the fewest units first."""

from collections.abc import Sequence

from classroom import GoalOf
from ui.missions import words
from ui.missions.mission import Mission
from ui.shell.language import N_, _
from ui.shell.numbers import count, written
from ui.shell.plain import plain
from ui.workshop.pooled_words import people

MOST = 10  # attempts that are shown
_NOBODY = N_("Nobody has reached the goal yet.")
_REACHED = N_("{people} reached the goal with every seed. The fewest units: {cost}.")
_HOLDS = N_("{reached} of {seeds}")
_MORE = N_("Not shown: {number} with more units, or as many.")


def said_of_board(board: Sequence[GoalOf]) -> str:
    """How many have reached the goal, and how well."""
    if not board:
        return _(_NOBODY)
    return _(_REACHED, people=people(len(board)), cost=written(min(each.cost for each in board)))


def places(board: Sequence[GoalOf]) -> list[int]:
    """The place of each attempt; those with equally many units share one."""
    return [1 + sum(other.cost < each.cost for other in board) for each in board]


def attempt(mission: Mission, each: GoalOf) -> str:
    """What somebody has chosen, of what the mission leaves free."""
    return words.cell({key: each.settings[key] for key in mission.free if key in each.settings})


def board_table(mission: Mission, board: Sequence[GoalOf]) -> str:
    """The best attempts as a table in Markdown; a column of names if there are any.  Empty if nobody is on it."""
    if not board:
        return ""
    has_names = any(each.name for each in board)
    heads = [_("Place"), _("Units"), _("Settings"), _("Seeds"), *([_("Participant")] if has_names else [])]
    rows = [
        [f"{place}", written(each.cost), plain(attempt(mission, each)),
         _(_HOLDS, reached=each.reached, seeds=count(each.of, "seed")), *([plain(each.name)] if has_names else [])]
        for place, each in zip(places(board), board[:MOST])
    ]  # fmt: skip
    lines = [heads, ["---:", "---:", "---", "---:", "---"][: len(heads)], *rows]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    return f"{table}\n\n{_(_MORE, number=len(board) - MOST)}" if len(board) > MOST else table
