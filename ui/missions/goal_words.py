"""What is said of a task: its goal, and how far an attempt has come."""

from ui.missions.goals import COSTS, SEEDS, Attempt
from ui.missions.measures import MEASURES
from ui.missions.mission import Mission
from ui.shell.language import N_, _, plural

_AT_MOST = N_(
    "**Goal:** {measure} at most {bound} with each of {seeds} seeds. Use as few {costs} as possible; speed does not "
    "count."
)
_AT_LEAST = N_(
    "**Goal:** {measure} at least {bound} with each of {seeds} seeds. Use as few {costs} as possible; speed does not "
    "count."
)
_HOLDS = N_("**Goal reached:** it holds for each of {seeds} seeds, with {cost}. {label}: {values}.")
_FAILS = N_("**Not reached:** it holds for {reached} of {seeds} seeds, with {cost}. {label}: {values}.")
_BEST = N_("Your best so far: {cost}.")
_BEST_FAILS = N_("Your best so far holds for {reached} of {seeds} seeds, with {cost}.")


def goal(mission: Mission) -> str:
    """What is to be reached, and at what cost."""
    measure, answers = MEASURES[mission.measure], mission.answers
    return _(
        _AT_LEAST if measure.largest_wins else _AT_MOST, measure=_(measure.noun), bound=measure.chosen(answers.bound),
        seeds=SEEDS, costs=_(COSTS[answers.cost].noun),
    )  # fmt: skip


def cost(mission: Mission, number: int) -> str:
    """What an attempt costs: `8 hidden units`."""
    return plural(*COSTS[mission.answers.cost].messages, number)


def reached(mission: Mission, seen: Attempt) -> str:
    """For how many seeds the goal holds, and the value of each."""
    measure = MEASURES[mission.measure]
    return _(
        _HOLDS if seen.holds else _FAILS, seeds=len(seen.values), reached=seen.reached, label=_(measure.label),
        cost=cost(mission, seen.cost), values=", ".join(map(measure.write, seen.values)),
    )  # fmt: skip


def best(mission: Mission, seen: Attempt) -> str:
    """The best attempt of somebody."""
    message = _BEST if seen.holds else _BEST_FAILS
    return _(message, cost=cost(mission, seen.cost), reached=seen.reached, seeds=len(seen.values))
