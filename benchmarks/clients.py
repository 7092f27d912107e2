"""Many people in a running app at once, without their browsers: each is a task of one event loop, so that a hundred
take little of the processor that they share with the server."""

import asyncio
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from types import TracebackType
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from benchmarks.shown import Shown

MOST_BYTES = 50_000_000  # of a message: the library's own limit is smaller than a page
PATIENCE = 60.0  # seconds, after which what has not come never will


class Client:
    """A window with a page of the app at `url`, to be used as an asynchronous context.

    Parts of the page that run again by themselves do so, as often as in a browser.
    """

    def __init__(self, url: str, cookies: Mapping[str, str] | None = None) -> None:
        self._address = f"ws://{urlsplit(url).netloc}/_stcore/stream"
        self._cookies = "; ".join(f"{name}={value}" for name, value in (cookies or {}).items())
        self._waiting: list[tuple[Callable[[Shown], bool], asyncio.Future]] = []
        self._timers: dict[str, tuple[float, asyncio.TimerHandle]] = {}  # by fragments: seconds, and the next
        self._sent = 0.0
        self.page = Shown()
        self.bytes = 0  # received

    async def __aenter__(self) -> "Client":
        headers = {"Cookie": self._cookies} if self._cookies else None
        self._socket = await connect(
            self._address, subprotocols=["streamlit"], max_size=MOST_BYTES, compression=None,
            additional_headers=headers, ping_interval=None, open_timeout=PATIENCE,
        )  # fmt: skip
        self._reading = asyncio.create_task(self._read())
        return self

    async def __aexit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stop_timers()
        self._reading.cancel()
        with suppress(asyncio.CancelledError, ConnectionClosed):
            await self._reading
        self._socket.transport.abort()

    async def open(self, page: str = "", query: str = "") -> float:
        """Goes to an address, and gives the seconds until its page is there."""
        self._stop_timers()
        await self.send(self.page.opening(page, query))
        return await self.rest()

    async def use(self, name: str, *values: object) -> None:
        """Presses a button, or sets a widget; see `Shown.using`."""
        if message := self.page.using(name, *values):
            await self.send(message)

    async def look(self) -> None:
        """Asks for the page as it is, as a browser does that has been away."""
        await self.send(self.page.rerun())

    async def rest(self) -> float:
        """Until the page's script has run to its end."""
        return await self.until(lambda page: not page.is_running)

    async def until(self, true: Callable[[Shown], bool], seconds: float = PATIENCE) -> float:
        """Waits until that is true of the page, and gives the seconds from when something was sent last.

        Raises `TimeoutError` with what is on the page, and whatever has ended the connection.
        """
        if self._reading.done():
            self._reading.result()
        if not true(self.page):
            future = asyncio.get_running_loop().create_future()
            self._waiting.append((true, future))
            try:
                await asyncio.wait_for(future, seconds)
            except TimeoutError:
                raise TimeoutError(f"waited {seconds} s in vain on: {self.page.text()}") from None
            finally:
                self._waiting = [each for each in self._waiting if each[1] is not future]
        return time.perf_counter() - self._sent

    async def send(self, message: BackMsg) -> None:
        """Sends a message of any kind."""
        self._sent, self.page.is_running = time.perf_counter(), True
        await self._socket.send(message.SerializeToString())

    async def _read(self) -> None:
        try:
            while True:
                data = await self._socket.recv()
                self.bytes += len(data)
                message = ForwardMsg.FromString(data)
                self.page.take(message)
                self._keep_timers(message)
                for true, future in self._waiting:
                    if not future.done() and true(self.page):
                        future.set_result(None)
        except (ConnectionClosed, RuntimeError) as error:
            self._stop_timers()
            for _, future in self._waiting:
                if not future.done():
                    future.set_exception(error)
            if not self._waiting:
                raise

    def _keep_timers(self, message: ForwardMsg) -> None:
        if message.HasField("new_session") and not message.metadata.run.fragment_ids:
            self._stop_timers()
        for fragment in message.stop_auto_rerun.fragment_ids:
            if fragment in self._timers:
                self._timers.pop(fragment)[1].cancel()
        if message.HasField("auto_rerun"):
            fragment, seconds = message.auto_rerun.fragment_id, message.auto_rerun.interval
            if self._timers.get(fragment, (None,))[0] != seconds:
                self._start_timer(fragment, seconds)

    def _start_timer(self, fragment: str, seconds: float) -> None:
        def again() -> None:
            self._start_timer(fragment, seconds)
            self._asking = asyncio.ensure_future(self._ask(fragment))

        if fragment in self._timers:
            self._timers[fragment][1].cancel()
        self._timers[fragment] = seconds, asyncio.get_running_loop().call_later(seconds, again)

    async def _ask(self, fragment: str) -> None:
        with suppress(ConnectionClosed):
            await self._socket.send(self.page.rerun(fragment, by_itself=True).SerializeToString())

    def _stop_timers(self) -> None:
        for _, timer in self._timers.values():
            timer.cancel()
        self._timers = {}
