"""What somebody has predicted in this session, mission by mission."""

from urllib.parse import urlencode

import streamlit as st

from ui.missions.address import params_of
from ui.missions.mission import Mission

_PREDICTIONS = "predictions"  # key of the session's state: by mission, the text of the answer


def prediction(mission: Mission) -> str | None:
    """The answer that was given to the mission; None before."""
    return st.session_state.get(_PREDICTIONS, {}).get(key_of(mission))


def predict(mission: Mission, answer: str) -> None:
    st.session_state.setdefault(_PREDICTIONS, {})[key_of(mission)] = answer


def predict_again(mission: Mission) -> None:
    """Forgets the answer, so that the mission is as before."""
    st.session_state.get(_PREDICTIONS, {}).pop(key_of(mission), None)


def key_of(mission: Mission) -> str:
    """What stands for a mission in the session's state."""
    return urlencode(params_of(mission), doseq=True)
