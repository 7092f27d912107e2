"""What a sweep shows of its results, so far or in the end: one function for each view, and `show` for all of them.

Which settings are chosen is one state of the page: a click on a mark of any chart changes it, and so does the list
below the heat map, and all charts show it.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st

from core import OPTIMIZERS, Grid, Results
from core.sweeps.scores import CONDITIONS
from ui.charts.choice import with_chosen
from ui.jobs import results as jobs
from ui.shell.address import Address
from ui.shell.choosing import choosing
from ui.shell.fixed import control, is_fixed
from ui.shell.labels import label
from ui.shell.language import N_, _
from ui.shell.linked import network_legend
from ui.shell.numbers import exact
from ui.shell.readers import one_of
from ui.shell.table import show_table
from ui.sweep.drawings import View, best_view, cells_view, other_views
from ui.sweep.exports import show_exports
from ui.sweep.naming import heading, value_labels, value_looks
from ui.sweep.shared import same_for_all
from ui.sweep.shown import NONE, Shown, compared, others, usual, varied

ALL = "all"  # in the address: no value of a factor is fixed
_STYLE = f"<style>{(Path(__file__).parent / 'results.css').read_text()}</style>"
_LISTED, _WRITTEN = "listed setting", "views in the address"  # keys of the session's state
_POOLED = {"best": N_("at their best"), "mean": N_("averaged")}
_READING_CELLS = N_(
    "Each cell: mean test accuracy in percent ± standard deviation between seeds, and n, the number of seeds. A "
    "stronger blue is a higher mean."
)
_DIVERGED, _EMPTY = N_("∞: how many networks diverged."), N_("Empty: not trained yet.")
_RELATIVE = N_("1 × is the optimizer's default learning rate.")
_RELATIVE_TO = N_("1 × is the default learning rate of {optimizer}, {rate}.")
_OF_BEST = N_("All other factors are at their best in each cell, chosen and measured by different halves of the seeds.")
_AVERAGED = N_("Datasets and noise are averaged.")
_READING_LINES = N_("The same cells as curves. Line: mean. Band: one standard deviation between seeds to either side.")
_OF_SEVERAL = N_("Each cell is of several settings or datasets. Choose one value of each above to open a cell.")
_CHOOSE, _CHOOSE_HERE = N_("Choose a setting"), N_("Or choose a setting here")

Choose = Callable[[int], None]


def keep_settings(address: Address, grid: Grid) -> None:
    """The settings of the views, whose widgets come after the address is written."""
    names, first = varied(grid), usual(grid)
    _keep(address, "rows", _("Rows"), first.rows, names)
    rows = st.session_state["rows"]
    left = [name for name in [*names, NONE] if name != rows]
    _keep(address, "columns", _("Columns"), first.rows if rows == first.columns else first.columns, left)
    _keep(address, "pooled", _("All others"), first.pooled, list(_POOLED))
    for name in names:
        _keep(address, f"only_{name}", heading(name), ALL, [ALL, *map(str, range(len(dict(grid.factors)[name])))])
    st.session_state[_WRITTEN] = _in_address(grid)


def _keep(address: Address, key: str, label: str, default: str, choices: list[str]) -> None:
    if st.session_state.get(key, default) not in choices:  # of another grid
        st.session_state[key] = default
    address.later(key, default, one_of(label.lower(), choices))


def _in_address(grid: Grid) -> list[object]:
    return [st.session_state.get(key) for key in ("rows", "columns", "pooled", *(f"only_{n}" for n in varied(grid)))]


def show(results: Results, chosen: Sequence[int], on_choice: Choose, show_chosen: Callable[[], None]) -> None:
    """All views; a click on a setting, of which these are `chosen`, calls `on_choice` with its number.

    What can be done with them is shown beneath the heat map by `show_chosen`.
    """
    grid = results.grid
    st.html(_STYLE)
    with st.container(key="results"):  # for results.css
        choosing("choosing", on_choice)
        show_best(results, chosen)
        factor = compared(grid)
        network_legend(value_looks(grid, factor), "legend", _(_READING_LEGEND, factor=heading(factor)))
        show_cells(results, chosen, on_choice, show_chosen)
        show_others(results, chosen)
        show_exports(results)


_READING_LEGEND = N_(
    "{factor}: point at one to highlight it in all charts. Click it to keep it highlighted; another click ends that."
)


def show_best(results: Results, chosen: Sequence[int]) -> None:
    """Each at its best, beside the ranking at one common setting."""
    found, same = jobs.computed(best_view, results), jobs.computed(same_for_all, results.grid)
    if found.missing:
        st.markdown(f"{found.missing}\n\n{same}")
        return
    st.markdown(found.says)
    _draw(found, chosen)
    st.markdown(f"{found.reading}\n\n{same}")
    if found.columns:
        show_table(_("Each at its best"), found.looks, found.columns, "best table", heading(compared(results.grid)))


def show_cells(
    results: Results, chosen: Sequence[int], on_choice: Choose, show_chosen: Callable[[], None]
) -> None:  # fmt: skip
    """The heat map of two factors with its controls, what is chosen in it, and its curves."""
    grid = results.grid
    st.header(_("All settings"))
    shown = choose_cells(grid)
    found = jobs.computed(cells_view, results, shown)
    st.markdown(_reading_cells(results, shown))
    heat_map, *curves = found.drawings
    _chart(*heat_map, chosen)
    if found.choices or chosen:
        show_chosen()
    if found.choices:
        _choose_from_list(found.choices, on_choice)
    else:
        st.caption(_(_OF_SEVERAL))
    if curves:
        st.markdown(_(_READING_LINES))
        _chart(*curves[0], chosen)
    elif found.missing:
        st.caption(found.missing)


def _reading_cells(results: Results, shown: Shown) -> str:
    """How to read the heat map: of the signs in it, those that there are."""
    left = {*others(results.grid, shown)} - {name for name, _place in shown.fixed}
    is_relative, run = "rate_multiple" in (shown.rows, shown.columns), results.grid.base.runs[0]
    has_one, usual_rate = "optimizer" not in results.grid.names, OPTIMIZERS[run.optimizer].learning_rate
    fields = {"optimizer": label("optimizer", run.optimizer), "rate": exact(usual_rate)}
    sentences = {
        _READING_CELLS: True,
        _RELATIVE_TO: is_relative and has_one,
        _RELATIVE: is_relative and not has_one,
        _DIVERGED: bool((results.diverged_at >= 0).any()),
        _EMPTY: not results.done.all(),
        _OF_BEST: shown.pooled == "best" and bool(left - {*CONDITIONS}),
        _AVERAGED: shown.pooled == "best" and bool(left & {*CONDITIONS}),
    }
    return " ".join(_(sentence, **fields) for sentence, applies in sentences.items() if applies)


def show_others(results: Results, chosen: Sequence[int]) -> None:
    """What mattered, the datasets, accuracy against its cost; what does not apply is told in one line."""
    views = jobs.computed(other_views, results)
    for title, found in views:
        if not found.missing:
            st.header(title)
            st.markdown(found.says)
            _draw(found, chosen)
            if found.reading:
                st.markdown(found.reading)
    # Two views may lack the same.
    if missing := " ".join(dict.fromkeys(found.missing for _title, found in views if found.missing)):
        st.caption(missing)


def choose_cells(grid: Grid) -> Shown:
    """The controls of the heat map: its two factors, and what is done with the others."""
    shown, names = usual(grid), varied(grid)
    if len(names) < 2:
        return shown
    with st.container(horizontal=True):
        choices = [name for name in names if not is_fixed("columns") or name != st.session_state["columns"]]
        rows = control(st.selectbox, _("Rows"), choices, key="rows", format_func=heading, width=230)
        options = [name for name in names if name != rows]
        if st.session_state.get("columns") not in options:
            st.session_state["columns"] = shown.columns if rows == shown.rows else shown.rows
        columns = control(st.selectbox, _("Columns"), options, key="columns", format_func=heading, width=230)
        pooled, left = shown.pooled, others(grid, Shown(rows, columns))
        values = {name: _choose_value(grid, name) for name in left}
        fixed = tuple((name, int(value)) for name, value in values.items() if value != ALL)
        if {*left} - {*dict(fixed)} - {*CONDITIONS}:
            pooled = control(
                st.selectbox,
                _("All others"),
                list(_POOLED),
                key="pooled",
                format_func=lambda one: _(_POOLED[one]),
                width=150,
            )
    if st.session_state.get(_WRITTEN) not in (None, _in_address(grid)):  # in a fragment, which does not write it
        st.rerun()
    return Shown(rows, columns, fixed, pooled)


def _choose_value(grid: Grid, name: str) -> str:
    labels = value_labels(grid, name)
    return control(
        st.selectbox, heading(name), [ALL, *map(str, range(len(labels)))], key=f"only_{name}", width=160,
        format_func=lambda place: _("All values") if place == ALL else labels[int(place)],
    )  # fmt: skip


def _choose_from_list(choices: dict[int, str], on_choice: Choose) -> None:
    """The settings of the heat map once more, for those who cannot click a chart."""
    st.selectbox(
        _(_CHOOSE), list(choices), index=None, key=_LISTED, format_func=choices.get, width=420,
        placeholder=_(_CHOOSE_HERE), on_change=_take, args=[on_choice], label_visibility="collapsed",
    )  # fmt: skip


def _take(on_choice: Choose) -> None:
    cell = st.session_state[_LISTED]
    st.session_state[_LISTED] = None  # it is no list of what is chosen
    if cell is not None:
        on_choice(cell)


def _draw(found: View, chosen: Sequence[int]) -> None:
    for drawing in found.drawings:
        _chart(*drawing, chosen)


def _chart(specification: dict, text: str, chosen: Sequence[int]) -> None:
    st.vega_lite_chart(with_chosen(specification, chosen), alt=text)
