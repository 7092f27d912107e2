"""The Compare page's controls, and the experiment that they ask for."""

from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from core import Experiment, History
from core.data.datasets import OWN
from core.data.kinds import BY_FORMULA
from core.nn.rate_schedules import CONSTANT
from ui.compare import opened
from ui.compare.own_data import own_data, say_what_is_missing
from ui.compare.own_points import own_points
from ui.shell import controls
from ui.shell.address import Address
from ui.shell.conversion import experiment_for
from ui.shell.factors import BRANCH, COMPARABLE, FACTORS, Factor
from ui.shell.fixed import any_shown, control, folded, group, is_fixed
from ui.shell.labels import DRAWN
from ui.shell.language import N_, _, said
from ui.shell.plain import plain
from ui.shell.readers import read_by
from ui.shell.settings import EPOCHS, OF_THE_DATA, OF_THE_INPUTS, SETTINGS, factor_of

_NOTHING = {
    "activation": N_("Choose at least one activation function in the sidebar to see a network."),
    "optimizer": N_("Choose at least one optimizer in the sidebar to see a network."),
    "learning_rate": N_("Choose at least one learning rate in the sidebar to see a network."),
    "initializer": N_("Choose at least one kind of initial weights in the sidebar to see a network."),
    "l2": N_("Choose at least one L2 penalty in the sidebar to see a network."),
    "dropout": N_("Choose at least one dropout rate in the sidebar to see a network."),
    "schedule": N_("Choose at least one learning rate schedule in the sidebar to see a network."),
    "l1": N_("Choose at least one L1 penalty in the sidebar to see a network."),
}
_NO_CHANGE = N_(
    "**The branch changes nothing yet, so you see one network.** Choose a new activation function, a new optimizer or "
    "a new learning rate in the sidebar."
)
_NO_EPOCH = N_("**No epoch follows the branch, so you see one network.** Choose more epochs, or an earlier branch.")
_OWN_DATA = {OWN: own_data, DRAWN: own_points}
_SEED = SETTINGS["shown_seed"]
DATA_SETTINGS, MORE_SETTINGS = "data settings", "more settings"  # keys of the folded boxes
_CHANGED = N_("**Changed below:** {names}")  # or else a folded setting would be a surprise
_OF_SEEDS, _OF_NETWORK = N_("**Seeds**"), N_("**Network**")
_OF_TRAINING, _OF_PENALTIES = N_("**Training**"), N_("**Regularisation**")
_GROUPS = {
    _OF_SEEDS: ("seeds", "redraw", "seed"),
    _OF_NETWORK: ("units", "initializer"),
    _OF_TRAINING: ("optimizer", "learning_rate", "schedule", "schedule_epochs", "batch_size", "loss"),
    _OF_PENALTIES: ("l2", "l1", "dropout"),
}


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
    place = st.container()
    with st.sidebar:
        factor = COMPARABLE[controls.ask(address, SETTINGS["compare"])]
        asked, of_branch = {"compare": factor.field}, st.container()
        if factor is not BRANCH:
            asked[factor.several] = controls.several(address, factor)
        dataset = controls.ask(address, SETTINGS["dataset"], on_change=_forget_data_settings)
        data, table = _OWN_DATA[dataset](address, place) if dataset in _OWN_DATA else ({}, None)
        formula = {"formula": controls.condition(address)} if dataset == BY_FORMULA else {}
        asked |= _ask(address, "layers")
        none_hidden = asked["layers"] == 0
        asked |= _single(address, factor, "activation", disabled=none_hidden) | _ask(address, "epochs")
        if factor is BRANCH:
            with of_branch:
                asked |= controls.branch(address, asked["epochs"], disabled=none_hidden)
        in_sight, changed = set(address.settings), st.empty()
        with folded(_("Data settings"), (*OF_THE_DATA, *OF_THE_INPUTS), DATA_SETTINGS):
            if dataset not in _OWN_DATA:
                data = controls.made_data(address, dataset) | formula
            has_two = data.get("view") != "all" and (table is None or len(table.feature_names) > 1)
            data |= controls.inputs(address, has_two, table is None or table.has_test_part)
        with folded(_("More settings"), [key for keys in _GROUPS.values() for key in keys], MORE_SETTINGS):
            asked |= _more(address, factor, none_hidden)
        if more := [_(SETTINGS[key].label) for key in address.settings if key not in in_sight and any_shown([key])]:
            changed.markdown(_(_CHANGED, names=", ".join(more)))
    held = opened.held_experiment(address, asked | data | {"dataset": dataset}, table)
    if held:
        return Comparison(held, factor_of(held), is_opened=True)
    if factor is not BRANCH and not asked[factor.several]:
        st.info(_(_NOTHING[factor.field]))
        return None
    if dataset in _OWN_DATA and table is None:
        if dataset == OWN:  # a canvas says itself what it lacks
            say_what_is_missing()
        return None
    typed = asked.get("activation", ""), asked["units"], data.get("formula", "")
    if None in typed:  # what is wrong stands beside it
        return None
    try:
        experiment = experiment_for(asked | data | {"dataset": dataset}, table)
    except ValueError as error:
        st.error(_("These settings cannot be trained: {error}.", error=plain(said(error))))
        return None
    if factor is BRANCH and experiment.branch_epoch is None:
        st.info(_(_NO_EPOCH if asked["branch_epoch"] == experiment.epochs else _NO_CHANGE))
    return Comparison(experiment, factor)


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
        control(st.segmented_control, _(_SEED.label), seeds, key=_SEED.key, required=True)


