"""What a room may see of a question, asked of the store at most once in `PACE` seconds for all who look.

A hundred results in a minute are thirty questions to the store and thirty drawings by workers, however many look.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace

from classroom import Shown, Votes
from ui.jobs.once import once
from ui.jobs.rooms import rooms
from ui.workshop.strips import Packed, packed

PACE = 2.5  # seconds
MOST = 200  # questions that are remembered


@dataclass(frozen=True)
class Seen:
    """What everybody may see: see `Shown`.  The results are one text, of so many participants."""

    votes: Votes | None
    board: tuple
    number: int
    results: Packed
    at: float

    @property
    def is_whole(self) -> bool:
        """Whether everybody has a result."""
        return self.votes is not None and self.number >= self.votes.people

    @property
    def on_page(self) -> tuple:
        """All of it that is on a page, to be compared: who needs help is on none."""
        return self.votes and replace(self.votes, stuck=0), self.board, self.results


class Pace:
    """What was last seen of each question."""

    def __init__(self, ask: Callable[[str, int], Shown], clock: Callable[[], float] = time.monotonic) -> None:
        self._ask, self._clock, self._lock = ask, clock, threading.Lock()
        self._seen: OrderedDict[tuple[str, int], Seen] = OrderedDict()

    def seen(self, code: str, position: int) -> Seen:
        """What there is, or was `PACE` seconds ago.  Raises `NoRoom`; what is not revealed is not remembered."""
        key = code, position
        with self._lock:
            seen = self._seen.get(key)
            if seen is None or self._clock() - seen.at >= PACE:
                self._seen.pop(key, None)
                shown = self._ask(code, position)
                seen = Seen(shown.votes, shown.board, len(shown.found), packed(shown.found), self._clock())
                if shown.votes is not None:
                    self._seen[key] = seen
            while len(self._seen) > MOST:
                self._seen.popitem(last=False)
        return seen


@once
def pace() -> Pace:
    """That of this server."""
    return Pace(rooms().shown)
