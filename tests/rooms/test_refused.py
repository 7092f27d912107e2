"""What a room refuses to who asks by the real protocol: late and double votes, forged tokens, guessed codes, and the
figures of a vote that is not revealed."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.clients import Client
from benchmarks.people import answer, answer_button, cookies_of, is_in, is_received, join, name_on
from classroom import Opened, State
from classroom.rooms import Rooms
from tests.rooms.running import App, running

QUESTION = "question=Which+is+best%3F&activations=relu&activations=tanh&epochs=1"
WRONG_CODES = 1000
TOO_MANY = "Too many wrong codes"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('rooms') / 'rooms.sqlite'}"


@pytest.fixture(scope="module")
def app(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    log: Path = tmp_path_factory.mktemp("log") / "app.txt"
    with running(log, DATABASE_URL=database) as app:
        yield app
    assert "Traceback" not in log.read_text()


@pytest.fixture
def rooms(database: str) -> Iterator[Rooms]:
    """The store, as another process has it."""
    rooms = Rooms(database)
    yield rooms
    rooms.dispose()


@pytest.fixture
def room(rooms: Rooms) -> Opened:
    """A room whose question takes first votes."""
    opened = rooms.open([QUESTION])
    rooms.go_to(opened.secret, 0, State.OPEN)
    return opened


def answers(rooms: Rooms, room: Opened) -> list[tuple[int, int, str]]:
    return [(each.number, each.vote, each.text) for each in rooms.everything(room.secret).asked[0].answers]


def test_a_late_vote_is_refused_and_said_to_be_late(app, rooms, room):
    async def story() -> None:
        async with Client(app.url) as client:
            await join(client, room.code)
            for state in (State.CLOSED, State.REVEALED):
                rooms.go_to(room.secret, 0, State.OPEN)
                await client.until(lambda page: page.has(answer_button(0, 1)))
                rooms.go_to(room.secret, 0, state)
                await client.use(answer_button(0, 1))
                await client.rest()
                assert not is_received(client.page)
            rooms.go_to(room.secret, 0, State.CLOSED)
            await client.until(lambda page: "came too late" in page.text())

    asyncio.run(story())
    assert answers(rooms, room) == []


def test_of_two_windows_of_one_person_the_first_answer_counts(app, rooms, room):
    async def story() -> None:
        async with Client(app.url) as first:
            await join(first, room.code)
            async with Client(app.url, cookies_of(first.page)) as second:
                await second.open("join", f"room={room.code}")
                assert name_on(second.page) == name_on(first.page)
                await answer(first, 0, 1)
                await second.use(answer_button(0, 0))
                await second.until(lambda page: "had answered already" in page.text())

    asyncio.run(story())
    assert answers(rooms, room) == [(0, 1, "1")]


def test_a_button_that_is_hammered_gives_one_vote(app, rooms, room):
    async def story() -> None:
        async with Client(app.url) as client:
            await join(client, room.code)
            press = client.page.using(answer_button(0, 1))
            for _ in range(20):
                await client.send(press)
            await client.until(is_received)
            await client.rest()

    asyncio.run(story())
    assert answers(rooms, room) == [(0, 1, "1")]


def test_forged_tokens_are_nobodys_and_lead_nothing(app, rooms, room):
    async def story() -> None:
        async with Client(app.url) as client:
            await join(client, room.code)
            (own,) = cookies_of(client.page).values()
        forged = {f"activation_lab_room_{room.code}": own[:-1] + ("A" if own[-1] != "A" else "B")}
        async with Client(app.url, forged) as stranger:
            await stranger.open("join", f"room={room.code}")
            assert not is_in(stranger.page)
        other = rooms.open([QUESTION])
        async with Client(app.url, {f"activation_lab_room_{other.code}": own}) as stranger:
            await stranger.open("join", f"room={other.code}")
            assert not is_in(stranger.page), "a token is of one room"
        for secret in (own, room.secret[:-1], room.code, "x" * 100_000):
            async with Client(app.url, {"activation_lab_leader": secret[:1000]}) as stranger:
                for asked in ("", f"leader={secret}"):
                    await stranger.open("workshop", asked)
                    assert stranger.page.has("Open a room")
                    assert room.code not in stranger.page.text()
                    assert "leader" not in stranger.page.query

    asyncio.run(story())
    assert rooms.room(room.code).state is State.OPEN


def test_a_participant_learns_nothing_of_the_first_vote_by_any_page_or_message(app, rooms):
    """Two rooms, in which all have voted for one answer, and for the other: who is no leader gets the same of both."""
    seen, revealed = [], []
    for choice in ("0", "1"):
        room = rooms.open([QUESTION])
        rooms.go_to(room.secret, 0, State.OPEN)
        for _ in range(3):
            rooms.answer(rooms.join(room.code, "elsewhere").token, 0, choice)
        presses, spy = asyncio.run(_presses_of_leader(app, room)), asyncio.run(_come_in(app, room))
        for state in (State.OPEN, State.CLOSED, State.SECOND):
            rooms.go_to(room.secret, 0, state)
            seen.append((state, asyncio.run(_all_that_can_be_had(app, room, spy, presses))))
            assert rooms.room(room.code).state is state, "and has not led the room"
        rooms.go_to(room.secret, 0, State.REVEALED)
        revealed.append(asyncio.run(_all_that_can_be_had(app, room, spy, presses)))
    assert seen[:3] == seen[3:]
    assert revealed[0] != revealed[1], "what is revealed is there to see"


async def _presses_of_leader(app: App, room: Opened) -> list:
    """What the leader's browser sends when it presses each button of its page."""
    async with Client(app.url) as leader:
        await leader.open("workshop", f"leader={room.secret}")
        page = leader.page
        return [page.using(each.key) for each in page.elements("button") if not each.proto.disabled]


