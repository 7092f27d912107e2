"""Groups of widgets.  Each shows its controls, keeps them in the page's address, and returns plain values.

A widget's key is the name of its setting in the address and, where there is one, in core.
"""

import streamlit as st

from core import DATASETS, LOSSES, DatasetSpec
from core.data.datasets import VIEWS
from core.limits import LAYERS, UNITS
from ui.shell.address import Address, between, one_of, read_by, some_of
from ui.shell.factors import Factor, layer_activations, number
from ui.shell.plain import plain

FULL_BATCH = "full"
SAMPLES = [50, 100, 200, 400, 1000, 2000, 5000]
EPOCHS = [1, 3, 10, 30, 60, 100, 200, 500, 1000, 2000]
BATCH_SIZES = [4, 8, 16, 32, 64, 128, FULL_BATCH]
GREATEST_NOISE = 1.0
GREATEST_SEED = 9999
MOST_SEEDS = 10
NOISE_HELP = "Standard deviation of the jitter of every coordinate."
SAMPLES_HELP = f"Training and test samples together; {100 * DatasetSpec().test_share:.0f} % are kept for the test."
VIEW_HELP = (
    "pca2: the first two principal components, so that the picture is exact. "
    "all: every feature, standardised; the picture is then a slice through the data's mean."
)
LAYERS_HELP = "Layers between the inputs and the output. Without any, no activation function is used."
UNITS_HELP = "Neurons in each hidden layer."
LOSS_HELP = "What the training makes small."
EPOCHS_HELP = "In one epoch, every training sample is used once."
BATCH_HELP = "Samples that each step is computed from; full is the whole training part, one step an epoch."
SEED_HELP = "Draws the samples, their split, the initial weights and the order of the minibatches."
SEEDS_HELP = (
    "How many initial weights each network is trained from. With several, the curves show their median and their "
    "range, and you see how much of a difference is luck."
)
LOG_HELP = "Shows losses of very different size in one picture."


def made_data(address: Address, name: str) -> dict[str, object]:
    """The fields of a `DatasetSpec` for a dataset of the registry; only the controls that apply to it are shown."""
    kind = DATASETS[name]
    st.caption(kind.note)
    fields: dict[str, object] = {}
    if kind.made:
        with address.setting("noise", kind.noise, between("noise", 0.0, GREATEST_NOISE)):
            fields["noise"] = st.slider("Noise", 0.0, GREATEST_NOISE, step=0.05, key="noise", help=NOISE_HELP)
        fields["samples"] = slide(address, "Samples", "samples", SAMPLES, kind.samples, help=SAMPLES_HELP)
    else:
        fields["view"] = view(address)
    if kind.classes:
        fields["classes"] = select(address, "Classes", "classes", sorted(kind.classes), kind.classes[0])
    return fields


def view(address: Address) -> str:
    return select(address, "What the networks see", "view", list(VIEWS), VIEWS[0], help=VIEW_HELP)


def hidden(address: Address) -> tuple[int, ...]:
    """Units of each hidden layer."""
    with address.setting("layers", 2, between("layers", *LAYERS)):
        layers = st.slider("Hidden layers", *LAYERS, key="layers", help=LAYERS_HELP)
    with address.setting("units", 16, between("units", *UNITS)):
        units = st.slider("Units in each", *UNITS, key="units", disabled=layers == 0, help=UNITS_HELP)
    return (units,) * layers


def loss(address: Address) -> str:
    return select(address, "Loss", "loss", list(LOSSES), "cross_entropy", help=LOSS_HELP)


def epochs(address: Address) -> int:
    return slide(address, "Epochs", "epochs", EPOCHS, 60, help=EPOCHS_HELP)


def batch_size(address: Address) -> int | str:
    return slide(address, "Batch size", "batch_size", BATCH_SIZES, 32, help=BATCH_HELP)


def seed(address: Address) -> int:
    with address.setting("seed", 0, between("seed", 0, GREATEST_SEED)):
        return st.number_input("Seed", 0, GREATEST_SEED, key="seed", help=SEED_HELP)


def seeds(address: Address) -> int:
    with address.setting("seeds", 1, between("seeds", 1, MOST_SEEDS)):
        return st.slider("Seeds for each network", 1, MOST_SEEDS, key="seeds", help=SEEDS_HELP)


def single(address: Address, factor: Factor, **settings):
    """One choice of a factor."""
    options = [*factor.alone, *factor.choices]
    if factor.free:
        return _free(address, factor, st.selectbox, factor.label, factor.field, factor.single, **settings)
    settings = {"help": factor.help, "format_func": number} | settings
    if isinstance(factor.choices[0], float):
        return slide(address, factor.label, factor.field, options, factor.single, **settings)
    return select(address, factor.label, factor.field, options, factor.single, **settings)


def several(address: Address, factor: Factor) -> list:
    """The choices of the factor that is compared."""
    label, default = f"{factor.label}: which to compare", list(factor.compared)
    if factor.free:
        return _free(address, factor, st.multiselect, label, factor.several, default)
    with address.setting(factor.several, default, some_of(one_of(factor.noun, factor.choices))):
        return st.multiselect(
            label, factor.choices, key=factor.several, help=factor.help, format_func=number, select_all=False
        )


def _free(address: Address, factor: Factor, widget, label: str, key: str, default: object, **settings):
    """A choice, or several, among which may be new combinations.  What cannot be read is named and left out: of one
    choice, None remains."""
    parse = read_by(layer_activations)
    with address.setting(key, default, some_of(parse) if isinstance(default, list) else parse):
        options = list(factor.choices)
        chosen = widget(label, options, key=key, help=factor.help, accept_new_options=True, **settings)
    if not isinstance(default, list):
        return _readable([chosen or default])
    return [text for item in chosen if (text := _readable([item]))]


def _readable(items: list[str]) -> str | None:
    try:
        return layer_activations(*items)
    except ValueError as error:
        st.warning(f"This cannot be read: {plain(error)}.")
        return None


def select(address: Address, label: str, key: str, options: list, default: object, **settings):
    with address.setting(key, default, one_of(key, options)):
        return st.selectbox(label, options, key=key, **settings)


def slide(address: Address, label: str, key: str, options: list, default: object, **settings):
    with address.setting(key, default, one_of(label.lower(), options)):
        return st.select_slider(label, options, key=key, **settings)
