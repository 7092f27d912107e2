"""A table of one's own as a dataset.  It is in no link and no file of the server; other sessions have no way to it."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core import Table
from core.limits import FILE_BYTES, ROWS
from ui.compare.own_table import OwnTable, read_file, said
from ui.jobs.memory import OWN_DATA_MINUTES, memory
from ui.shell import controls
from ui.shell.address import Address
from ui.shell.fixed import CHOOSE
from ui.shell.language import N_, NN_, _, plural, wrong_by
from ui.shell.numbers import exact, grouped
from ui.shell.plain import plain
from ui.shell.settings import SETTINGS
from ui.shell.uploads import chosen, say_if_missing

# Keys of the session's state.  A widget's own is dropped when it is not shown; the first is not.
_OWN = "own table"
_FILE, _PASTED, _FEATURES, _LABEL = "own file", "own pasted", "own features", "own label"
KINDS = ["csv", "tsv", "txt", "data", "xlsx", "xls", "ods"]
_VIEW = SETTINGS["view"]
_TITLE, _TITLE_OF = N_("Your data"), N_("Your data: {name}")
_TABLE_FILE, _COLUMNS, _CLASSES = N_("File with a table"), N_("Features"), N_("Column with the classes")
_FILE_HELP = N_(
    "A column with the class of each row, and columns with numbers or texts. At least {least} rows. If there are more "
    "than {most} rows, {most} are drawn. At most {size} MB."
)
_FEATURES_HELP = N_("What the networks see. A column of texts becomes one feature for each different text.")
_NONE_YET = N_("There are no data yet. Choose a file or paste a table above. Problems with it are shown there.")
_NONE_USABLE = N_("There are no data that can be used yet. Choose other columns above, or another table.")
_KEPT = N_(
    "Your data are deleted from the server's memory at most {minutes} minutes after you leave. They are not saved to "
    "disk, and no link contains them. Reloading the page removes the table."
)
_OPENED = NN_(
    "{rows} rows with {number} feature, from the experiment that you opened.",
    "{rows} rows with {number} features, from the experiment that you opened.",
)
_UNUSABLE_FILE = N_("This file cannot be used: {problem}.")
_UNREADABLE = N_("That reading is not possible: {problem}. The table stays as it was read before.")
_UNUSABLE_COLUMNS = N_("These columns cannot be used: {problem}.")
_PASTE, _PASTED_NAME = N_("Paste a table"), N_("pasted table")
_PASTE_HELP = N_("Copy the cells in your spreadsheet, with the names of the columns, and paste them here.")
_IN_USE, _REMOVE = N_("**{name}** is in use."), N_("Remove this table")
_USE = N_("Use this table")
_EXAMPLE, _EXAMPLE_HELP = N_("Example file"), N_("A small table of flowers that can be used as it is.")
_AS_CLASSES, _AS_FEATURE = N_("{name} · classes"), N_("{name} · feature")
_PREVIEW = N_("The first {shown} of {rows} rows.")
_ALL = NN_("{number} row.", "All {number} rows.")
_USED = NN_(
    "{rows} rows, {number} feature and {classes} classes are used.",
    "{rows} rows, {number} features and {classes} classes are used.",
)


def own_data(address: Address, place: DeltaGenerator) -> tuple[dict[str, object], Table | None]:
    """The settings that own data have, and the data, which are chosen in that place of the page; None, with a message,
    while there are none."""
    own: OwnTable = st.session_state.setdefault(_OWN, OwnTable())
    with place, st.expander(_(_TITLE_OF, name=_name(own)) if own.name else _(_TITLE), expanded=True):
        _sources()
        if own.sheet is not None and getattr(st.session_state.get(_FILE), "name", "") != own.name:
            _say_what_is_in_use(own)
        if own.problem:
            st.error(_(_UNUSABLE_FILE, problem=said(own.problem)))
        if own.sheet is not None:
            _show(own)
        elif own.data is not None:
            st.caption(plural(*_OPENED, len(own.data.feature_names), rows=grouped(len(own.data.y))))
    data = own.data
    if data is None:
        address.later(_VIEW.key, _VIEW.default, _VIEW.parse())  # a link's, until there are data
        return {}, None
    return ({_VIEW.key: controls.ask(address, _VIEW)} if len(data.feature_names) > 2 else {}), data


def say_what_is_missing() -> None:
    """Why there is nothing to train yet, where `own_data` found no data."""
    own: OwnTable = st.session_state[_OWN]
    st.info(_(_NONE_YET if own.sheet is None else _NONE_USABLE))


def put_own_data(data: Table) -> None:
    """In the place of a file: the data of an experiment that was opened, just as they are; `ValueError` if the server
    has no room for them."""
    own = OwnTable(data=data)
    memory().hold(own)
    _use(own)


def _sources() -> None:
    """Where a table can come from: a file, a spreadsheet's cells, the example."""
    least, most = ROWS
    about = _(_FILE_HELP, least=least, most=grouped(most), size=exact(FILE_BYTES / 1e6))
    st.file_uploader(
        _(_TABLE_FILE), KINDS, key=_FILE, help=about, on_change=_read_uploaded, max_upload_size=int(FILE_BYTES / 1e6)
    )
    say_if_missing(_FILE)
    with st.container(horizontal=True):
        with st.popover(_(_PASTE)):
            st.text_area(_(_PASTE), key=_PASTED, help=_(_PASTE_HELP), on_change=_read_pasted)
            st.button(_(_USE), key="own use", on_click=_read_pasted)
        st.download_button(
            _(_EXAMPLE), _example, "flowers.csv", "text/csv", key="own example", help=_(_EXAMPLE_HELP),
            icon=":material/download:", on_click="ignore",
        )  # fmt: skip
    st.caption(_(_KEPT, minutes=OWN_DATA_MINUTES))


