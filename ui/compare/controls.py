"""The Compare page's controls, and the experiment that they ask for."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from core import DATASETS, OPTIMIZERS, DatasetSpec, Experiment, History, Run
from core.data.datasets import OWN
from core.limits import BATCH_SIZE
from ui.compare.own_data import NONE_YET, own_data
from ui.shell import controls
from ui.shell.address import Address, one_of, read_by, switch, texts
from ui.shell.controls import FULL_BATCH
from ui.shell.factors import DEFAULT_ACTIVATIONS, FACTORS, OWN_RATE, Factor, activation_of_layers, number, text_of
from ui.shell.plain import plain

_NOTHING = "Choose at least one {noun} to see a network: the list is in the sidebar, under *Compare*."
MOST_COMPARED = 40  # networks, each of which is drawn; there are 27 activations
_SEED = "shown_seed"  # key of its control
_DATA_SETTINGS = ("noise", "samples", "classes", "view")


@dataclass(frozen=True)
class Comparison:
    experiment: Experiment
    factor: Factor

    @property
    def seeds(self) -> int:
        """Of each network."""
        return len({run.seed for run in self.experiment.runs})


def compare(address: Address) -> Comparison | None:
    """What the page's controls ask for; None, with a message on the page, while there is nothing to train."""
    with st.sidebar:
        st.markdown("#### Data")
        data = _data(address)
        st.markdown("#### Compare")
        factor = FACTORS[
            controls.select(address, "Networks differ in", "compare", list(FACTORS), "activation", format_func=_noun)
        ]
        choices = {factor.field: controls.several(address, factor)}
        choices["seeds"] = controls.seeds(address)
        st.markdown("#### Networks")
        choices["hidden"] = controls.hidden(address)
        choices |= _single(address, factor, "activation", disabled=not choices["hidden"])
        choices |= _single(address, factor, "initializer")
        st.markdown("#### Training")
        choices |= _single(address, factor, "optimizer") | _single(address, factor, "learning_rate")
        choices |= _single(address, factor, "l2")
        choices["loss"] = controls.loss(address)
        choices["epochs"] = controls.epochs(address)
        choices["batch_size"] = controls.batch_size(address)
        choices["seed"] = controls.seed(address)
    if not choices[factor.field]:
        st.info(_NOTHING.format(noun=factor.noun))
        return None
    if data is None:
        st.info(NONE_YET)
        return None
    if choices["activation"] is None:  # what is wrong stands beside it
        return None
    try:
        return Comparison(experiment(data, factor, choices), factor)
    except ValueError as error:
        st.error(f"These settings cannot be trained: {plain(error)}.")
        return None


def seed_to_show(address: Address, asked: Comparison | None) -> int:
    """Which of the seeds of each network, counted from 0, the pictures show; keeps `choose_seed` in the address."""
    if asked is None:
        address.later(_SEED, 0, read_by(int))
        return 0
    seeds = _seeds(asked.experiment)
    if st.session_state.get(_SEED) not in seeds:  # they have changed
        st.session_state.pop(_SEED, None)
    address.later(_SEED, seeds[0], one_of("seed", seeds))
    return seeds.index(st.session_state[_SEED])


def choose_seed(experiment: Experiment) -> None:
    """The control for it, if there is something to choose."""
    seeds = _seeds(experiment)
    if len(seeds) > 1:
        st.segmented_control("Initial weights shown: seed", seeds, key=_SEED, required=True)


def train_on(history: History) -> None:
    """A button for more epochs, which go on from those that are trained; not for a training that was stopped."""
    trained = history.experiment.epochs
    further = next((epochs for epochs in controls.EPOCHS if epochs > trained), None)
    if further and history.epochs[-1] == trained:
        label = f"Train on, to {further} epochs"
        st.button(label, key="train on", icon=":material/resume:", on_click=_set_epochs, args=[further])


def _set_epochs(epochs: int) -> None:
    st.session_state["epochs"] = epochs


def logarithmic(address: Address) -> bool:
    """Whether the loss curves have a logarithmic scale."""
    with st.sidebar, address.setting("log", False, switch("log")):
        return st.toggle("Logarithmic loss axis", key="log", help=controls.LOG_HELP)


