"""Groups of widgets.  Each shows its controls, keeps them in the page's address, and returns a value of core.

A widget's key is the name of its setting in the address and, where there is one, in core.
"""

import streamlit as st

from core import ACTIVATIONS, DATASETS, INITIALIZERS, OPTIMIZERS, DatasetSpec, Experiment, Run
from core.datasets import VIEWS
from core.initializers import AUTO
from core.limits import BATCH_SIZE, LAYERS, UNITS
from ui.address import Address, between, one_of, some_of, switch

DEFAULT_ACTIVATIONS = ["identity", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "selu", "gelu"]
OPTIMIZERS_OWN = "default"
FULL_BATCH = "full"
SAMPLES = [50, 100, 200, 400, 1000, 2000, 5000]
LEARNING_RATES = [OPTIMIZERS_OWN, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 100.0]
EPOCHS = [1, 3, 10, 30, 60, 100, 200, 500, 1000, 2000]
BATCH_SIZES = [4, 8, 16, 32, 64, 128, FULL_BATCH]
GREATEST_NOISE = 1.0
GREATEST_SEED = 9999
NOISE_HELP = "Standard deviation of the jitter of every coordinate."
SAMPLES_HELP = f"Training and test samples together; {100 * DatasetSpec().test_share:.0f} % are kept for the test."
VIEW_HELP = (
    "pca2: the first two principal components, so that the picture is exact. "
    "all: every feature, standardised; the picture is then a slice through the data's mean."
)
INITIALIZER_HELP = (
    "auto takes what suits each activation: He for the ReLU family and its smooth kin, "
    "Xavier for sigmoid, tanh and their like, LeCun for selu."
)
LAYERS_HELP = "Layers between the inputs and the output. Without any, no activation function is used."
UNITS_HELP = "Neurons in each hidden layer."
OPTIMIZER_HELP = "How the gradient becomes a change of the weights."
RATE_HELP = "The size of the steps; the default is one that suits the optimizer on these small problems."
EPOCHS_HELP = "In one epoch, every training sample is used once."
BATCH_HELP = "Samples that each step is computed from; full is the whole training part, one step an epoch."
LOG_HELP = "Shows losses of very different size in one picture."
SEED_HELP = "Draws the samples, their split, the initial weights and the order of the minibatches."


def compare_activations(address: Address) -> Experiment | None:
    """Everything that the Compare page asks for; None, with a message on the page, while there is nothing to train."""
    with st.sidebar:
        st.markdown("#### Data")
        data = _data(address)
        st.markdown("#### Networks")
        activations = _activations(address)
        hidden = _hidden(address)
        initializer = _select(
            address, "Initial weights", "initializer", [AUTO, *INITIALIZERS], AUTO, help=INITIALIZER_HELP
        )
        st.markdown("#### Training")
        optimizer = _select(address, "Optimizer", "optimizer", list(OPTIMIZERS), "adam", help=OPTIMIZER_HELP)
        st.caption(OPTIMIZERS[optimizer].note)
        rate = _learning_rate(address, optimizer)
        epochs = _slide(address, "Epochs", "epochs", EPOCHS, 60, help=EPOCHS_HELP)
        batch = _slide(address, "Batch size", "batch_size", BATCH_SIZES, 32, help=BATCH_HELP)
        with address.setting("seed", 0, between("seed", 0, GREATEST_SEED)):
            seed = st.number_input("Seed", 0, GREATEST_SEED, key="seed", help=SEED_HELP)
    if not activations:
        st.info("Choose at least one activation to see a network: the list is in the sidebar, under *Networks*.")
        return None
    try:
        return Experiment(
            dataset=DatasetSpec(**data, seed=seed),
            runs=tuple(Run(name, optimizer, rate, initializer, seed=seed) for name in activations),
            hidden=hidden,
            epochs=epochs,
            batch_size=BATCH_SIZE[1] if batch == FULL_BATCH else batch,
            seed=seed,
        )
    except ValueError as error:
        st.error(f"These settings cannot be trained: {error}.")
        return None


def logarithmic(address: Address) -> bool:
    """Whether the loss curves have a logarithmic scale."""
    with st.sidebar, address.setting("log", False, switch("log")):
        return st.toggle("Logarithmic loss axis", key="log", help=LOG_HELP)


def _data(address: Address) -> dict[str, object]:
    """The fields of a `DatasetSpec` but its seed; only the controls that apply to the dataset are shown."""
    name = _select(address, "Dataset", "dataset", list(DATASETS), "moons", on_change=_forget_data_settings)
    kind = DATASETS[name]
    st.caption(kind.note)
    fields: dict[str, object] = {"name": name}
    if kind.made:
        with address.setting("noise", kind.noise, between("noise", 0.0, GREATEST_NOISE)):
            fields["noise"] = st.slider("Noise", 0.0, GREATEST_NOISE, step=0.05, key="noise", help=NOISE_HELP)
        fields["samples"] = _slide(address, "Samples", "samples", SAMPLES, kind.samples, help=SAMPLES_HELP)
    else:
        fields["view"] = _select(address, "What the networks see", "view", list(VIEWS), VIEWS[0], help=VIEW_HELP)
    if kind.classes:
        fields["classes"] = _select(address, "Classes", "classes", sorted(kind.classes), kind.classes[0])
    return fields


def _forget_data_settings() -> None:
    """Another dataset starts from its own defaults, not from what suited the one before."""
    for key in ("noise", "samples", "classes", "view"):
        st.session_state.pop(key, None)


def _activations(address: Address) -> list[str]:
    with address.setting("activations", DEFAULT_ACTIVATIONS, some_of("activation", ACTIVATIONS)):
        return st.multiselect("Activations to compare", list(ACTIVATIONS), key="activations")


def _hidden(address: Address) -> tuple[int, ...]:
    with address.setting("layers", 2, between("layers", *LAYERS)):
        layers = st.slider("Hidden layers", *LAYERS, key="layers", help=LAYERS_HELP)
    with address.setting("units", 16, between("units", *UNITS)):
        units = st.slider("Units in each", *UNITS, key="units", disabled=layers == 0, help=UNITS_HELP)
    return (units,) * layers


def _learning_rate(address: Address, optimizer: str) -> float | None:
    own = f"{OPTIMIZERS_OWN} ({OPTIMIZERS[optimizer].learning_rate:g})"
    rate = _slide(
        address, "Learning rate", "learning_rate", LEARNING_RATES, OPTIMIZERS_OWN, help=RATE_HELP,
        format_func=lambda rate: own if rate == OPTIMIZERS_OWN else f"{rate:g}",
    )  # fmt: skip
    return None if rate == OPTIMIZERS_OWN else rate


def _select(address: Address, label: str, key: str, options: list, default: object, **settings):
    with address.setting(key, default, one_of(key, options)):
        return st.selectbox(label, options, key=key, **settings)


def _slide(address: Address, label: str, key: str, options: list, default: object, **settings):
    with address.setting(key, default, one_of(label.lower(), options)):
        return st.select_slider(label, options, key=key, **settings)
