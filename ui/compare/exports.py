"""What can be taken away from a comparison, and brought back."""

from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from core import Experiment, History
from core.export import core_code, not_in_torch, torch_code
from ui.compare import opened
from ui.compare.controls import Comparison
from ui.shell.address import Address
from ui.shell.copying import copy_button
from ui.shell.language import _
from ui.shell.plain import plain

_FILE, _PROBLEM = "experiment file", "experiment problem"  # keys of the session's state
_NO_TORCH = (
    "There is no PyTorch script for this comparison, because PyTorch has no {lacking}. The Python script trains the "
    "same networks with this project's own code."
)
_ONE_SEED = (
    "There is no PyTorch script where each seed draws everything anew. Let the seeds draw the initial weights alone, "
    "or choose one seed."
)
_HELP = {
    "figures": "Every recorded epoch of every network, as a tidy table.",
    "experiment": "All settings. Open it again in the sidebar, or with Experiment.from_json.",
    "core": "A script that trains the same networks with this project's own code, to the same figures.",
    "torch": "A script that trains the same networks in PyTorch: same data, same initial weights, same minibatches.",
}


def show_exports(history: History) -> None:
    """A row of downloads.  Figures and scripts are of what is shown: of a training that was stopped, its epochs so
    far."""
    experiment = replace(history.experiment, epochs=int(history.epochs[-1]))
    is_one_script = experiment.redraw == "weights" or len(experiment.runs_by_seed()) == 1
    name, lacking = f"activation-lab-{experiment.dataset.name}", not_in_torch(experiment)
    with st.container(horizontal=True):
        _download("Figures (CSV)", "figures", lambda: history.to_frame().to_csv(index=False), f"{name}.csv", "text/csv")
        _download("Experiment (JSON)", "experiment", history.experiment.to_json, "experiment.json", "application/json")
        _download("Python", "core", lambda: core_code(experiment), f"{name}.py", "text/x-python")
        if is_one_script and not lacking:
            _download("PyTorch", "torch", lambda: torch_code(experiment), f"{name}-torch.py", "text/x-python")
    if not is_one_script:
        st.caption(_ONE_SEED)
    elif lacking:
        st.caption(_NO_TORCH.format(lacking=", no ".join(lacking)))


def copy_link(address: Address, asked: Comparison) -> None:
    """A button that copies the page's address, and what is not in it."""
    copy_button(_("Copy link"), link(address), key="copy link")
    if asked.is_opened:
        st.caption(_(opened.NOT_IN_THE_LINK))
    if asked.experiment.dataset.table:
        st.caption(_("Your own data are not in the link. The page asks for the file again."))


def link(address: Address) -> str:
    """The page's address with all settings that are not at their default."""
    query = urlencode(address.settings, doseq=True)
    base = (st.context.url or "").rstrip("/") + "/"
    return f"{base}?{query}" if query else base


def open_experiment() -> None:
    """A place for an experiment's JSON, which sets the controls; what they cannot say is trained as it is."""
    with st.expander("Open an experiment"):
        st.file_uploader("Experiment (JSON)", "json", key=_FILE, on_change=_open, max_upload_size=5)
        if problem := st.session_state.get(_PROBLEM):
            st.error(f"This experiment cannot be opened: {plain(problem)}.")


def _open() -> None:
    st.session_state.pop(_PROBLEM, None)
    file = st.session_state[_FILE]
    if file is None:
        return
    try:
        experiment = Experiment.from_json(file.getvalue().decode())
    except ValueError as error:
        st.session_state[_PROBLEM] = str(error)
        return
    opened.open_experiment(experiment)


def _download(label: str, kind: str, content, name: str, mime: str) -> None:
    st.download_button(
        label, content, name, mime, key=f"download {kind}", help=_HELP[kind], icon=":material/download:",
        on_click="ignore",
    )  # fmt: skip
