"""What a sweep shows of its results, so far or in the end: one function for each view, and `show` for all of them.

The settings that are chosen, at most two, are one state of the page: a click on a mark of any chart changes it, and so
does the list below the heat map.
"""

from collections.abc import Callable, Sequence

import streamlit as st

from core import Grid, Results
from ui.charts.choice import with_chosen
from ui.jobs import results as jobs
from ui.shell.address import Address, one_of
from ui.shell.choosing import choosing
from ui.shell.language import N_, _
from ui.shell.linked import network_legend
from ui.shell.table import show_table
from ui.sweep.drawings import View, best_view, cells_view, other_views
from ui.sweep.exports import show_exports
from ui.sweep.naming import heading, setting_label, value_label, value_labels, value_looks
from ui.sweep.shown import NONE, Shown, compared, index_of, others, usual, varied, with_factors

MOST_CHOSEN = 2
ALL = "all"  # in the address: no value of a factor is fixed
_CHOSEN = "chosen settings"  # key of the session's state
_POOLED = {"best": N_("at their best"), "mean": N_("averaged")}
_READING_CELLS = N_(
    "Each cell: mean test accuracy in percent ± standard deviation between seeds, and n, the number of seeds. ∞: how "
    "many networks diverged. Empty: not trained yet."
)
_OF_BEST = N_(
    "All other factors are at their best in each cell, chosen and measured by different halves of the seeds. Datasets "
    "and noise are averaged."
)
_READING_LINES = N_("The same cells as curves. Line: mean. Band: one standard deviation between seeds to either side.")
_CHOOSE = N_("Chosen settings")
_CHOOSE_HELP = N_("Click a cell or a point in a chart, or choose here. Two at most.")

Chosen = tuple[tuple[int, ...], ...]


def keep_settings(address: Address, grid: Grid) -> None:
    """The settings of the views, whose widgets come after the address is written."""
    names = varied(grid)
    first = usual(grid)
    address.later("rows", first.rows, one_of("rows", names))
    address.later("columns", first.columns, one_of("columns", [*names, NONE]))
    address.later("pooled", first.pooled, one_of("pooled", _POOLED))
    for name in names:
        values = range(len(dict(grid.factors)[name]))
        address.later(f"only_{name}", ALL, one_of(f"only_{name}", [ALL, *map(str, values)]))


def show(results: Results, open_chosen: Callable[[Chosen], None] | None = None) -> None:
    """All views.  `open_chosen` draws what can be done with the chosen settings, which it is given by their places in
    the grid."""
    grid = results.grid
    _forget_others(grid)
    if not results.done.any():
        return
    factor = compared(grid)
    choosing("choosing settings", lambda cell: _toggle(grid, cell))
    show_best(results)
    if len(grid.factors) > 1:
        network_legend(value_looks(grid, factor), "legend", _(_READING_LEGEND, factor=heading(factor)))
    show_cells(results, open_chosen)
    show_others(results)
    show_exports(results)


_READING_LEGEND = N_("{factor}: point at one to highlight it in all charts. Click it to keep it highlighted.")


def show_best(results: Results) -> None:
    """Each at its best, beside the ranking at one common setting."""
    found = jobs.computed(best_view, results)
    if found.missing:
        st.markdown(found.missing)
        return
    st.markdown(found.says)
    _draw(found)
    st.markdown(found.reading)
    if found.columns:
        show_table(_("Each at its best"), found.looks, found.columns, "best table")


def show_cells(results: Results, open_chosen: Callable[[Chosen], None] | None = None) -> None:
    """The heat map of two factors with its controls, what is chosen in it, and its curves."""
    grid = results.grid
    st.header(_("All settings"))
    shown = choose_cells(grid)
    found = jobs.computed(cells_view, results, shown)
    reading = [_(_READING_CELLS)]
    if shown.pooled == "best" and others(grid, shown):
        reading.append(_(_OF_BEST))
    st.markdown(" ".join(reading))
    heat_map, *curves = found.drawings
    _chart(*heat_map)
    chosen = _choose_settings(grid)
    if chosen and open_chosen:
        open_chosen(tuple(index_of(grid, cell) for cell in chosen))
    if curves:
        st.markdown(_(_READING_LINES))
        _chart(*curves[0])
    elif found.missing:
        st.caption(found.missing)


