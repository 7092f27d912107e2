"""Rooms in which a class makes one experiment together: their state, and the database that keeps it.

`classroom.rooms.Rooms` is all that pages use.  It brings SQLAlchemy with it, so it is imported when a room is first
needed; the records and the refusals below cost nothing.
"""

from classroom.records import (
    AnswerOf,
    Asked,
    FoundOf,
    GoalOf,
    Joined,
    Member,
    Opened,
    Participant,
    Receipt,
    Record,
    Room,
    Shown,
    State,
    Votes,
)
from classroom.refusals import Forged, Full, Late, Moved, NoRoom, Refused, Shut, TooMany, Twice, Unreachable

__all__ = [
    "AnswerOf", "Asked", "Forged", "FoundOf", "Full", "GoalOf", "Joined", "Late", "Member", "Moved", "NoRoom", "Opened",
    "Participant", "Receipt", "Record", "Refused", "Room", "Shown", "Shut", "State", "TooMany", "Twice", "Unreachable",
    "Votes",
]  # fmt: skip
