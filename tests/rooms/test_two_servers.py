"""Two server processes on one database are one place: a room opened on one is the same on the other."""

import asyncio

import pytest

from benchmarks.clients import Client
from benchmarks.people import answer, answer_button, cookies_of, go, join, name_on, open_room
from tests.rooms.running import App, running


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_room_is_the_same_on_both(request, database, tmp_path):
    url = request.getfixturevalue(database)
    with (
        running(tmp_path / "one.txt", DATABASE_URL=url) as one,
        running(tmp_path / "other.txt", DATABASE_URL=url) as two,
    ):
        asyncio.run(_led_on_one_and_answered_on_the_other(one, two))


async def _led_on_one_and_answered_on_the_other(one: App, two: App) -> None:
    async with Client(one.url) as leader, Client(one.url) as screen, Client(two.url) as near, Client(two.url) as far:
        code, _ = await open_room(leader)
        await screen.open("screen", f"room={code}")
        await join(near, code)
        await join(far, code)
        assert name_on(near.page) != name_on(far.page)
        await screen.until(lambda page: "**2** people have joined" in page.text())
        await go(leader, "Open the first question")
        await answer(near, 0, 1)
        for window in (leader, screen):
            await window.until(lambda page: "**1 of 2** have answered" in page.text())
        await go(leader, "Close the first vote")
        await far.until(lambda page: "**Discussion.**" in page.text())
        await go(leader, "Open the second vote")
        await far.until(lambda page: page.has(answer_button(0, 0)))
        kept, leads = cookies_of(near.page), cookies_of(leader.page)
        name = name_on(near.page)
        one.kill()
    async with Client(two.url, leads) as leader, Client(two.url, kept) as near:
        await near.open("join", f"room={code}")
        assert name_on(near.page) == name
        await answer(near, 0, 0)
        await leader.open("workshop")
        await leader.until(lambda page: "**1 of 2** have answered" in page.text())
