"""A CSV of one's own as a dataset.  It is in no link and no file of the server; other sessions have no way to it."""

import pandas as pd
import streamlit as st

from core.data.tables import Table, read_csv, suggest_columns, table
from core.limits import CSV_BYTES, SAMPLES
from ui.jobs.memory import OWN_DATA_MINUTES, memory
from ui.shell import controls
from ui.shell.address import Address
from ui.shell.language import N_, _
from ui.shell.numbers import exact, grouped
from ui.shell.plain import plain
from ui.shell.settings import SETTINGS
from ui.shell.uploads import chosen, say_if_lost

# Keys of the session's state.  A widget's own is dropped when it is not shown; the first three are not.
_CELLS, _TABLE, _PROBLEM = "own cells", "own table", "own problem"
_FILE, _FEATURES, _LABEL = "own file", "own features", "own label"
_VIEW = SETTINGS["view"]
_CSV_FILE, _COLUMNS, _CLASSES = N_("CSV file"), N_("Columns with numbers"), N_("Column with the classes")
_FILE_HELP = N_(
    "A header, two or more columns with numbers, and one column with the class of each row. {least} to {most} rows, at "
    "most {size} MB."
)
NONE_YET = N_("There are no data yet. Choose your CSV file in the sidebar. Problems with the file are shown there.")
_KEPT = N_(
    "Your data are deleted from the server's memory at most {minutes} minutes after you leave. They are not saved to "
    "disk, and no link contains them."
)
_OPENED = N_("{rows} rows with {features} features, from the experiment that you opened.")
_UNUSABLE_FILE = N_("This file cannot be used: {problem}.")
_UNUSABLE_COLUMNS = N_("These columns cannot be used: {problem}.")


def own_data(address: Address) -> tuple[dict[str, object], Table | None]:
    """The settings that own data have, and the data; None in their place, with a message, while there are none."""
    least, most = SAMPLES
    about = _(_FILE_HELP, least=least, most=grouped(most), size=exact(CSV_BYTES / 1e6))
    st.file_uploader(_(_CSV_FILE), "csv", key=_FILE, help=about, on_change=_read_file, max_upload_size=1)
    say_if_lost(_FILE)
    st.caption(_(_KEPT, minutes=OWN_DATA_MINUTES))
    if problem := st.session_state.get(_PROBLEM):
        st.error(_(_UNUSABLE_FILE, problem=plain(problem)))
    cells = st.session_state.get(_CELLS)
    data = _chosen_columns(cells) if cells is not None else st.session_state.get(_TABLE)
    if data is None:
        address.later(_VIEW.key, _VIEW.default, _VIEW.parse())  # a link's, until there are data
        return {}, None
    if cells is None:
        st.caption(_(_OPENED, rows=len(data.y), features=len(data.feature_names)))
    return ({_VIEW.key: controls.ask(address, _VIEW)} if len(data.feature_names) > 2 else {}), data


def put_own_data(data: Table) -> None:
    """In the place of a file: the data of an experiment that was opened, just as they are."""
    _forget()
    st.session_state[_TABLE] = data


def _chosen_columns(cells: pd.DataFrame) -> Table | None:
    columns = list(cells.columns)
    features, label = suggest_columns(cells)
    st.session_state.setdefault(_FEATURES, features)
    st.session_state.setdefault(_LABEL, label)
    features = st.multiselect(_(_COLUMNS), columns, key=_FEATURES)
    label = st.selectbox(_(_CLASSES), columns, key=_LABEL)
    try:
        data = table(cells, features, label)
        if data != st.session_state.get(_TABLE):  # else the one that all its experiments share
            memory().hold(data)
            st.session_state[_TABLE] = data
    except ValueError as error:
        st.error(_(_UNUSABLE_COLUMNS, problem=plain(error)))
        return None
    return st.session_state[_TABLE]


def _read_file() -> None:
    file = chosen(_FILE)
    _forget()
    if file is None:
        return
    try:
        cells = read_csv(file.getvalue())
        memory().hold(cells)
        st.session_state[_CELLS] = cells
    except ValueError as error:
        st.session_state[_PROBLEM] = str(error)


def _forget() -> None:
    for key in (_CELLS, _TABLE, _PROBLEM, _FEATURES, _LABEL):
        st.session_state.pop(key, None)
