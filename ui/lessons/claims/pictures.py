"""The pictures of a claim on the page: those that count, and those that are shown apart."""

from collections.abc import Sequence

import streamlit as st

from core.claims import CLAIM, Claim, Row, Verdict
from ui.jobs import results
from ui.lessons.claims.charts import picture_chart, picture_text
from ui.lessons.claims.words import about_picture

MOST_ACROSS = 2  # pictures beside each other


def show(claim: Claim, rows: Sequence[Row], found: Verdict, counting: bool) -> None:
    """Draws those whose trials count towards the verdict, or those whose trials do not, with what they say."""
    wanted = [trials for trials in claim.pictures if (trials[0].role == CLAIM) == counting]
    across = min(len(wanted), MOST_ACROSS) or 1
    for start in range(0, len(wanted), across):
        for trials, place in zip(wanted[start : start + across], st.columns(across)):
            with place:
                chart = results.drawn(picture_chart, trials, tuple(rows), claim.repeat_noun)
                st.vega_lite_chart(chart, alt=picture_text(trials, tuple(rows)))
                st.markdown(about_picture(trials, found))
