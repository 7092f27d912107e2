"""From settings of Compare to the experiment that they ask for, and back."""

from collections.abc import Mapping
from dataclasses import replace

from core import DatasetSpec, Experiment, Run, Table
from core.data.datasets import OWN
from core.notes import Note
from ui.shell.branches import branch_of
from ui.shell.factors import BRANCH, COMPARABLE, FACTORS, activation_of_layers
from ui.shell.labels import DRAWN
from ui.shell.settings import (
    MOST_COMPARED,
    OF_THE_BRANCH,
    OF_THE_DATA,
    OF_THE_INPUTS,
    OF_THE_TRAINING,
    SETTINGS,
    factor_of,
)
from ui.shell.units import hidden_of


def experiment_for(settings: Mapping[str, object], table: Table | None = None) -> Experiment:
    """The experiment that these settings ask for, by the keys of their controls; own data come as a table.

    Settings that are not named have their default.  Raises `ValueError` for what cannot be trained.
    """
    chosen = {key: setting.default for key, setting in SETTINGS.items()} | settings
    seed, hidden = chosen["seed"], hidden_of(chosen["units"], chosen["layers"])
    runs = [
        replace(run, seed=seed + repeat) for run in _compared(chosen, len(hidden)) for repeat in range(chosen["seeds"])
    ]
    data = {SETTINGS[key].field: settings.get(key) for key in OF_THE_DATA}
    data |= {key: chosen[key] for key in OF_THE_INPUTS}
    name = OWN if chosen["dataset"] == DRAWN else chosen["dataset"]
    return Experiment(
        dataset=DatasetSpec(name, seed=seed, table=table, **data),
        runs=tuple(dict.fromkeys(runs)),
        hidden=hidden,
        **{SETTINGS[key].field: chosen[key] for key in OF_THE_TRAINING},
    )


def _compared(chosen: Mapping[str, object], layers: int) -> list[Run]:
    """One run of each network."""
    factor, shared = COMPARABLE[chosen["compare"]], {field: chosen[field] for field in FACTORS}
    if factor is BRANCH:
        run = _run(shared, layers)
        branch = branch_of(chosen, run, layers)
        return [run, replace(run, branch=branch)] if branch else [run]
    values = chosen[factor.several]
    if len(values) > MOST_COMPARED:
        raise ValueError(
            Note(
                "{number} networks are chosen, and at most {most} can be compared",
                number=len(values), most=MOST_COMPARED,
            )
        )  # fmt: skip
    return [_run(shared | {factor.field: value}, layers) for value in values]


def _run(fields: Mapping[str, object], layers: int) -> Run:
    return Run(**{**fields, "activation": activation_of_layers(fields["activation"], layers)})


def settings_for(experiment: Experiment) -> dict[str, object]:
    """The settings that ask for this experiment, by the keys of their controls; own data are left out.

    Where the experiment has what no control can say, they ask for the nearest one: see `is_in_settings`.
    """
    factor = factor_of(experiment)
    others = {other.several for other in FACTORS.values() if other is not factor}
    others |= set() if factor is BRANCH else set(OF_THE_BRANCH)
    asked = {
        key: setting.of(experiment)
        for key, setting in SETTINGS.items()
        if not setting.of_the_view and key not in others and key != factor.field
    }
    return {key: value for key, value in asked.items() if value is not None or SETTINGS[key].none}


def is_in_settings(experiment: Experiment) -> bool:
    """Whether the controls can ask for just this experiment, so that `settings_for` says all of it."""
    try:
        return experiment_for(settings_for(experiment), experiment.dataset.table) == experiment
    except ValueError:
        return False


def as_controls_say_it(experiment: Experiment) -> Experiment:
    """The experiment with the same training that says it in the words of the controls.

    A batch size of all training samples or more is None; one name in a tuple of activations is that name, and none,
    which networks without a hidden layer can have, is the default.  Seeds that nothing draws from are the first run's.
    """
    runs = list(experiment.runs)
    if len(experiment.hidden) < 2:
        runs = [replace(run, activation=(*run.layer_activations(1), Run.activation)[0]) for run in runs]
    if experiment.redraw != "weights":  # the runs' seeds stand for all others
        seed = runs[0].seed
        experiment = replace(experiment, dataset=replace(experiment.dataset, seed=seed), seed=seed)
    full = experiment.samples_per_step == experiment.dataset.size.training_samples
    return replace(experiment, runs=tuple(runs), batch_size=None if full else experiment.batch_size)
