"""What takes the workers' place on machines that allow no further process."""

from collections.abc import Callable
from concurrent.futures import Executor, Future


class Here(Executor):
    """Computes at once, in the thread that asks."""

    def submit(self, function: Callable, /, *args, **settings) -> Future:
        future: Future = Future()
        try:
            future.set_result(function(*args, **settings))
        except Exception as error:  # as of any executor: it is raised where the result is asked for
            future.set_exception(error)
        return future
