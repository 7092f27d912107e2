"""What a server has one of."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

from ui.jobs.once import once

GUARD = 60  # seconds, after which a test that hangs fails


def test_it_is_made_once_for_two_threads_that_ask_at_the_same_time():
    made, begun, goes_on = [], Event(), Event()

    @once
    def one() -> object:
        made.append("once")
        begun.set()
        goes_on.wait(GUARD)
        return object()

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(one)
        begun.wait(GUARD)
        second = threads.submit(one)
        assert not second.done()
        goes_on.set()
        assert first.result(GUARD) is second.result(GUARD) is one()
    assert made == ["once"]
    one.cache_clear()
    assert one() is not first.result()
