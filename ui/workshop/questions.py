"""The questions of a room: kept as texts, read as missions."""

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import parse_qs, urlencode, urlsplit

from ui.missions.address import mission_of, params_of
from ui.missions.mission import Choices, Mission, Scale
from ui.missions.sequences import SEQUENCES, Sequence
from ui.shell.language import N_

UNREADABLE = N_("This question is from another version of the app, and cannot be asked any more.")


@lru_cache(maxsize=256)
def mission_in(text: str) -> Mission:
    """The mission that a room keeps as this text; raises `ValueError` for one that cannot be asked."""
    return mission_of(parse_qs(text, keep_blank_values=True))


def readable(text: str) -> Mission | None:
    """The mission that a room keeps as this text; None of one from another version, which cannot be asked any more."""
    try:
        return mission_in(text)
    except ValueError:
        return None


def text_of(mission: Mission) -> str:
    """A mission as a room keeps it."""
    return urlencode(params_of(mission), doseq=True)


def text_in_link(link: str) -> str:
    """The question of a link to a mission, as a room keeps it; raises `ValueError` for one that cannot be asked."""
    link = link.strip()
    return text_of(mission_in(urlsplit(link).query if "?" in link else link))


def is_voted_on(mission: Mission) -> bool:
    """Whether it is answered in votes, and not by reaching a goal or setting weights."""
    return isinstance(mission.answers, Choices | Scale)


def sequence_of(questions: Iterable[str]) -> Sequence | None:
    """The plan whose missions these are, in its order."""
    names = [mission.name if (mission := readable(text)) else "" for text in questions]
    return next((each for each in SEQUENCES.values() if [step.mission for step in each.steps] == names), None)
