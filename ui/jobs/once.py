"""What a server has one of: made when it is first asked for, and the same for all threads from then on."""

import threading
from collections.abc import Callable
from functools import cache, wraps
from typing import TypeVar

T = TypeVar("T")


def once(make: Callable[[], T]) -> Callable[[], T]:
    """`functools.cache` for a function without arguments, which calls it once even if two threads ask at the same time.

    Streamlit's caches would not do: any browser may ask for them to be emptied.
    """
    made, lock = cache(make), threading.Lock()

    @wraps(make)
    def get() -> T:
        with lock:
            return made()

    get.cache_clear, get.cache_info = made.cache_clear, made.cache_info
    return get
