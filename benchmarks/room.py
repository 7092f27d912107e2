"""What a room of a workshop waits for: `PYTHONPATH=. python benchmarks/room.py`.

So many people join, predict, vote twice, and train their own networks, led by a leader's page and with a projected one
open, over Streamlit's protocol and by the pages' own controls.  Beside it stands a blank page of as many elements under
the same people in the same run: a button, a number that all of them see, and a look every 2 s.  At the end the database
must have just what the people were told.

    --people 100   in the room
    --seconds 20   within which all of them give a vote, each at a moment of their own
"""

import argparse
import asyncio
import os
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks.clients import Client
from benchmarks.people import answer, answer_button, cookies_of, go, join, open_room
from benchmarks.shown import Shown
from benchmarks.visitors import cpu_seconds, server
from classroom.rooms import Rooms
from ui.jobs.rooms import DATABASE

JOINING = 10.0  # seconds, in which all of them join
MOST = {"receipt": 1.5, "update": 4.0}  # seconds that 95 % may wait at most
BLANK = """
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

@st.cache_resource
def answers():
    return []

is_screen = "screen" in st.query_params
for number in range({screen} if is_screen else {participant}):
    st.markdown(f"Element {{number}}")
if not is_screen and st.button("Send", key="send"):
    answers().append(1)
    st.markdown("Received: it")
shown = len(answers())
st.markdown(f"**{{shown}} of**")

@st.fragment(run_every=2)
def look():
    if is_screen and get_script_run_ctx().fragment_ids_this_run and len(answers()) != shown:
        st.rerun()

look()
"""
_COUNTED = re.compile(r"\*\*(\d+) of")


@dataclass
class Waits:
    """Seconds that people waited for: by what they waited for."""

    receipts: list[float] = field(default_factory=list)
    updates: list[float] = field(default_factory=list)  # of the projected page, from a receipt on
    others: dict[str, list[float]] = field(default_factory=dict)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=20.0)
    asked = parser.parse_args()
    waits, blank = Waits(), Waits()
    with tempfile.TemporaryDirectory() as folder:
        os.environ[DATABASE] = f"sqlite:///{folder}/rooms.sqlite"
        with server() as (url, process), measured("room", process):
            room = asyncio.run(lead(url, asked.people, asked.seconds, waits))
        check(room, asked.people)
        script = Path(folder) / "blank.py"
        script.write_text(BLANK.format(participant=room.elements, screen=room.elements_of_screen))
        with server(script) as (url, process), measured("blank page", process):
            asyncio.run(send(url, asked.people, asked.seconds, blank))
    report(waits, blank)


@dataclass
class Told:
    """What the people of a room were told: their answers by the token and the vote."""

    secret: str
    answers: dict[str, dict[int, str]]
    elements: int = 0  # of a participant's page
    elements_of_screen: int = 0


async def lead(url: str, people: int, seconds: float, waits: Waits) -> Told:
    """A room's first question, from its opening to its result."""
    async with AsyncExitStack() as stack:
        leader, screen, *clients = [await stack.enter_async_context(Client(url)) for _ in range(people + 2)]
        code, secret = await open_room(leader)
        await screen.open("screen", f"room={code}")

        async def come_in(number: int) -> None:
            await asyncio.sleep(JOINING * number / people)
            waits.others.setdefault("to join", []).append(await join(clients[number], code))

        await asyncio.gather(*map(come_in, range(people)))
        tokens = [token for client in clients for token in cookies_of(client.page).values()]
        told = Told(secret, {token: {} for token in tokens})
        for vote, step in ((1, "Open the first question"), (2, "Open the second vote")):
            await step_seen(leader, screen, clients, step, answer_button(0, 0), waits)
            told.elements = len(clients[0].page.elements("markdown", "button", "alert", "expander"))
            told.elements_of_screen = len(screen.page.elements("markdown", "heading", "progress"))

            async def vote_once(number: int, vote: int = vote) -> float:
                choice = random.Random(number * vote).randrange(3)
                seconds = await answer(clients[number], 0, choice)
                told.answers[tokens[number]][vote] = str(choice)
                return seconds

            await all_within(seconds, people, vote_once, screen, 0, waits)
            if vote == 1:
                await go(leader, "Close the first vote")
                await asyncio.sleep(1)
        start = time.perf_counter()

        async def see(client: Client) -> None:
            await client.until(lambda page: "came out" in page.text())
            waits.others.setdefault("for the own result, from the reveal", []).append(time.perf_counter() - start)

        await asyncio.gather(go(leader, "Reveal the result"), *map(see, clients))
        return told


