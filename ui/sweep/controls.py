"""The controls of the page "Sweep", and the grid that they ask for."""

from collections.abc import Hashable
from functools import lru_cache

import streamlit as st

from core import Grid
from ui.shell import controls
from ui.shell.address import Address
from ui.shell.factors import DEFAULT_DATASET, FACTORS
from ui.shell.fixed import any_shown, folded
from ui.shell.language import N_, _, said
from ui.shell.plain import plain
from ui.shell.settings import OF_THE_DATA
from ui.sweep.naming import heading
from ui.sweep.settings import LISTS, OF_THE_LIBRARY, SETTINGS, grid_for

KEPT = 200  # grids of all visitors
_NO_FACTOR = N_("Choose at least one thing in the sidebar in which the networks differ.")
_NO_VALUE = N_("Choose at least one value in the sidebar for: {names}.")
_SAMPLES = SETTINGS["samples"]
_FOLDED = N_("The same for all networks")
_CHANGED = N_("**Changed below:** {names}")


def choose(address: Address) -> Grid | None:
    """What the page's controls ask for; None, with a message on the page, while there is nothing to train."""
    place = st.container()
    with st.sidebar:
        names = controls.ask(address, SETTINGS["vary"])
        asked: dict[str, object] = {"vary": names} | {LISTS[name].key: _values(address, name) for name in names}
        asked |= _ask(address, "seeds")
        in_sight, changed = set(address.settings), st.empty()
        with folded(_(_FOLDED), SETTINGS):
            asked |= _the_same(address, names)
        if more := [_(SETTINGS[key].label) for key in address.settings if key not in in_sight and any_shown([key])]:
            changed.markdown(_(_CHANGED, names=", ".join(more)))
    with place:
        return _grid(asked)


def _grid(asked: dict) -> Grid | None:
    names = asked["vary"]
    if not names:
        st.info(_(_NO_FACTOR))
        return None
    if empty := [heading(name) for name in names if not asked[LISTS[name].key]]:
        st.info(_(_NO_VALUE, names=", ".join(empty)))
        return None
    if None in (asked.get("activation", ""), asked.get("units", "")):  # what is wrong stands beside it
        return None
    try:
        return _made(tuple((key, tuple(value) if isinstance(value, list) else value) for key, value in asked.items()))
    except ValueError as error:
        st.error(_("These settings cannot be trained: {error}.", error=plain(said(error))))
        return None


@lru_cache(maxsize=KEPT)
def _made(settings: tuple[tuple[str, Hashable], ...]) -> Grid:
    """Kept, because a rerun asks for the same one: where many shapes are varied, checking it takes long."""
    return grid_for(dict(settings))


def _values(address: Address, name: str) -> list:
    """The list of the values of what is varied."""
    return controls.several(address, FACTORS[name]) if name in FACTORS else controls.ask(address, LISTS[name])


def _the_same(address: Address, varied: list[str]) -> dict[str, object]:
    """The settings that all networks share: one value of all that is not varied."""
    asked: dict[str, object] = {}
    if "dataset" not in varied:
        asked |= _ask(address, "dataset", choices=OF_THE_LIBRARY, on_change=_forget_data_settings)
        asked |= controls.made_data(address, asked["dataset"], without=varied)
    else:
        asked |= {"samples": controls.ask(address, _SAMPLES, _SAMPLES.default_with(DEFAULT_DATASET))}
    for field in FACTORS:
        if field not in varied and not (field == "learning_rate" and "rate_multiple" in varied):
            asked |= {field: controls.single(address, FACTORS[field])}
    for key in ("layers", "units", "epochs", "batch_size", "loss", "seed"):
        if key not in varied:
            asked |= {key: controls.units(address)} if key == "units" else _ask(address, key)
    return asked


def _ask(address: Address, key: str, **options) -> dict[str, object]:
    return {key: controls.ask(address, SETTINGS[key], **options)}


def _forget_data_settings() -> None:
    """Another dataset starts from its own defaults."""
    for key in OF_THE_DATA:
        st.session_state.pop(key, None)
