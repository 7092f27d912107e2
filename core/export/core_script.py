"""An experiment as a script that uses `core`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from itertools import permutations, product
from math import prod
from textwrap import indent

from ..data.datasets import DatasetSpec
from ..data.tables import Table
from ..train.experiment import Experiment
from ..train.run import Run
from .layout import INLINE_ROWS, WIDTH, call, filled, lines, literal

Specification = DatasetSpec | Experiment | Run


def core_code(experiment: Experiment) -> str:
    """A script that builds the experiment, trains it and prints `final_figures`; to be run in the project's folder.

    Settings that have their default are left out.
    """
    table = experiment.dataset.table
    if table is None:
        return f"{_imports(experiment)}\nexperiment = {_experiment(experiment)}\n{_TRAIN}"
    if len(table.y) <= INLINE_ROWS:
        imports = _imports(experiment).replace("Run", "Run, Table")
        return f"{imports}\ntable = {_table(table)}\nexperiment = {_experiment(experiment)}\n{_TRAIN}"
    return _FROM_FILE + _TRAIN


_IMPORTS = "from core import DatasetSpec, Experiment, Run, final_figures, train\n"
_TRAIN = """\
history = train(experiment)
print(final_figures(history).to_string(index=False))
"""
_FROM_FILE = """\
from pathlib import Path

from core import Experiment, final_figures, train

# The file that the page's JSON download gives: the data are too many to stand here.
experiment = Experiment.from_json(Path("experiment.json").read_text())
"""


def _imports(experiment: Experiment) -> str:
    return _IMPORTS if experiment.branch_epoch is None else _IMPORTS.replace("DatasetSpec", "Branch, DatasetSpec")


def experiment_parts(experiment: Experiment) -> tuple[list[str], str, str]:
    """Of an experiment as a part of a script: what is imported from `core`, the table before it, and itself."""
    table = experiment.dataset.table
    names, made = (["Table"], f"table = {_table(table)}\n") if table else ([], "")
    return ["DatasetSpec", "Experiment", "Run", *names], made, _experiment(experiment)


def _experiment(experiment: Experiment) -> str:
    settings = _differing(experiment, Experiment(), without=("dataset", "runs"))
    return lines("Experiment", [f"dataset={_dataset(experiment.dataset)}", f"runs={_runs(experiment.runs)}", *settings])


def _dataset(spec: DatasetSpec) -> str:
    table = [] if spec.table is None else ["table=table"]
    default = DatasetSpec(spec.name, table=spec.table)
    return call("DatasetSpec", [literal(spec.name), *table, *_differing(spec, default)])


def _table(table: Table) -> str:
    rows = lines("X=", [filled([repr(x) for x in row]) for row in table.X])
    names = [f"feature_names={literal(table.feature_names)}", f"class_names={literal(table.class_names)}"]
    return lines("Table", [*names, rows, f"y={filled([repr(k) for k in table.y])}"])


def _differing(one: Specification, other: Specification, without: Iterable[str] = ()) -> list[str]:
    """`name=value` for the fields of a specification that are not as those of another of its kind."""
    names = [field.name for field in fields(one) if field.name not in without]
    return [f"{name}={literal(getattr(one, name))}" for name in names if getattr(one, name) != getattr(other, name)]


def _runs(runs: Sequence[Run]) -> str:
    """A list, or a comprehension where that is shorter."""
    texts = [call("Run", [_activation(run), *_differing(run, Run(run.activation))]) for run in runs]
    listed = call("", texts, "[]")
    return min(listed, _comprehension(runs) or listed, key=len)


def _activation(run: Run) -> str:
    text = literal(run.activation)
    return text if len(text) <= WIDTH else filled([literal(name) for name in run.activation])


def _comprehension(runs: Sequence[Run]) -> str | None:
    """For runs that are all combinations of the values of some settings, in order; None for others."""
    values = {field.name: list(dict.fromkeys(getattr(run, field.name) for run in runs)) for field in fields(Run)}
    values = {name: each for name, each in values.items() if len(each) > 1}
    if prod(len(each) for each in values.values()) != len(runs):
        return None
    for names in permutations(values):
        combinations = list(product(*(values[name] for name in names)))
        if combinations == [tuple(getattr(run, name) for name in names) for run in runs]:
            return _loops(runs[0], {name: values[name] for name in names})
    return None


def _loops(run: Run, values: Mapping[str, Sequence]) -> str:
    """A comprehension over the values of some settings, with the others as this run has them."""
    activation = "activation" if "activation" in values else _activation(run)
    shared = _differing(run, Run(run.activation), without=values)
    varied = [f"{name}={name}" for name in values if name != "activation"]
    parts = [call("Run", [activation, *shared, *varied])]
    for name, each in values.items():
        is_range = list(each) == list(range(len(each)))
        items = f"range({len(each)})" if is_range else filled([literal(value) for value in each])
        parts.append(f"for {name} in {items}")
    line = f"[{' '.join(parts)}]"
    return line if len(line) <= WIDTH and "\n" not in line else "[\n" + indent("\n".join(parts), "    ") + "\n]"