def train_on(asked: Comparison, history: History) -> None:
    """A button for more epochs, which go on from those that are trained; not for a training that was stopped, nor where
    all learning rates are 0 by then."""
    trained = history.experiment.epochs
    further = next((epochs for epochs in EPOCHS if epochs > trained), None)
    if further and history.epochs[-1] == trained and any(history.experiment.rates(trained)) and not is_fixed("epochs"):
        label = _("Continue to {epochs} epochs", epochs=further)
        st.button(
            label, key="train on", icon=":material/resume:", on_click=_set_epochs, args=[asked, further]
        )  # fmt: skip


def _set_epochs(asked: Comparison, epochs: int) -> None:
    if asked.is_opened:
        opened.change_to(replace(asked.experiment, epochs=epochs))
    else:
        st.session_state["epochs"] = epochs
        if asked.experiment.schedule_epochs and not is_fixed(
            "schedule_epochs"
        ):  # else it would be another schedule, and begin anew
            st.session_state["schedule_epochs"] = asked.experiment.schedule_epochs


def _seeds(experiment: Experiment) -> list[int]:
    return list(dict.fromkeys(run.seed for run in experiment.runs))


def _more(address: Address, factor: Factor, none_hidden: bool) -> dict[str, object]:
    """The settings that are rarely changed, in short groups."""
    group(_(_OF_SEEDS), *_GROUPS[_OF_SEEDS])
    asked = _ask(address, "seeds")
    asked |= _ask(address, "redraw", disabled=asked["seeds"] == 1) | _ask(address, "seed")
    group(_(_OF_NETWORK), *_GROUPS[_OF_NETWORK])
    asked |= {"units": controls.units(address, disabled=none_hidden)} | _single(address, factor, "initializer")
    group(_(_OF_TRAINING), *_GROUPS[_OF_TRAINING])
    for field in ("optimizer", "learning_rate", "schedule"):
        asked |= _single(address, factor, field)
    asked |= _ask(address, "schedule_epochs", disabled=asked.get("schedule") == CONSTANT)
    asked |= _ask(address, "batch_size") | _ask(address, "loss")
    group(_(_OF_PENALTIES), *_GROUPS[_OF_PENALTIES])
    asked |= _single(address, factor, "l2") | _single(address, factor, "l1")
    return asked | _single(address, factor, "dropout", disabled=none_hidden)


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
        options["format_func"] = partial(controls.shown_rate, st.session_state["optimizer"])
    return {field: controls.single(address, FACTORS[field], **options)}