async def step_seen(
    leader: Client, screen: Client, clients: list[Client], step: str, button: str, waits: Waits
) -> None:
    """A step of the leader's, and how long it takes until everybody has it on the page."""
    start = time.perf_counter()

    async def see(client: Client, name: str, true: Callable[[Shown], bool]) -> None:
        await client.until(true)
        waits.others.setdefault(name, []).append(time.perf_counter() - start)

    await asyncio.gather(
        go(leader, step),
        see(screen, "for a step of the leader, projected", lambda page: "**0 of" in page.text()),
        *(see(client, "for a step of the leader", lambda page: page.has(button)) for client in clients),
    )


async def send(url: str, people: int, seconds: float, waits: Waits) -> None:
    """The same on a blank page."""
    async with AsyncExitStack() as stack:
        screen, *clients = [await stack.enter_async_context(Client(url)) for _ in range(people + 1)]
        await screen.open(query="screen=1")
        await asyncio.gather(*(client.open() for client in clients))

        async def press(number: int) -> float:
            await clients[number].use("send")
            return await clients[number].until(lambda page: "Received: it" in page.text())

        for vote in range(2):
            await all_within(seconds, people, press, screen, vote * people, waits)


async def all_within(
    seconds: float, people: int, give: Callable[[int], Awaitable[float]], screen: Client, before: int, waits: Waits
) -> None:
    """Has each give a vote at a random moment, and the projected page count them from what it had before."""
    received: list[float] = []

    async def one(number: int) -> None:
        await asyncio.sleep(random.Random(number).uniform(0, seconds))
        waits.receipts.append(await give(number))
        received.append(time.perf_counter())

    voting = asyncio.gather(*map(one, range(people)))
    counted = 0
    while counted < people:
        await screen.until(lambda page, counted=counted: count(page) - before > counted)
        now, new = time.perf_counter(), count(screen.page) - before
        waits.updates += [max(now - at, 0.0) for at in received[counted:new]]
        counted = new
    await voting


def count(page: Shown) -> int:
    """How many have answered, as the projected page says."""
    found = _COUNTED.search(page.text())
    return int(found[1]) if found else -1


def check(told: Told, people: int) -> None:
    """Raises `RuntimeError` if the database has not just what the people were told, and one result of each."""
    rooms = Rooms(os.environ[DATABASE])
    asked = rooms.everything(told.secret).asked[0]
    numbers = {rooms.participant(token).number: token for token in told.answers}
    kept = Counter((each.number, each.vote, each.text) for each in asked.answers)
    said = Counter(
        (number, vote, text) for number, token in numbers.items() for vote, text in told.answers[token].items()
    )
    if kept != said or len(said) != 2 * people:
        raise RuntimeError(f"told, but not kept: {said - kept}; kept, but not told: {kept - said}")
    if sorted(each.number for each in asked.found) != list(range(people)):
        raise RuntimeError(f"{len(asked.found)} results of {people} people")
    print(f"{len(asked.answers)} answers and {len(asked.found)} results: nothing lost, nothing doubled")


@contextmanager
def measured(name: str, process):
    """Prints what a server and the people took of the processor."""
    start, servers, own = time.perf_counter(), cpu_seconds(process), time.process_time()
    yield
    took = time.perf_counter() - start
    servers, own = cpu_seconds(process) - servers, time.process_time() - own
    print(f"{name}: {took:.0f} s; of a core the server took {servers / took:.0%}, the people {own / took:.0%}")


def report(waits: Waits, blank: Waits) -> None:
    """Prints how long half of them and 95 % of them waited at most, beside the blank page's."""
    for name, most, own, other in (
        ("for an answer's receipt", MOST["receipt"], waits.receipts, blank.receipts),
        ("for the projected page", MOST["update"], waits.updates, blank.updates),
    ):
        (half, p95), (_, floor) = np.percentile(own, [50, 95]), np.percentile(other, [50, 95])
        verdict = "as asked" if p95 <= most else "MISSED"
        print(f"{name}: {len(own)} waits, p50 {half:.2f} s, p95 {p95:.2f} s ({verdict}: {most} s); blank {floor:.2f} s")
    for name, own in waits.others.items():
        half, p95 = np.percentile(own, [50, 95])
        print(f"{name}: {len(own)} waits, p50 {half:.2f} s, p95 {p95:.2f} s")


if __name__ == "__main__":
    main()
