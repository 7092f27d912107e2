"""What the people of a room do, by the controls of its pages and by nothing else."""

import asyncio
from urllib.parse import parse_qs, urlsplit

from benchmarks.clients import Client
from benchmarks.shown import Shown

A_MOMENT = 0.2  # seconds
RECEIVED = "Received: "  # begins what a participant's page says of an answer that is kept


def cookies_of(page: Shown) -> dict[str, str]:
    """What a browser would keep of what the page has told it to."""
    told = page.data("activation_lab_remembering")
    return {cookie["name"]: cookie["value"] for cookie in told if cookie["seconds"]}


async def open_room(leader: Client) -> tuple[str, str]:
    """Opens a room of the first plan, and gives its code and its leader's secret."""
    await leader.open("workshop")
    await leader.use("Open a room")
    await leader.until(lambda page: page.has("Open the first question"))
    await leader.rest()
    (screen,) = leader.page.elements("link_button")
    (code,) = parse_qs(urlsplit(screen.proto.url).query)["room"]
    return code, cookies_of(leader.page)["activation_lab_leader"]


async def go(leader: Client, step: str) -> None:
    """Presses the button of a step of the leader's, once it is there; again, if it was too soon after another step."""
    await leader.until(lambda page: page.has(step))
    while leader.page.has(step):
        await leader.use(step)
        await leader.rest()
        await asyncio.sleep(A_MOMENT)


async def join(client: Client, code: str) -> float:
    """Comes into a room, and gives the seconds from the press of the button."""
    await client.open("join", f"room={code}")
    await client.use("Join")
    seconds = await client.until(is_in)
    await client.rest()
    return seconds


def is_in(page: Shown) -> bool:
    return "You are **" in page.text()


def name_on(page: Shown) -> str:
    """The two words that the page calls its participant by."""
    return page.text().partition("You are **")[2].partition("**")[0]


def answer_button(position: int, choice: int) -> str:
    """The key of the button of an answer to the question at that place, from 0."""
    return f"question {position} {choice}"


async def answer(client: Client, position: int, choice: int) -> float:
    """Answers a question once it is on the page, and gives the seconds until the page says that it is received."""
    button = answer_button(position, choice)
    await client.until(lambda page: page.has(button))
    await client.use(button)
    return await client.until(is_received)


def is_received(page: Shown) -> bool:
    return any(text.startswith(RECEIVED) for text in page.texts())
