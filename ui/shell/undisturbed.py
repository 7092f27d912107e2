"""Runs that nothing else of the same browser breaks in upon: those that take a page's settings from the address.

Streamlit gives what a browser asks for to a new thread at once, and ends the run before at its next `st.*` call.  After
a page that is half drawn, the new run would read the address again: it undoes what was changed, calls callbacks twice,
and does not miss a file that is gone.  So a run that reads the address goes on until it has written it, and what the
browser asks for meanwhile begins after that, in its order.
"""

import threading
from collections import defaultdict, deque
from collections.abc import Callable


class Undisturbed:
    """The runs that are undisturbed, and those of the same sessions that wait for them."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._of_session: defaultdict[str, deque[object]] = defaultdict(deque)  # the first one may run
        self._mine = threading.local()

    @property
    def is_mine(self) -> bool:
        """Whether the run of this thread is undisturbed."""
        return getattr(self._mine, "end", None) is not None

    @property
    def is_silent(self) -> bool:
        """Whether it is, and the browser is not to hear of it."""
        return self.is_mine and self._mine.silent

    def begin(self, session: str, look: Callable[[], None], silent: bool = False) -> None:
        """The run of this thread is undisturbed from now on until its `end`.

        `look` raises what ends a run of which another one has taken the place: that one may have begun just before.
        """
        self.end()
        me = object()
        with self._changed:
            self._of_session[session].appendleft(me)
        try:
            look()
        except BaseException:
            self._leave(session, me)
            raise
        self._mine.silent, self._mine.end = silent, lambda: self._leave(session, me)

    def speak(self) -> None:
        """The browser is to hear of it from now on."""
        self._mine.silent = False

    def end(self) -> None:
        """The run of this thread is not undisturbed any more, if it was."""
        if self.is_mine:
            self._mine.end()
            self._mine.end = None

    def wait(self, session: str) -> None:
        """Until no other run of the session is undisturbed, and those that wait for longer have gone on."""
        me = object()
        with self._changed:
            self._of_session[session].append(me)
            self._changed.wait_for(lambda: self._of_session[session][0] is me)
            self._leave(session, me)

    def _leave(self, session: str, one: object) -> None:
        with self._changed:
            self._of_session[session].remove(one)
            if not self._of_session[session]:
                del self._of_session[session]
            self._changed.notify_all()


undisturbed = Undisturbed()
