"""Votes as the leader sees them, at any time."""

from collections.abc import Mapping

import streamlit as st

from classroom import Votes
from ui.missions import words
from ui.missions.mission import Mission, Scale
from ui.shell.language import N_, _
from ui.workshop.steps import FIRST_VOTE, SECOND_VOTE

_COUNTED = N_("{answer}: **{number}**")
_ONLY_YOU = N_("Only you see this before the result is revealed.")
_NO_VOTE = N_("Nobody has answered yet.")


def show_votes(mission: Mission, votes: Votes) -> None:
    """The first votes and, once there are some, the second ones beside them; answers in their own order."""
    with st.container(border=True, key="votes"):
        if not votes.first and not votes.second:
            st.markdown(_(_NO_VOTE))
            return
        labels = labels_in_order(mission, votes)
        rounds = {FIRST_VOTE: votes.first, SECOND_VOTE: votes.second}
        given = {title: counts for title, counts in rounds.items() if counts}
        for place, (title, counts) in zip(st.columns(len(given)), given.items()):
            with place:
                st.markdown(f"**{_(title)}**")
                _bars(labels, counts)
        st.caption(_(_ONLY_YOU))


def labels_in_order(mission: Mission, votes: Votes) -> dict[str, str]:
    """All answers that can be given, as they are kept and as they are shown; of a scale, those that were, from small to
    large."""
    if isinstance(mission.answers, Scale):
        return {text: words.answer(mission, text) for text in sorted({*votes.first, *votes.second}, key=float)}
    return {str(place): label for place, label in enumerate(words.answers(mission))}


def _bars(labels: Mapping[str, str], counts: Mapping[str, int]) -> None:
    of = sum(counts.values())
    for answer, label in labels.items():
        number = counts.get(answer, 0)
        st.progress(number / of, text=_(_COUNTED, answer=label, number=number))
