"""An experiment that was opened from a file, with settings that no control has: it is held, and trained as it is.

The controls show what they can, and stand at the nearest where they cannot.  As soon as one of them is changed, what
they say counts again, and the page says what was given up.  The experiment lives in the session, and is in no link.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from core import Experiment, Table
from core.analysis.repeats import runs_by_setting
from core.data.drawing import text_of_table
from ui.compare.own_data import put_own_data
from ui.shell.address import Address, go_to
from ui.shell.conversion import as_controls_say_it, is_in_settings, settings_for
from ui.shell.experiments import listed, nouns_of, share_seeds
from ui.shell.factors import COMPARABLE
from ui.shell.labels import setting_labels
from ui.shell.language import N_, _
from ui.shell.numbers import exact
from ui.shell.settings import MOST_COMPARED, MOST_SEEDS, differing, query

_HELD, _GIVEN_UP = "opened experiment", "opened experiment given up"  # keys of the session's state
_OPENED = "opened"  # in the address: that an experiment is held there
_AS_IT_IS = N_(
    "**This is the experiment that you opened, trained exactly as it is.** These settings have no control here: "
    "{facts}. They are not in the link. To share them, download *Experiment (JSON)* at the end of the page. If you "
    "change a control, they are lost."
)
_LEAVE = N_("Use the controls' settings instead")
_NOW_THE_CONTROLS = N_(
    "**The experiment that you opened is no longer shown.** These settings were removed: {facts}. The networks now "
    "have the settings of the controls."
)
_LOST = N_(
    "**An experiment that was opened here is no longer shown.** It had settings that the address cannot hold. The "
    "networks now have the settings of the controls. To see the experiment, open it again."
)
NOT_IN_THE_LINK = N_("The experiment that you opened has settings that the link cannot hold. Share its file instead.")
_DATA_SEED = N_("seed {seed} for the data")
_SEEDS = N_("initial weights of seed {seeds}")
_DTYPE = N_("numbers in {dtype}")
_DIFFER, _DIFFER_AS = N_("networks that differ in {nouns}"), N_("networks that differ in {nouns}: {networks}")
_BIAS = N_("initial bias {values}")
_BRANCHES = N_("networks that change after epoch {epoch}")
_BESIDE_DEFAULT = N_("the optimizer's default learning rate together with other learning rates")
_MANY = N_("{networks} networks to compare")
_OWN_LIST = N_("a list of networks that the controls cannot describe")


@dataclass
class _State:
    """`at` is where the controls stood when it began: their settings and own data; None until they were shown.  Of an
    experiment that another session held, no facts are known."""

    facts: str | None
    experiment: Experiment | None = None
    at: tuple[Mapping[str, object], Table | None] | None = None

    def still(self, settings: Mapping[str, object], table: Table | None) -> bool:
        """Whether the controls stand where they stood."""
        if self.at is None:
            self.at = settings, table
        return self.at == (settings, table)


def open_experiment(experiment: Experiment) -> None:
    """Sets all controls of the page as the experiment has it; for the callback of a widget.  Raises `ValueError`, and
    changes nothing, if the server has no room for its data."""
    if experiment.dataset.table and text_of_table(experiment.dataset.table) is None:
        put_own_data(experiment.dataset.table)
    go_to(address_of(experiment))


def address_of(experiment: Experiment) -> dict[str, list[str]]:
    """The address of Compare at which this experiment is shown; what no control can say of it is held until then."""
    settings = query(settings_for(_hold(experiment)))
    return settings | {_OPENED: ["True"]} if _HELD in st.session_state else settings


def link_to(experiment: Experiment) -> dict[str, list[str]] | None:
    """The address that says all of this experiment; None if there is none."""
    experiment = as_controls_say_it(experiment)
    return query(settings_for(experiment)) if is_in_settings(experiment) else None


def change_to(experiment: Experiment) -> None:
    """Another experiment in the place of the one that is held, on the same data; for the callback of a widget."""
    experiment = _hold(experiment)
    for key, value in settings_for(experiment).items():
        st.session_state[key] = value


def leave() -> None:
    """Gives up the experiment that is held, if one is; for the callback of a widget."""
    held = st.session_state.pop(_HELD, None)
    if held:
        st.session_state[_GIVEN_UP] = _State(held.facts)


def held_experiment(address: Address, settings: Mapping[str, object], table: Table | None) -> Experiment | None:
    """The experiment that is held while the controls stand at these settings and these own data, with a box about it.

    None, with a sentence if it was given up just now or another session held it here, where there is none.
    """
    held = st.session_state.get(_HELD)
    if held and not held.still(settings, table):
        leave()
        held = None
    if address.kept([_OPENED]) and not held and _GIVEN_UP not in st.session_state:
        st.session_state[_GIVEN_UP] = _State(None)
    address.keep(_OPENED, ["True"] if held else [])
    if held:
        with st.container(border=True):
            st.info(_(_AS_IT_IS, facts=held.facts), icon=":material/lock:")
            st.button(_(_LEAVE), key="leave opened", on_click=leave)
        return held.experiment
    given_up = st.session_state.get(_GIVEN_UP)
    if given_up and given_up.still(settings, table):
        st.info(_(_LOST) if given_up.facts is None else _(_NOW_THE_CONTROLS, facts=given_up.facts))
    else:
        st.session_state.pop(_GIVEN_UP, None)
    return None


def without_control(experiment: Experiment) -> list[str]:
    """What an experiment has that no control can say, in words."""
    spec = experiment.dataset
    fields, groups = differing(experiment), runs_by_setting(experiment)
    seeds = sorted({run.seed for run in experiment.runs})
    facts = {
        _(_DATA_SEED, seed=spec.seed): spec.seed != experiment.seed,
        _(_DTYPE, dtype=experiment.dtype): experiment.dtype != Experiment.dtype,
        _differ(experiment): len(fields) > 1 or not COMPARABLE.keys() >= set(fields),
        _(_BRANCHES, epoch=experiment.branch_epoch): experiment.branch_epoch is not None
        and (fields != ["branch"] or len(groups) > 2),
        _(_BIAS, values=_values(experiment, "bias")): any(run.bias for run in experiment.runs),
        _(_SEEDS, seeds=_values(experiment, "seed")): not share_seeds(experiment)
        or seeds != list(range(experiment.seed, experiment.seed + len(seeds)))
        or len(seeds) > MOST_SEEDS,
        _(_BESIDE_DEFAULT): "learning_rate" in fields and any(run.learning_rate is None for run in experiment.runs),
        _(_MANY, networks=len(groups)): len(groups) > MOST_COMPARED,
    }
    return [fact for fact, holds in facts.items() if holds] or [_(_OWN_LIST)]


def _hold(experiment: Experiment) -> Experiment:
    experiment = as_controls_say_it(experiment)
    st.session_state.pop(_GIVEN_UP, None)
    st.session_state.pop(_HELD, None)
    if not is_in_settings(experiment):
        st.session_state[_HELD] = _State("; ".join(without_control(experiment)), experiment)
    return experiment


def _differ(experiment: Experiment) -> str:
    nouns, names = nouns_of(experiment), setting_labels(experiment, is_whole=True)
    return _(_DIFFER, nouns=nouns) if len(names) > MOST_COMPARED else _(_DIFFER_AS, nouns=nouns, networks=listed(names))


def _values(experiment: Experiment, field: str) -> str:
    return listed(exact(value) for value in dict.fromkeys(getattr(run, field) for run in experiment.runs))