def _name(own: OwnTable) -> str:
    """As it is on screen: no file has the name of a table that was pasted."""
    return _(own.name) if own.name == _PASTED_NAME else plain(own.name)


def _say_what_is_in_use(own: OwnTable) -> None:
    """The uploader does not show it: it was pasted, or read before another page was opened."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_(_IN_USE, name=_name(own)), width="content")
        st.button(_(_REMOVE), key="own remove", icon=":material/close:", on_click=_take, args=[OwnTable()])


def _show(own: OwnTable) -> None:
    """What was read, how, and which of its columns are used."""
    if own.sheet.notes:
        st.markdown("\n".join(f"* {said(note)}" for note in own.sheet.notes))
    if own.sheet.offers:
        with st.container(horizontal=True):
            for place, offer in enumerate(own.sheet.offers):
                st.button(said(offer.note), key=f"own offer {place}", on_click=_read_otherwise, args=[offer.options])
    if own.problem_of_reading:
        st.error(_(_UNREADABLE, problem=said(own.problem_of_reading)))
    st.session_state.setdefault(_FEATURES, own.features)
    st.session_state.setdefault(_LABEL, own.label)
    columns = list(own.sheet.frame)
    label = st.selectbox(_(_CLASSES), columns, key=_LABEL, on_change=_change_label, width=320)
    others = [name for name in columns if name != label]
    features = st.multiselect(_(_COLUMNS), others, key=_FEATURES, help=_(_FEATURES_HELP), placeholder=_(CHOOSE))
    own.choose(features, label)
    roles = {label: _(_AS_CLASSES, name=plain(label))} | {name: _(_AS_FEATURE, name=plain(name)) for name in features}
    st.dataframe(
        own.preview,
        height=180,
        column_config={"_index": _("Row"), **roles},
        column_order=[*roles, *(name for name in own.preview if name not in roles)],
    )
    rows, shown = len(own.sheet.frame), len(own.preview)
    st.caption(_(_PREVIEW, shown=shown, rows=grouped(rows)) if shown < rows else plural(*_ALL, rows))
    if own.problem_of_columns:
        st.error(_(_UNUSABLE_COLUMNS, problem=said(own.problem_of_columns)))
    if own.data is not None:
        rows, classes = grouped(len(own.data.y)), len(own.data.class_names)
        used = plural(*_USED, len(own.data.feature_names), rows=rows, classes=classes)
        st.markdown("\n".join(f"* {text}" for text in [*map(said, own.data.notes), used]))


def _read_uploaded() -> None:
    file = chosen(_FILE)
    if file is not None:  # one that is taken away stays in use until another one comes
        _take(read_file(file.name, file.getvalue()))


def _read_pasted() -> None:
    _take(read_file(_PASTED_NAME, st.session_state[_PASTED].encode("utf-8", "replace")))


def _read_otherwise(options: dict[str, object]) -> None:
    own: OwnTable = st.session_state[_OWN]
    other = read_file(own.name, own.content, {**own.options, **options})
    if other.problem:
        own.problem_of_reading = other.problem
    else:
        _take(other)


def _take(own: OwnTable) -> None:
    try:
        memory().hold(own)
    except ValueError as error:
        own = OwnTable(own.name, problem=wrong_by(error))
    _use(own)


def _use(own: OwnTable) -> None:
    st.session_state[_OWN] = own
    for key in (_FEATURES, _LABEL):
        st.session_state.pop(key, None)


def _change_label() -> None:
    """The column with the classes is no feature; the one that had them is one again if it was."""
    own: OwnTable = st.session_state[_OWN]
    st.session_state[_FEATURES] = own.features_with(st.session_state[_LABEL], st.session_state[_FEATURES])


def _example() -> str:
    from sklearn.datasets import load_iris

    flowers = load_iris(as_frame=True)
    frame = flowers.data.assign(species=flowers.target_names[flowers.target])
    return frame.sample(frac=1, random_state=0).to_csv(index=False)
