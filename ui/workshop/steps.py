"""The order in which a leader goes through a room: what comes next, and what was before."""

from dataclasses import dataclass

from classroom import Room, State
from ui.shell.language import N_

FIRST_VOTE, SECOND_VOTE = N_("First vote"), N_("Second vote")
STATES = {
    State.OPEN: FIRST_VOTE,
    State.CLOSED: N_("Discussion"),
    State.SECOND: SECOND_VOTE,
    State.REVEALED: N_("Result"),
}
ONCE = (State.OPEN, State.REVEALED)  # of what is not voted on, and of everything where each works freely
_FIRST, _NEXT, _BEFORE = N_("Open the first question"), N_("Next question"), N_("Back to the previous question")
_AHEAD = {
    State.CLOSED: N_("Close the first vote"),
    State.SECOND: N_("Open the second vote"),
    State.REVEALED: N_("Reveal the result"),
}
_BACK = {
    State.OPEN: N_("Reopen the question"),
    State.CLOSED: N_("Back to the discussion"),
    State.SECOND: N_("Reopen the second vote"),
}
_OPEN = N_("Open")  # of what is not voted on twice
_WITHOUT = N_("Reveal without a second vote")


@dataclass(frozen=True)
class Step:
    """Where a room goes: a question by its place, from 0, and its state; and what the button says that does it.

    To another question, the state is None: it is as it was left.  A result that is out stays out, and nothing is
    revealed on the way.
    """

    label: str
    position: int
    state: State | None


def name_of(state: State, room: Room, is_voted_on: bool) -> str:
    """What a state of the present question is called, for `_`."""
    return STATES[state] if len(states(room, is_voted_on)) > len(ONCE) or state is not State.OPEN else _OPEN


def states(room: Room, is_voted_on: bool) -> tuple[State, ...]:
    """Those that the present question goes through: two votes, if all answer it together."""
    return tuple(STATES) if room.together and is_voted_on else ONCE


def ahead(room: Room, is_voted_on: bool) -> Step | None:
    """What comes next; None after the result of the last question."""
    if room.position is None:
        return Step(_FIRST, 0, State.OPEN)
    if later := [state for state in states(room, is_voted_on) if _order(state) > _order(room.state)]:
        return Step(_AHEAD[later[0]], room.position, later[0])
    following = room.position + 1
    return Step(_NEXT, following, None) if following < len(room.questions) else None


def back(room: Room, is_voted_on: bool, has_second: bool) -> Step | None:
    """What was before; None at the beginning.  Votes that were given stay.

    Before a result it was the discussion, unless the second vote `has_second` answers: it may have been skipped.
    """
    if room.position is None:
        return None
    skipped = {State.SECOND} if room.state is State.REVEALED and not has_second else set()
    before = [state for state in states(room, is_voted_on) if state not in skipped]
    if earlier := [state for state in before if _order(state) < _order(room.state)]:
        return Step(_BACK[earlier[-1]], room.position, earlier[-1])
    return Step(_BEFORE, room.position - 1, None) if room.position else None


def shortcut(room: Room, is_voted_on: bool) -> Step | None:
    """The result at once, where everybody agrees after the first vote."""
    if room.position is None or room.state is not State.CLOSED or State.SECOND not in states(room, is_voted_on):
        return None
    return Step(_WITHOUT, room.position, State.REVEALED)


def _order(state: State) -> int:
    return list(STATES).index(state)
