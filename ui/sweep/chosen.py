"""One setting of a sweep, or two, that were clicked: which they are, and how they open in Compare."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from core import Experiment, Grid
from core.sweeps.factors import FACTORS
from ui.shell.experiments import listed
from ui.shell.language import N_, _
from ui.sweep.naming import noun, setting_label
from ui.sweep.shown import index_of

MOST = 2
_CHOSEN = "chosen settings"  # key of the session's state: the grid, and the numbers of its settings
_INVITATION = N_("Click a cell, or two, to open these networks in Compare.")
_WHICH = N_("**Chosen:** {settings}.")
_BENEATH = N_(
    "All networks of one comparison have the same {nouns}. So Compare shows the second, with the first pinned below it."
)


def chosen(grid: Grid) -> tuple[int, ...]:
    """The numbers of the settings that are chosen, first what was clicked first."""
    of_grid, cells = st.session_state.get(_CHOSEN, (None, ()))
    return cells if of_grid == grid else ()


def choose(grid: Grid, cell: int) -> None:
    """Chooses a setting, in the place of the older one of two, or gives it up."""
    before = chosen(grid)
    cells = tuple(each for each in before if each != cell) if cell in before else (*before, cell)[-MOST:]
    st.session_state[_CHOSEN] = grid, cells


def show_chosen(grid: Grid, open_in_compare: Callable[[Sequence[Experiment]], None]) -> None:
    """Which settings are chosen, and what `open_in_compare` draws for their experiments, one or two."""
    cells = chosen(grid)
    if not cells:
        st.caption(_(_INVITATION))
        return
    experiments = compared(grid, cells)
    labels = listed(setting_label(grid, index_of(grid, cell)) for cell in cells)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_(_WHICH, settings=labels), width="content")
        open_in_compare(experiments)
    if len(experiments) > 1:
        st.caption(_(_BENEATH, nouns=listed(_apart(grid, cells))))


def compared(grid: Grid, cells: Sequence[int]) -> list[Experiment]:
    """The settings as one experiment, paired seed by seed; as one for each where its networks cannot be in one."""
    first, *others = (grid.experiment(index_of(grid, cell)) for cell in cells)
    if any(replace(other, runs=first.runs) != first for other in others):
        return [first, *others]
    return [replace(first, runs=(*first.runs, *(run for other in others for run in other.runs)))]


def _apart(grid: Grid, cells: Sequence[int]) -> list[str]:
    """What these settings differ in that one comparison has but once."""
    settings = [grid.setting(index_of(grid, cell)) for cell in cells]
    shared = [name for name in grid.names if not FACTORS[name].of_run]
    return [noun(name) for name in shared if len({setting[name] for setting in settings}) > 1]
