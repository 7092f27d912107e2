"""A CSV of one's own as a dataset.  It stays in the memory of the session that uploaded it, and is in no link."""

import pandas as pd
import streamlit as st

from core.limits import CSV_BYTES, SAMPLES
from core.table import Table, read_csv, suggest_columns, table
from ui import controls
from ui.address import Address

# Keys of the session's state; a widget's own is dropped when the widget is not shown, the frame's is not.
_FRAME, _PROBLEM, _FILE, _FEATURES, _LABEL = "own frame", "own problem", "own file", "own features", "own label"
_FILE_HELP = (
    f"A header, two or more columns of numbers, and one that says which class each row belongs to; {SAMPLES[0]} to "
    f"{SAMPLES[1]:,} rows, at most {CSV_BYTES / 1e6:g} MB."
)
NONE_YET = "Choose your CSV in the sidebar, under *Data*, to train on it."
_KEPT = "Kept in memory while this page is open, written nowhere, and in no link."


def own_data(address: Address) -> dict[str, object] | None:
    """The fields of a `DatasetSpec` that own data have; None, with a message, while there are none to train on."""
    st.file_uploader("CSV file", "csv", key=_FILE, help=_FILE_HELP, on_change=_read_file, max_upload_size=1)
    st.caption(_KEPT)
    if problem := st.session_state.get(_PROBLEM):
        st.error(f"This file cannot be used: {problem}.")
    frame = st.session_state.get(_FRAME)
    if frame is None:
        return None
    columns = list(frame.columns)
    features, label = suggest_columns(frame)
    st.session_state.setdefault(_FEATURES, features)
    st.session_state.setdefault(_LABEL, label)
    features = st.multiselect("Columns of numbers", columns, key=_FEATURES)
    label = st.selectbox("Column of classes", columns, key=_LABEL)
    try:
        fields: dict[str, object] = {"table": table(frame, features, label)}
    except ValueError as error:
        st.error(f"These columns cannot be used: {error}.")
        return None
    if len(features) > 2:
        fields["view"] = controls.view(address)
    return fields


def put_own_data(data: Table) -> None:
    """In the place of a file: what an experiment that was loaded holds."""
    frame = pd.DataFrame(data.X, columns=data.feature_names)
    label = next(name for name in ("class", "class of the row", "class 0") if name not in data.feature_names)
    frame[label] = [data.class_names[k] for k in data.y]
    _keep(frame)


def _read_file() -> None:
    file = st.session_state[_FILE]
    if file is None:
        _keep(None)
        return
    try:
        _keep(read_csv(file.getvalue()))
    except ValueError as error:
        _keep(None)
        st.session_state[_PROBLEM] = str(error)


def _keep(frame: pd.DataFrame | None) -> None:
    for key in (_FRAME, _PROBLEM, _FEATURES, _LABEL):
        st.session_state.pop(key, None)
    if frame is not None:
        st.session_state[_FRAME] = frame
