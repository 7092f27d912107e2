"""Servers that are killed in the middle of votes, and what is left of what they had said."""

import asyncio
from pathlib import Path

from websockets.exceptions import ConnectionClosed

from benchmarks.clients import Client
from benchmarks.people import answer, answer_button, cookies_of, is_in, is_received, join, name_on
from classroom import State
from classroom.rooms import Rooms
from tests.rooms.running import App, running

KILLS, PEOPLE = 20, 5
QUESTION = "question=Which+is+best%3F&activations=relu&activations=tanh&epochs=1"


class Person:
    """A participant's browser: what it keeps when the server is gone."""

    def __init__(self, number: int) -> None:
        self.choice = number % 2
        self.name, self.cookies = "", {}

    @property
    def token(self) -> str:
        (token,) = self.cookies.values()
        return token


def answers_survive(database: str, folder: Path) -> int:
    """Kills a server again and again while people answer, and looks for each answer that a page had said to be
    received; gives the number of those."""
    with running(folder / "log.txt", DATABASE_URL=database) as app:
        rooms = Rooms(database)
        opened = rooms.open([QUESTION] * KILLS)
        people = [Person(number) for number in range(PEOPLE)]
        asyncio.run(_come_in(app, opened.code, people))
        told = 0
        for life in range(KILLS):
            rooms.go_to(opened.secret, life, State.OPEN)
            rooms.dispose()  # the database is nobody's but the server's
            received = asyncio.run(_vote_until_killed(app, opened.code, life, people))
            assert 0 < len(received) <= PEOPLE
            told += len(received)
            for person in received:
                assert rooms.own_answers(person.token, life) == {1: str(person.choice)}
            rooms.dispose()
            app.start()
            asyncio.run(_come_back(app, opened.code, life, people, received))
            answers = rooms.everything(opened.secret).asked[life].answers
            assert [(each.number, each.vote, each.text) for each in answers] == [
                (number, 1, str(person.choice)) for number, person in enumerate(people)
            ], "nothing lost, nothing doubled, nothing mixed up"
        rooms.dispose()
    return told


async def _come_in(app: App, code: str, people: list[Person]) -> None:
    for person in people:  # one after the other, so that they have the numbers of their places
        async with Client(app.url) as client:
            await join(client, code)
            person.name, person.cookies = name_on(client.page), cookies_of(client.page)


async def _vote_until_killed(app: App, code: str, position: int, people: list[Person]) -> list[Person]:
    """Whose page has said that their answer is received, before it or in what came until the end."""
    received: list[Person] = []
    enough = 1 + position % (PEOPLE - 1)
    ready = asyncio.Barrier(PEOPLE)

    async def vote(person: Person) -> None:
        async with Client(app.url, person.cookies) as client:
            await client.open("join", f"room={code}")
            assert name_on(client.page) == person.name
            await client.until(lambda page: page.has(answer_button(position, person.choice)))
            await ready.wait()
            try:
                await answer(client, position, person.choice)
            except ConnectionClosed:
                if not is_received(client.page):
                    return
            received.append(person)
            if len(received) == enough:
                app.kill()

    await asyncio.gather(*map(vote, people))
    return received


async def _come_back(app: App, code: str, position: int, people: list[Person], received: list[Person]) -> None:
    """All open their page again; who was told nothing answers, unless the page says that the answer was kept."""

    async def come(person: Person) -> None:
        async with Client(app.url, person.cookies) as client:
            await client.open("join", f"room={code}")
            assert is_in(client.page) and name_on(client.page) == person.name
            if not is_received(client.page):
                assert person not in received
                await answer(client, position, person.choice)

    await asyncio.gather(*map(come, people))
