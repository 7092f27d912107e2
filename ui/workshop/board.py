"""The board of a task: the attempts that hold with every seed, the cheapest first; speed earns nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from classroom import GoalOf
from ui.missions import goal_words, words
from ui.missions.mission import ByHand, Mission
from ui.shell.language import N_, NN_, _, plural
from ui.shell.numbers import exact
from ui.shell.plain import plain
from ui.workshop.names import shown
from ui.workshop.pooled_words import people

MOST = 10  # attempts that a page shows
_NOBODY = N_("Nobody has reached the goal yet.")
_REACHED = N_("{people} reached the goal with every seed. The best attempt has {cost}.")
_BY_HAND = N_("{people} reached the goal. The best attempt has {cost}.")
_WRONG = NN_("{number} point on the wrong side", "{number} points on the wrong side")
_WEIGHTS = N_("w₁ = {w1}, w₂ = {w2}, b = {b}")
_MORE = N_("Not shown: {number} that cost as much, or more.")


@dataclass(frozen=True)
class Line:
    """One attempt on the board; those that cost the same share a place.  Names are empty if nobody may see them."""

    place: int
    cost: str
    settings: str
    name: str


def lines(mission: Mission, board: Sequence[GoalOf]) -> list[Line]:
    """The whole board."""
    return [
        Line(
            1 + sum(other.cost < each.cost for other in board),
            cost(mission, each),
            settings(mission, each),
            shown(each.name),
        )
        for each in board
    ]


def cost(mission: Mission, attempt: GoalOf) -> str:
    """What an attempt costs: `8 hidden units`."""
    if isinstance(mission.answers, ByHand):
        return plural(*_WRONG, int(attempt.cost))
    return goal_words.cost(mission, int(attempt.cost))


def settings(mission: Mission, attempt: GoalOf) -> str:
    """What somebody has chosen, of what the mission leaves free."""
    if isinstance(mission.answers, ByHand):
        return _(_WEIGHTS, **{key: exact(attempt.settings.get(key, 0)) for key in ("w1", "w2", "b")})
    return words.cell({key: attempt.settings[key] for key in mission.free if key in attempt.settings})


def said(mission: Mission, board: Sequence[GoalOf]) -> str:
    """How many have reached the goal, and how well."""
    if not board:
        return _(_NOBODY)
    best = min(board, key=lambda each: each.cost)
    message = _BY_HAND if isinstance(mission.answers, ByHand) else _REACHED
    return _(message, people=people(len(board)), cost=cost(mission, best))


def table(mission: Mission, board: Sequence[GoalOf]) -> str:
    """The first attempts as a table in Markdown, with names if there are any; empty if nobody is on the board."""
    if not board:
        return ""
    has_names = any(each.name for each in board)
    rows = [
        [f"{line.place}", plain(line.cost), plain(line.settings), *([plain(line.name)] if has_names else [])]
        for line in lines(mission, board)[:MOST]
    ]
    heads = [_("Place"), _("Cost"), _("Settings"), *([_("Participant")] if has_names else [])]
    written = "\n".join(f"| {' | '.join(cells)} |" for cells in [heads, ["---"] * len(heads), *rows])
    return f"{written}\n\n{_(_MORE, number=len(board) - MOST)}" if len(board) > MOST else written
