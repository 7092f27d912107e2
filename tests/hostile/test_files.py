"""Experiments' files and tables that are not what they should be: a short message, soon, and never anything else."""

import gc
import json
import tracemalloc

import numpy as np
import pytest

from core import DatasetSpec, Experiment, Run, Table
from core.data.tables import read_csv, suggest_columns, table
from tests.hostile.kinds import bounded, files, tables
from ui.compare.opened import without_control
from ui.shell.experiments import nouns_of
from ui.shell.plain import plain
from ui.shell.settings import as_controls_say_it, settings_for

X = np.random.default_rng(0).normal(size=(24, 2)).round(2)
GOOD = Experiment(
    DatasetSpec("own", table=Table(("a", "b"), ("p", "q"), X.tolist(), [0, 1] * 12)),
    (Run("relu"), Run("tanh")),
    (4,),
    2,
)


def read(text: str) -> None:
    """What the page does with a file."""
    experiment = as_controls_say_it(Experiment.from_json(text))
    said = [*without_control(experiment), nouns_of(experiment), repr(settings_for(experiment)), experiment.to_json()]
    for each in said:
        each.encode()
    json.loads(experiment.to_json())
    if experiment.dataset.table:
        assert max(map(len, experiment.dataset.table.class_names)) <= 100


def test_files_are_read_or_refused_in_a_few_words():
    number = 0
    for name, text in files(GOOD.to_json()):
        with bounded(name):
            read(text)
        number += 1
    assert number > 300


def test_most_of_them_are_refused():
    """Or else they would not be hostile: a field that is another good value may stay."""
    taken = 0
    for _, text in files(GOOD.to_json()):
        try:
            Experiment.from_json(text)
            taken += 1
        except ValueError as error:
            plain(error).encode()
    assert 10 < taken < 150


def test_memory_does_not_grow():
    def all_files() -> None:
        for name, text in files(GOOD.to_json()):
            if len(text) < 10_000:
                with bounded(name):
                    read(text)

    all_files()
    tracemalloc.start()
    gc.collect()
    before, _ = tracemalloc.get_traced_memory()
    all_files()
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
            cells = read_csv(content)
            features, label = suggest_columns(cells)
            if label != "self":
                own = table(cells, features, label)
                "".join(own.class_names + own.feature_names).encode()
        number += 1
    assert number > 150
