"""The plan of a workshop: its questions, with how long each takes and what to say."""

from collections.abc import Sequence

import streamlit as st

from ui.missions import words
from ui.missions.records import MISSIONS
from ui.missions.sequences import SEQUENCES, Step
from ui.shell.language import N_, NN_, _, plural
from ui.workshop.questions import UNREADABLE, readable, sequence_of, text_of

_MINUTES = NN_("{number} minute", "{number} minutes")
_OF_PLAN = N_("{question} ({minutes})")


def questions_of(plan: str) -> list[str]:
    """The questions of a plan, as a room keeps them."""
    return [text_of(MISSIONS[step.mission]) for step in SEQUENCES[plan].steps]


def steps_of(questions: Sequence[str]) -> tuple[Step, ...]:
    """The steps of the plan that a room goes by; none if its questions were chosen one by one."""
    sequence = sequence_of(questions)
    return sequence.steps if sequence else ()


def show_plan(questions: Sequence[str], position: int | None = None) -> None:
    """The questions in their order, that at the position in bold, with the minutes of each."""
    steps = steps_of(questions)
    lines = []
    for place, text in enumerate(questions):
        title = title_of(text)
        if steps:
            title = _(_OF_PLAN, question=title, minutes=minutes(steps[place]))
        lines.append(f"1. **{title}**" if place == position else f"1. {title}")
    st.markdown("\n".join(lines))


def minutes(step: Step) -> str:
    """How long a question takes."""
    return plural(*_MINUTES, step.minutes)


def title_of(text: str) -> str:
    """What a question is called in a list: its title or, of somebody's own, the question."""
    mission = readable(text)
    if mission is None:
        return _(UNREADABLE)
    return words.title(mission) if mission.name else words.question(mission)
