"""What can be taken away from a comparison, and brought back."""

from concurrent.futures import BrokenExecutor, CancelledError
from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from core import Experiment, History
from core.export import core_code, not_in_torch, torch_code
from ui.compare import opened
from ui.compare.controls import Comparison
from ui.compare.own_table import LOST
from ui.jobs.workers import call
from ui.shell.address import Address
from ui.shell.copying import copy_button
from ui.shell.experiments import listed
from ui.shell.fixed import fixed
from ui.shell.labels import label
from ui.shell.language import N_, _, said, wrong_by
from ui.shell.plain import plain
from ui.shell.uploads import MEGABYTES, chosen, is_lost, say_if_missing

_FILE, _PROBLEM = "experiment file", "experiment problem"  # keys of the session's state
_COPY_LINK = N_("Copy link")
_NO_DATA_IN_THE_LINK = N_("Your own data are not in the link. The page asks for the file again.")
_NO_TORCH = N_(
    "There is no PyTorch script for this comparison, because PyTorch does not have {lacking}. The Python script trains "
    "the same networks with this project's own code."
)
_ONE_SEED = N_(
    "There is no PyTorch script where each seed draws everything again. Choose one seed, or let the seeds draw only "
    "the initial weights."
)
_NO_BRANCHES = N_(
    "There is no PyTorch script for networks that change during the training. The Python script trains the same "
    "networks with this project's own code."
)
_CANNOT_BE_OPENED = N_("This experiment cannot be opened: {problem}.")
_LABELS = {
    "figures": N_("Results (CSV)"),
    "experiment": N_("Experiment (JSON)"),
    "core": N_("Python"),
    "torch": N_("PyTorch"),
}
_HELP = {
    "figures": N_("A table with every recorded epoch of every network."),
    "experiment": N_("All settings. You can open the file again in the sidebar, or with `Experiment.from_json`."),
    "core": N_("A script that trains the same networks with this project's own code and gives the same figures."),
    "torch": N_(
        "A script that trains the same networks in PyTorch: same data, same initial weights, same minibatches."
    ),
}


def show_exports(history: History) -> None:
    """A row of downloads.  Figures and scripts are of what is shown: of a training that was stopped, its epochs so
    far."""
    experiment = replace(history.experiment, epochs=int(history.epochs[-1]))
    name, why_no_torch = f"activation-lab-{experiment.dataset.name}", _why_no_torch(experiment)
    with st.container(horizontal=True):
        _download("figures", lambda: history.to_frame().to_csv(index=False), f"{name}.csv", "text/csv")
        _download("experiment", history.experiment.to_json, "experiment.json", "application/json")
        _download("core", lambda: core_code(experiment), f"{name}.py", "text/x-python")
        if not why_no_torch:
            _download("torch", lambda: torch_code(experiment), f"{name}-torch.py", "text/x-python")
    if why_no_torch:
        st.caption(why_no_torch)


def copy_link(address: Address, asked: Comparison) -> None:
    """A button that copies the page's address, and what is not in it."""
    copy_button(_(_COPY_LINK), link(address), key="copy link", apart=address.keys_apart)
    if asked.is_opened:
        st.caption(_(opened.NOT_IN_THE_LINK))
    if asked.experiment.dataset.table and "points" not in address.settings:
        st.caption(_(_NO_DATA_IN_THE_LINK))


def link(address: Address) -> str:
    """The page's address with all settings that are not at their default."""
    query = urlencode(address.query, doseq=True)
    base = (st.context.url or "").rstrip("/") + "/"
    return f"{base}?{query}" if query else base


def open_experiment() -> None:
    """A place for an experiment's JSON, which sets all controls, unless a link hides or locks some; what they cannot
    say is trained as it is."""
    if fixed().named:
        return
    with st.expander(_("Open an experiment"), expanded=is_lost(_FILE)):
        st.file_uploader(_(_LABELS["experiment"]), "json", key=_FILE, on_change=_open, max_upload_size=MEGABYTES)
        say_if_missing(_FILE)
        if problem := st.session_state.get(_PROBLEM):
            st.error(_(_CANNOT_BE_OPENED, problem=plain(said(problem))))


def _open() -> None:
    st.session_state.pop(_PROBLEM, None)
    file = chosen(_FILE)
    if file is None:
        return
    try:
        opened.open_experiment(call(Experiment.from_json, file.getvalue()))  # a large one takes a while
    except (BrokenExecutor, CancelledError):
        st.session_state[_PROBLEM] = LOST
    except ValueError as error:
        st.session_state[_PROBLEM] = wrong_by(error)


def _why_no_torch(experiment: Experiment) -> str | None:
    """Why there is no PyTorch script of an experiment; None if there is one."""
    if experiment.redraw != "weights" and len(experiment.runs_by_seed()) > 1:
        return _(_ONE_SEED)
    if experiment.branch_epoch is not None:
        return _(_NO_BRANCHES)
    if lacking := not_in_torch(experiment):
        return _(_NO_TORCH, lacking=listed(label(*each.split(" ", 1)) for each in lacking))
    return None


def _download(kind: str, content, name: str, mime: str) -> None:
    st.download_button(
        _(_LABELS[kind]), content, name, mime, key=f"download {kind}", help=_(_HELP[kind]),
        icon=":material/download:", on_click="ignore",
    )  # fmt: skip
