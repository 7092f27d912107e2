"""Which mission the page's address asks for, and which of its settings somebody has changed after the prediction."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from core import DATASETS, Experiment
from core.data.kinds import BY_FORMULA
from core.notes import Note
from ui.missions import address as addresses
from ui.missions.mission import Mission
from ui.missions.outcomes import SEEDS, cells, experiment_of
from ui.missions.records import MISSIONS
from ui.shell.address import Address
from ui.shell.controls import ask, units
from ui.shell.language import N_, _, said
from ui.shell.plain import plain
from ui.shell.readers import one_of
from ui.shell.setting import Setting
from ui.shell.settings import OF_THE_DATA, SETTINGS

_CHANGE = N_("Change the view")
_WRONG = N_("**This mission cannot be shown:** {problem}.")
SUBJECT = ("mission", *addresses.KEYS)  # of the address: which mission it is
_CHANGED = "my_"  # in the address, before the key of a setting that was changed
_UNITS = ("1", "2", "3", "4", "5", "6", "8", "10", "12", "16", "24", "32", "64")
_MADE = tuple(name for name, record in DATASETS.items() if record.made and name != BY_FORMULA)


def asked_mission(address: Address) -> Mission | None:
    """The mission of the address; None, with a message if it cannot be shown, where there is none."""
    address.later("mission", "", one_of(Note("mission"), ["", *MISSIONS]))
    own = address.kept(addresses.KEYS)
    if name := st.session_state["mission"]:
        return MISSIONS[name]
    if not own:
        return None
    try:
        return addresses.mission_of(own)
    except ValueError as error:
        st.error(_(_WRONG, problem=plain(said(error))))
        return None


def keep_changes(address: Address, mission: Mission) -> None:
    """Keeps in the address what was changed, while it is not shown."""
    for setting in map(_changed_setting, mission.free):
        address.later(setting.key, _of(mission, setting), setting.parse(_choices(setting)))


def change(address: Address, mission: Mission) -> Mission:
    """The controls of the settings that are free, folded, and the mission with what they ask for."""
    if not mission.free:
        return mission
    with st.expander(_(_CHANGE), icon=":material/tune:"):
        shown = choose(address, mission)
    return mission if experiments(shown, SEEDS) is None else shown


def experiments(mission: Mission, seeds: int) -> list[Experiment] | None:
    """That of each cell, with so many seeds; None, with a message, where they cannot be trained."""
    try:
        return [experiment_of(mission, 0, cell, seeds) for cell in cells(mission)]
    except ValueError as error:
        st.error(_("These settings cannot be trained: {error}.", error=plain(said(error))))
        return None


def choose(address: Address, mission: Mission, **options) -> Mission:
    """The same controls in sight, whatever can be trained; `options` are those of their widgets."""
    chosen = {}
    for key in mission.free:
        setting = _changed_setting(key)
        if key == "units":
            setting = replace(setting, default=_of(mission, setting), choices=_UNITS)
            chosen[key] = units(address, setting, **options) or setting.default
        else:
            chosen[key] = ask(address, setting, _of(mission, setting), _choices(setting), **options)
    return with_settings(mission, chosen)


def with_settings(mission: Mission, chosen: Mapping[str, object]) -> Mission:
    """The mission with these settings in the place of its own; another dataset has its own defaults."""
    changed = {key: value for key, value in chosen.items() if value != _value(mission, key)}
    dropped = OF_THE_DATA if "dataset" in changed else ()
    kept = {key: value for key, value in mission.settings.items() if key not in dropped}
    return replace(mission, settings=kept | changed) if changed else mission


def _changed_setting(key: str) -> Setting:
    return replace(SETTINGS[key], key=_CHANGED + key)


def _of(mission: Mission, setting: Setting) -> object:
    return _value(mission, setting.key.removeprefix(_CHANGED))


def _value(mission: Mission, key: str) -> object:
    """A setting of the mission, which is Compare's default if it has none of its own."""
    dataset = mission.settings.get("dataset", SETTINGS["dataset"].default)
    return mission.settings.get(key, SETTINGS[key].default_with(dataset))


def _choices(setting: Setting) -> tuple | None:
    return _MADE if setting.key == f"{_CHANGED}dataset" else None
