"""Points that a person draws as a dataset.  All of them are in the address, which alone says what is drawn."""

from contextlib import suppress

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core import DATASETS, DatasetSpec, Table
from core.data.drawing import REACH, STEP, table_of, text_of_dataset
from core.limits import CLASS_SAMPLES
from ui.charts.palette import CLASS_COLOURS, CLASS_SHAPES
from ui.compare.own_table import said
from ui.shell.address import Address
from ui.shell.drawing import canvas, news_of
from ui.shell.fixed import any_shown, is_fixed, is_locked
from ui.shell.labels import DRAWN, label
from ui.shell.language import N_, _
from ui.shell.numbers import exact
from ui.shell.settings import OF_THE_DATA, SETTINGS

_POINTS = SETTINGS["points"]
_CANVAS = "canvas"
_NOTES = "notes on the drawing"  # key of the session's state: (a drawing, what had to be changed for it)
_OPENING = N_("Draw points of two classes or more. Small networks learn them whenever you pause.")
_ABOUT = N_("Coordinates go from −{reach} to {reach} and are rounded to {step}. The link has all points.")
_NEEDED = N_("The training starts as soon as there are enough points: {problem}.")
_BEGIN = N_("To start from the points of another dataset, choose it. Then press **{draw_on}** below its pictures.")
_NO_TEST_DATA = N_(
    "A class has fewer than {least} points, so there are no test data. All points are training data, and all results "
    "are of these points."
)
_DRAW_ON = N_("Draw on these points")
_DRAW_ON_HELP = N_("Takes the points of this dataset to a canvas, where you can draw more and erase some.")


def own_points(address: Address, place: DeltaGenerator) -> tuple[dict[str, object], Table | None]:
    """The setting that a drawing is, and its points as data, drawn in that place of the page; None, with a message,
    while they are too few."""
    _take(news_of(_CANVAS))
    with place, st.expander(label("dataset", DRAWN), expanded=True):
        with address.setting(_POINTS.key, _POINTS.default, _POINTS.parse()):
            text = st.session_state[_POINTS.key]
            if any_shown([_POINTS.key]):
                canvas(_CANVAS, text, list(zip(CLASS_COLOURS, CLASS_SHAPES)), is_locked(_POINTS.key))
                st.caption(_(_ABOUT, reach=exact(REACH), step=exact(STEP)))
        drawing, notes = st.session_state.get(_NOTES, ("", ()))
        if notes and drawing == text:
            st.markdown("\n".join(f"* {said(note)}" for note in notes))
        try:
            table = table_of(text)
        except ValueError as error:
            table = None
            st.info(_(_NEEDED, problem=said(error)))
        if not text:
            st.caption(_(_BEGIN, draw_on=_(_DRAW_ON)))
        if table and not table.has_test_part:
            st.info(_(_NO_TEST_DATA, least=CLASS_SAMPLES[0]))
    return {_POINTS.key: text}, table


def opening() -> str | None:
    """The page's first sentence while points are drawn: the same before and after, or the canvas would jump."""
    return _(_OPENING) if st.session_state["dataset"] == DRAWN else None


def draw_on(spec: DatasetSpec) -> None:
    """A button that begins a drawing with the points of a dataset, if it has two features and is none itself."""
    has_two = len(spec.table.feature_names) == 2 if spec.table else DATASETS[spec.name].made
    if has_two and st.session_state["dataset"] != DRAWN and not is_fixed("dataset", _POINTS.key):
        st.button(
            _(_DRAW_ON), key="draw on", icon=":material/draw:", help=_(_DRAW_ON_HELP), on_click=_begin_with, args=[spec]
        )  # fmt: skip


def _begin_with(spec: DatasetSpec) -> None:
    text, notes = text_of_dataset(spec)
    st.session_state[_NOTES] = text, notes
    st.session_state[_POINTS.key] = text
    st.session_state["dataset"] = DRAWN
    for key in OF_THE_DATA:
        st.session_state.pop(key, None)


def _take(text: object) -> None:
    """What the browser says is drawn, unless it says what no canvas would."""
    if isinstance(text, str):
        with suppress(ValueError):
            st.session_state[_POINTS.key] = _POINTS.parse()([text])
