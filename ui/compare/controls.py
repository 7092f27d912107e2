"""The Compare page's controls, and the experiment that they ask for."""

from dataclasses import dataclass, replace

import streamlit as st

from core import OPTIMIZERS, Experiment, History, Table
from core.data.datasets import OWN
from ui.compare import opened
from ui.compare.own_data import NONE_YET, own_data
from ui.shell import controls
from ui.shell.address import Address, read_by
from ui.shell.factors import FACTORS, Factor
from ui.shell.numbers import exact
from ui.shell.plain import plain
from ui.shell.settings import EPOCHS, OF_THE_DATA, SETTINGS, experiment_for, factor_of

_NOTHING = "Choose at least one {noun} to see a network: the list is in the sidebar, under *Compare*."
_SEED = SETTINGS["shown_seed"]


@dataclass(frozen=True)
class Comparison:
    """What the page shows: an experiment, and the factor in which its networks differ.

    `is_opened` says that it is held as it was opened, with settings that no control has.
    """

    experiment: Experiment
    factor: Factor
    is_opened: bool = False

    @property
    def seeds(self) -> int:
        """The number of different seeds that the networks are trained from."""
        return len({run.seed for run in self.experiment.runs})


def compare(address: Address) -> Comparison | None:
    """What the page's controls ask for; None, with a message on the page, while there is nothing to train."""
    with st.sidebar:
        st.markdown("#### Data")
        data, table = _data(address)
        st.markdown("#### Compare")
        factor = FACTORS[controls.ask(address, SETTINGS["compare"])]
        asked = {"compare": factor.field, factor.several: controls.several(address, factor)}
        asked |= _ask(address, "seeds")
        asked |= _ask(address, "redraw", disabled=asked["seeds"] == 1)
        st.markdown("#### Networks")
        asked |= _ask(address, "layers")
        none_hidden = asked["layers"] == 0
        asked |= _ask(address, "units", disabled=none_hidden)
        asked |= _single(address, factor, "activation", disabled=none_hidden)
        asked |= _single(address, factor, "initializer")
        st.markdown("#### Training")
        asked |= _single(address, factor, "optimizer") | _single(address, factor, "learning_rate")
        asked |= _single(address, factor, "l2")
        for key in ("loss", "epochs", "batch_size", "seed"):
            asked |= _ask(address, key)
    held = opened.held_experiment(asked | (data or {}), table)
    if held:
        return Comparison(held, factor_of(held), is_opened=True)
    if not asked[factor.several]:
        st.info(_NOTHING.format(noun=factor.noun))
        return None
    if data is None:
        st.info(NONE_YET)
        return None
    if asked.get("activation", "") is None:  # what is wrong stands beside it
        return None
    try:
        return Comparison(experiment_for(asked | data, table), factor)
    except ValueError as error:
        st.error(f"These settings cannot be trained: {plain(error)}.")
        return None


def seed_to_show(address: Address, asked: Comparison | None) -> int:
    """Which of the seeds of each network, counted from 0, the pictures show; keeps `choose_seed` in the address."""
    if asked is None:
        address.later(_SEED.key, 0, read_by(int))
        return 0
    seeds = _seeds(asked.experiment)
    if st.session_state.get(_SEED.key) not in seeds:  # they have changed
        st.session_state.pop(_SEED.key, None)
    address.later(_SEED.key, seeds[0], _SEED.parse(seeds))
    return seeds.index(st.session_state[_SEED.key])


def choose_seed(experiment: Experiment) -> None:
    """The control for it, if there is something to choose."""
    seeds = _seeds(experiment)
    if len(seeds) > 1:
        st.segmented_control(_SEED.label, seeds, key=_SEED.key, required=True)


def train_on(asked: Comparison, history: History) -> None:
    """A button for more epochs, which go on from those that are trained; not for a training that was stopped."""
    trained = history.experiment.epochs
    further = next((epochs for epochs in EPOCHS if epochs > trained), None)
    if further and history.epochs[-1] == trained:
        label = f"Train on, to {further} epochs"
        st.button(
            label, key="train on", icon=":material/resume:", on_click=_set_epochs, args=[asked, further]
        )  # fmt: skip


def _set_epochs(asked: Comparison, epochs: int) -> None:
    if asked.is_opened:
        opened.change_to(replace(asked.experiment, epochs=epochs))
    else:
        st.session_state["epochs"] = epochs


def logarithmic(address: Address) -> bool:
    """The control that gives the loss curves a logarithmic scale, and whether they have one."""
    with st.sidebar:
        return controls.ask(address, SETTINGS["log"])


def _seeds(experiment: Experiment) -> list[int]:
    return list(dict.fromkeys(run.seed for run in experiment.runs))


def _data(address: Address) -> tuple[dict[str, object] | None, Table | None]:
    """The settings of the data, and own data; None and a message while there are no data."""
    name = controls.ask(address, SETTINGS["dataset"], on_change=_forget_data_settings)
    if name != OWN:
        return {"dataset": name} | controls.made_data(address, name), None
    asked, table = own_data(address)
    return (None if table is None else {"dataset": name} | asked), table


def _forget_data_settings() -> None:
    """Another dataset starts from its own defaults, not from what suited the one before."""
    for key in OF_THE_DATA:
        st.session_state.pop(key, None)


def _ask(address: Address, key: str, **options) -> dict[str, object]:
    return {key: controls.ask(address, SETTINGS[key], **options)}


def _single(address: Address, factor: Factor, field: str, **options) -> dict[str, object]:
    """The single choice of a factor, unless it is the one that is compared."""
    if field == factor.field:
        return {}
    if field == "learning_rate" and factor.field != "optimizer":
        own, none = OPTIMIZERS[st.session_state["optimizer"]].learning_rate, FACTORS[field].none
        options["format_func"] = lambda rate: f"{none} ({exact(own)})" if rate is None else exact(rate)
    return {field: controls.single(address, FACTORS[field], **options)}