def experiment(data: Mapping[str, object], factor: Factor, choices: Mapping[str, object]) -> Experiment:
    """The experiment of these choices: a list for the factor that is compared, one value for every other.

    `data` holds the fields of its `DatasetSpec` but the seed.  Raises `ValueError` for what cannot be trained.
    """
    seed, hidden = choices["seed"], choices["hidden"]
    if len(choices[factor.field]) > MOST_COMPARED:
        raise ValueError(
            f"{len(choices[factor.field])} networks are chosen, and at most {MOST_COMPARED} can be compared"
        )
    runs = []
    for value in choices[factor.field]:
        fields = {field: choices[field] for field in FACTORS} | {factor.field: value}
        fields["activation"] = activation_of_layers(fields["activation"], len(hidden))
        if fields["learning_rate"] == OWN_RATE:
            fields["learning_rate"] = None
        runs += [Run(**fields, seed=seed + repeat) for repeat in range(choices["seeds"])]
    return Experiment(
        dataset=DatasetSpec(**data, seed=seed),
        runs=tuple(dict.fromkeys(runs)),
        hidden=hidden,
        epochs=choices["epochs"],
        batch_size=BATCH_SIZE[1] if choices["batch_size"] == FULL_BATCH else choices["batch_size"],
        loss=choices["loss"],
        seed=seed,
    )


def settings_for(wanted: Experiment) -> dict[str, object]:
    """The settings, by the keys of their controls, that ask for this experiment; own data are left out.

    Raises `ValueError` if there are none: a comparison is of one factor, and not everything has a control.
    """
    first = wanted.runs[0]
    differing = [field for field in FACTORS if len({getattr(run, field) for run in wanted.runs}) > 1]
    if len(differing) > 1:
        raise ValueError(f"its networks differ in {' and '.join(differing)}, and this page compares one of them")
    factor = FACTORS[differing[0] if differing else "activation"]
    choices = {field: _choice(first, field) for field in FACTORS}
    choices[factor.field] = list(dict.fromkeys(_choice(run, factor.field) for run in wanted.runs))
    choices["seeds"] = len({run.seed for run in wanted.runs})
    full = wanted.batch_size == BATCH_SIZE[1]
    choices |= {
        "hidden": wanted.hidden[:1] * len(wanted.hidden),  # the controls make all alike
        "loss": wanted.loss,
        "epochs": wanted.epochs,
        "batch_size": FULL_BATCH if full else wanted.batch_size,
        "seed": wanted.seed,
    }
    spec = wanted.dataset
    data = {field: getattr(spec, field) for field in _DATA_SETTINGS}
    if experiment(data | {"name": spec.name, "table": spec.table}, factor, choices) != wanted:
        raise ValueError("it has settings that this page has no control for")
    hidden, compared = choices.pop("hidden"), choices.pop(factor.field)
    settings = {"dataset": spec.name, "compare": factor.field, factor.several: compared} | choices | data
    settings |= {"layers": len(hidden)} | ({"units": hidden[0]} if hidden else {})
    return {key: value for key, value in settings.items() if value is not None}


def unusual(settings: Mapping[str, object]) -> dict[str, object]:
    """Those of the settings that differ from this page's defaults, as its address has them."""
    dataset = settings.get("dataset", "moons")
    usual = settings_for(Experiment(DatasetSpec(dataset), tuple(Run(name) for name in DEFAULT_ACTIVATIONS)))
    usual |= {factor.field: factor.single for factor in FACTORS.values()}
    usual |= {factor.several: list(factor.compared) for factor in FACTORS.values()} | {"dataset": "moons"}
    return {key: value for key, value in settings.items() if key not in usual or texts(value) != texts(usual[key])}


def _seeds(experiment: Experiment) -> list[int]:
    return list(dict.fromkeys(run.seed for run in experiment.runs))


def _choice(run: Run, field: str) -> object:
    value = getattr(run, field)
    if field == "activation":
        return text_of(value)
    return OWN_RATE if value is None else value


def _data(address: Address) -> dict[str, object] | None:
    """The fields of a `DatasetSpec` but its seed; None, with a message, while there are no data."""
    names = [*DATASETS, OWN]
    with address.setting("dataset", "moons", one_of("dataset", names)):
        name = st.selectbox("Dataset", names, key="dataset", on_change=_forget_data_settings, format_func=_data_label)
    fields = own_data(address) if name == OWN else controls.made_data(address, name)
    return None if fields is None else {"name": name} | fields


def _forget_data_settings() -> None:
    """Another dataset starts from its own defaults, not from what suited the one before."""
    for key in _DATA_SETTINGS:
        st.session_state.pop(key, None)


def _single(address: Address, factor: Factor, field: str, **settings) -> dict[str, object]:
    """The single choice of a factor, unless it is the one that is compared."""
    if field == factor.field:
        return {}
    if field == "learning_rate" and factor.field != "optimizer":
        own = OPTIMIZERS[st.session_state["optimizer"]].learning_rate
        settings["format_func"] = lambda rate: f"{OWN_RATE} ({own:g})" if rate == OWN_RATE else number(rate)
    return {field: controls.single(address, FACTORS[field], **settings)}


def _noun(field: str) -> str:
    return FACTORS[field].noun


def _data_label(name: str) -> str:
    return "own data (CSV)" if name == OWN else name