async def _come_in(app: App, room: Opened) -> dict[str, str]:
    """What the browser of a participant keeps."""
    async with Client(app.url) as client:
        await join(client, room.code)
        return cookies_of(client.page)


async def _all_that_can_be_had(app: App, room: Opened, cookies: dict[str, str], presses: list) -> list[str]:
    """All that the pages show, and after each button that takes no vote, each part that is run by itself, and each
    message that a leader's browser would send."""
    had, names = [], {room.code: "CODE"}
    (token,) = cookies.values()
    async with Client(app.url, cookies) as spy:

        async def look() -> None:
            await spy.until(lambda page: not page.is_running and "still training your own" not in page.text())
            if is_in(spy.page):
                names[name_on(spy.page)] = "NAME"
            shown = spy.page.everything()
            for word, instead in names.items():
                shown = shown.replace(word, instead)
            had.append(shown)

        for page, query in [
            ("join", f"room={room.code}"),
            ("screen", f"room={room.code}"),
            ("workshop", f"room={room.code}&leader={token}"),
        ]:
            await spy.open(page, query)
            await look()
            fragments = {each.fragment for each in spy.page.elements()} - {""}
            buttons = [each.key for each in spy.page.elements("button") if not each.key.startswith("question")]
            asked = [spy.page.rerun(fragment) for fragment in sorted(fragments)]
            for message in asked + [spy.page.using(key) for key in buttons if key != "open a room"]:
                await spy.send(message)
                await look()
        for press in presses:
            await spy.send(press)
            await look()
    return had


def test_a_thousand_wrong_codes_find_nothing(app, rooms):
    """Neither is the right one taken then, from where nobody of the room is."""
    found = []

    async def guess(first: int) -> None:
        async with Client(app.url) as client:
            await client.open("join")
            for number in range(first, WRONG_CODES, 8):
                letters = "".join("ABCDEFGH"[number >> shift & 7] for shift in (0, 3, 6, 9))
                await client.use("Code of the room", f"Z{letters}")
                await client.use("Join")
                await client.rest()
                found.append("no room" if "There is no room" in client.page.text() else TOO_MANY in client.page.text())

    async def guess_all() -> None:
        await asyncio.gather(*map(guess, range(8)))

    asyncio.run(guess_all())
    assert len(found) == WRONG_CODES
    assert set(found) == {"no room", True}
    assert found.count("no room") < 100

    async def know(opened: Opened) -> None:
        async with Client(app.url) as client:
            await client.open("join", f"room={opened.code}")
            await client.use("Join")
            await client.until(lambda page: TOO_MANY in page.text())

    asyncio.run(know(rooms.open([QUESTION])))