def show_others(results: Results) -> None:
    """What mattered, the datasets, accuracy against its cost; what does not apply is told in one line."""
    views = jobs.computed(other_views, results)
    for title, found in views:
        if not found.missing:
            st.header(title)
            st.markdown(found.says)
            _draw(found)
            if found.reading:
                st.markdown(found.reading)
    if missing := " ".join(found.missing for _title, found in views if found.missing):
        st.caption(missing)


def choose_cells(grid: Grid) -> Shown:
    """The controls of the heat map: its two factors, and what is done with the others."""
    shown, names = usual(grid), varied(grid)
    if len(names) < 2:
        return shown
    with st.container(horizontal=True):
        rows = st.selectbox(_("Rows"), names, key="rows", format_func=heading, width=200)
        options = [name for name in names if name != rows]
        if st.session_state.get("columns") not in options:
            st.session_state["columns"] = with_factors(grid, shown, rows, rows).columns
        columns = st.selectbox(_("Columns"), options, key="columns", format_func=heading, width=200)
        shown = Shown(rows, columns)
        fixed = []
        for name in others(grid, shown):
            value = _choose_value(grid, name)
            if value != ALL:
                fixed.append((name, int(value)))
        pooled = shown.pooled
        if len(fixed) < len(others(grid, shown)):
            pooled = st.selectbox(
                _("All others"), list(_POOLED), key="pooled", format_func=lambda one: _(_POOLED[one]), width=150
            )
    return Shown(rows, columns, tuple(fixed), pooled)


def _choose_value(grid: Grid, name: str) -> str:
    labels = value_labels(grid, name)
    return st.selectbox(
        heading(name), [ALL, *map(str, range(len(labels)))], key=f"only_{name}", width=160,
        format_func=lambda place: _("All values") if place == ALL else labels[int(place)],
    )  # fmt: skip


def chosen_cells() -> list[int]:
    """The numbers of the settings that are chosen."""
    return st.session_state.get(_CHOSEN, [])


def _choose_settings(grid: Grid) -> Sequence[int]:
    """The list of what is chosen, for those who cannot click a chart, too."""
    options = list(range(grid.networks // grid.seeds))
    if len(options) > MOST_LISTED:  # what was clicked can be let go, and nothing else is sent
        options = chosen_cells()
    return st.multiselect(
        _(_CHOOSE), options, key=_CHOSEN, max_selections=MOST_CHOSEN, help=_(_CHOOSE_HELP),
        format_func=lambda cell: setting_label(grid, index_of(grid, cell)), select_all=False,
    )  # fmt: skip


MOST_LISTED = 200


def _toggle(grid: Grid, cell: int) -> None:
    """A click: chosen, or no longer; of three the first gives way."""
    if not 0 <= cell < grid.networks // grid.seeds:
        return
    chosen = [other for other in chosen_cells() if other != cell]
    if len(chosen) == len(chosen_cells()):
        chosen = [*chosen, cell][-MOST_CHOSEN:]
    st.session_state[_CHOSEN] = chosen


def _forget_others(grid: Grid) -> None:
    """What was chosen in another grid is chosen no more."""
    if st.session_state.get("grid of the chosen settings") != grid:
        st.session_state["grid of the chosen settings"] = grid
        st.session_state[_CHOSEN] = []


def _draw(found: View) -> None:
    for drawing in found.drawings:
        _chart(*drawing)


def _chart(specification: dict, text: str) -> None:
    st.vega_lite_chart(with_chosen(specification, chosen_cells()), alt=text)
