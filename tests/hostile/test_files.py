"""Experiments' files and tables that are not what they should be: a short message, soon, and never anything else."""

import gc
import json
import tracemalloc
from dataclasses import replace

import numpy as np
import pytest

from core import DatasetSpec, Experiment, Grid, Run, Table, read_table, suggest_columns, table
from tests.hostile.kinds import bounded, files, grids, tables
from ui.compare.opened import without_control
from ui.shell.conversion import as_controls_say_it, settings_for
from ui.shell.experiments import nouns_of

X = np.random.default_rng(0).normal(size=(24, 2)).round(2)
GOOD = Experiment(
    DatasetSpec("own", table=Table(("a", "b"), ("p", "q"), X.tolist(), [0, 1] * 12)),
    (Run("relu"), Run("tanh")),
    (4,),
    2,
)

ONE = replace(GOOD, runs=GOOD.runs[:1])


def read(text: str) -> None:
    """What the page does with a file."""
    experiment = as_controls_say_it(Experiment.from_json(text))
    said = [*without_control(experiment), nouns_of(experiment), repr(settings_for(experiment)), experiment.to_json()]
    for each in said:
        each.encode()
    json.loads(experiment.to_json())
    if experiment.dataset.table:
        assert max(map(len, experiment.dataset.table.class_names)) <= 100


@pytest.fixture(scope="module")
def all_files() -> list[tuple[str, str]]:
    return list(files(GOOD.to_json()))


def test_files_are_read_or_refused_in_a_few_words(all_files):
    taken = []
    for name, text in all_files:
        with bounded(name):
            read(text)
            taken.append(name)
    assert len(all_files) > 300
    assert 10 < len(taken) < len(all_files) / 2, "a field may have another good value, but most have none"


def test_grids_are_read_or_refused_in_a_few_words():
    factors = {"activation": ["relu", "tanh"], "learning_rate": [0.1, 1.0], "batch_size": [None, 8]}
    good, number = Grid(factors, ONE, 3).to_json(), 0
    for name, text in grids(good):
        with bounded(name):
            grid = Grid.from_json(text)
            assert Grid.from_json(grid.to_json()) == grid
            grid.seconds()
        number += 1
    assert number > 300


def test_memory_does_not_grow(all_files):
    def read_some() -> None:
        for name, text in all_files[::4]:
            if len(text) < 10_000:
                with bounded(name):
                    read(text)

    read_some()
    tracemalloc.start()
    gc.collect()
    before, _ = tracemalloc.get_traced_memory()
    read_some()
    gc.collect()
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert after - before < 500_000


def test_a_large_file_takes_no_more_room_than_its_text():
    text = json.dumps({"dataset": {"name": "moons"}, "runs": [{}] * 1_600_000})
    tracemalloc.start()
    with pytest.raises(ValueError, match="more values than"):
        Experiment.from_json(text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < len(text)


def test_the_largest_table_is_taken():
    numbers = np.random.default_rng(0).normal(size=(5000, 64)) * 1e-100
    names, classes = [f"{'name ' * 18}{i}" for i in range(64)], ["a,[b]{c}" * 12, "b"]
    spec = DatasetSpec("own", view="all", table=Table(names, classes, numbers, [0, 1] * 2500))
    experiment = Experiment(spec, (Run(("relu",) * 20),) * 10, (2,) * 20, 1)
    assert Experiment.from_json(experiment.to_json()) == experiment


def test_tables_are_read_or_refused_in_a_few_words():
    number = 0
    for name, content in tables():
        with bounded(name):
            sheet = read_table(content)
            own = table(sheet, *suggest_columns(sheet))
            "".join(own.class_names + own.feature_names).encode()
        number += 1
    assert number > 150
