import json
import pickle
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from core import DatasetSpec, Experiment, Run, Table, limits
from core.train import cost
from core.train.experiment import REDRAWS
from tests import ROOT

MIXED = Experiment(
    DatasetSpec("wine", view="all", test_share=0.25, seed=2),
    runs=(Run("relu", learning_rate=0.3, l1=0.1), Run(("tanh", "gelu"), "sgd", initializer="zeros", seed=7, bias=-1.5)),
    hidden=(5, 6), epochs=12, batch_size=7, loss="mse", seed=3, dtype="float64",
)  # fmt: skip
NUMBERS = np.random.default_rng(0).standard_normal((20, 3)) * [1, 1e-30, 1e50]
OWN = Experiment(
    DatasetSpec("own", view="all", table=Table(["p", "ž", '"'], ["1", "2"], NUMBERS, [0, 1] * 10)),
    runs=(Run("relu"),), hidden=(4,), epochs=2,
)  # fmt: skip


@pytest.mark.parametrize("experiment", [MIXED, OWN])
def test_json_and_pickle_lose_nothing(experiment):
    assert Experiment.from_json(experiment.to_json()) == experiment
    assert pickle.loads(pickle.dumps(experiment)) == experiment
    assert hash(Experiment.from_json(experiment.to_json())) == hash(experiment)


@pytest.mark.parametrize("batch_size", [None, 1, 5000])
def test_a_batch_size_goes_through_json_as_it_is(batch_size):
    experiment = Experiment(batch_size=batch_size)
    assert json.loads(experiment.to_json())["batch_size"] == batch_size
    assert Experiment.from_json(experiment.to_json()) == experiment


@pytest.mark.parametrize(("batch_size", "samples"), [(None, 30), (7, 7), (30, 30), (31, 30), (5000, 30)])
def test_a_step_takes_a_minibatch_or_the_whole_training_part(batch_size, samples):
    assert Experiment(DatasetSpec("moons", samples=50), batch_size=batch_size).samples_per_step == samples


def test_json_speaks_of_a_table_only_where_there_is_one():
    assert "table" not in json.loads(MIXED.to_json())["dataset"]
    table = json.loads(OWN.to_json())["dataset"]["table"]
    assert list(table) == ["feature_names", "class_names", "X", "y"]
    assert table["X"] == NUMBERS.tolist()


@pytest.mark.parametrize(
    "change",
    [{"z": 1}, {"feature_names": 3}, {"feature_names": [[], [], []]}, {"class_names": ["1", {}]}, {"X": {}}, {"X": "X"},
     {"X": [[0, 1, {}]] * 20}, {"X": [[0, 1, float("nan")]] * 20}, {"X": [[0, 1]] * 20}, {"y": 0}, {"y": [0, 3] * 10}],
)  # fmt: skip
def test_a_bad_table_is_a_value_error(change):
    fields = json.loads(OWN.to_json())
    fields["dataset"]["table"] |= change
    with pytest.raises(ValueError):
        Experiment.from_json(json.dumps(fields))


@pytest.mark.parametrize("table", [None, [], 5, "text", {}])
def test_own_data_need_a_table(table):
    fields = json.loads(OWN.to_json())
    fields["dataset"]["table"] = table
    with pytest.raises(ValueError):
        Experiment.from_json(json.dumps(fields))


def test_numpys_numbers_are_taken_as_plain_ones():
    run = Run(learning_rate=np.float32(0.5), seed=np.int64(3))
    experiment = Experiment(runs=[run], hidden=np.array([4, 4]), epochs=np.int64(5))
    assert Experiment.from_json(experiment.to_json()) == experiment
    assert type(experiment.epochs) is type(experiment.hidden[0]) is type(run.seed) is int


NOTHING_LOADED = """
import sys
from core import DATASETS, DatasetSpec, Experiment, load

for name in DATASETS:
    assert len(Experiment.from_json(Experiment(DatasetSpec(name)).to_json()).sizes) == 4
assert load.cache_info().misses == 0
assert not any(name.startswith("sklearn") for name in sys.modules)
"""


def test_making_an_experiment_makes_and_loads_no_data():
    """In a process of its own, which has not imported scikit-learn for anything else."""
    subprocess.run([sys.executable, "-c", NOTHING_LOADED], check=True, cwd=ROOT)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_is_read_in_the_encoding_that_it_was_saved_in(encoding):
    assert Experiment.from_json(MIXED.to_json().encode(encoding)) == MIXED


@pytest.mark.parametrize(
    "text", [b"\xff\xfe\xfd", "", "[" * 100_000, "[]", "{}", '{"dataset": {"nme": "moons"}, "runs": []}', "null"]
)
def test_what_is_no_experiment_is_a_value_error(text):
    with pytest.raises(ValueError):
        Experiment.from_json(text)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"epochs": None, "epoch": 3}, "unknown field of Experiment 'epoch'; did you mean 'epochs'?"),
        ({"dataset": {"nme": "moons"}}, "unknown field of DatasetSpec 'nme'; did you mean 'name'?"),
        ({"runs": [{"activation": "rleu"}]}, "unknown activation 'rleu'; did you mean 'relu'?"),
        ({"runs": {}}, "runs is {}, and must be a list"),
        ({"runs": [3]}, "this is not a Run: 3 has no named fields"),
        ({"runs": [{}] * 301}, "the number of runs is 301"),
        ({"hidden": "x" * 1000}, "hidden is 'xxxxxxxxxxxx...xxxxxxxxxxxxx', and must be a tuple"),
    ],
)
def test_what_is_wrong_in_a_file_is_said_in_a_few_words(change, said):
    with pytest.raises(ValueError) as error:
        Experiment.from_json(json.dumps(json.loads(MIXED.to_json()) | change))
    assert str(error.value).startswith(said)


def test_a_file_without_runs_says_so():
    with pytest.raises(ValueError, match="this is not an experiment: 'runs' is missing"):
        Experiment.from_json('{"dataset": {}}')


@pytest.mark.parametrize(
    ("make", "parts"),
    [
        (lambda: Run("rleu"), ["unknown activation 'rleu'; did you mean 'relu'?", "Choices: identity, step"]),
        (lambda: Run(("relu", 3)), ["unknown activation 3"]),
        (lambda: Run(5), ["unknown activation 5"]),
        (lambda: Run({"relu", "tanh"}), ["unknown activation {"]),
        (lambda: Run(initializer=[]), ["unknown initializer []"]),
        (lambda: Run(seed=2**31), ["seed is 2147483648"]),
        (lambda: Run(seed=True), ["seed is True"]),
        (lambda: Experiment(runs=Run()), ["runs is Run(", "must be a tuple"]),
        (lambda: Experiment(runs=("relu",)), ["each of the runs is 'relu'", "must be of type Run"]),
        (lambda: Experiment(dataset="moons"), ["dataset is 'moons'", "must be of type DatasetSpec"]),
        (lambda: Experiment(hidden=5), ["hidden is 5", "must be a tuple"]),
        (lambda: Experiment(dtype=[]), ["unknown dtype []"]),
        (lambda: Run(optimizer="adm"), ["unknown optimizer 'adm'; did you mean 'adam'?"]),
        (lambda: Run(initializer="xavier"), ["unknown initializer 'xavier'", "auto", "xavier_normal"]),
        (lambda: Run(learning_rate=0), ["learning_rate is 0"]),
        (lambda: Run(learning_rate=float("inf")), ["learning_rate is inf"]),
        (lambda: Run(learning_rate="fast"), ["learning_rate is 'fast'"]),
        (lambda: Run(l2=-1.0), ["l2 is -1.0"]),
        (lambda: Run(seed=-1), ["seed is -1"]),
        (lambda: Run(seed=0.5), ["seed is 0.5"]),
        (lambda: Run(bias=float("nan")), ["bias is nan"]),
        (lambda: Run(dropout=1.0), ["dropout is 1.0", "0.95"]),
        (
            lambda: Run(schedule="cosin"),
            ["unknown schedule 'cosin'; did you mean 'cosine'?", "Choices: constant, step"],
        ),
        (lambda: Experiment(runs=()), ["the number of runs is 0"]),
        (lambda: Experiment(runs=(Run(),) * 301), ["the number of runs is 301", "300"]),
        (lambda: Experiment(hidden=(8,) * 21), ["hidden layers is 21", "20"]),
        (lambda: Experiment(hidden=(65,)), ["units of a layer is 65", "64"]),
        (lambda: Experiment(epochs=2001), ["epochs is 2001", "2,000"]),
        (lambda: Experiment(batch_size=0), ["batch_size is 0"]),
        (lambda: Experiment(loss="hinge"), ["unknown loss 'hinge'", "cross_entropy, mse"]),
        (lambda: Experiment(dtype="float16"), ["unknown dtype 'float16'"]),
        (lambda: Experiment(runs=(Run(("relu", "tanh")),), hidden=(3,)), ["2 activations", "1 hidden layers"]),
    ],
)
def test_wrong_values_are_named_with_the_choices(make, parts):
    with pytest.raises(ValueError) as error:
        make()
    for part in parts:
        assert part in str(error.value)


def test_the_product_is_bounded_too():
    """Each number is allowed alone; together they would keep a server busy for hours, or fill its memory."""
    spec, small = DatasetSpec("moons", samples=5000), DatasetSpec("moons", samples=20)
    for runs, settings in [
        (64, {"hidden": (64,) * 20, "epochs": 2000}),
        (8, {"epochs": 2000, "batch_size": 1}),
        (64, {"hidden": (64,) * 20, "epochs": 1, "batch_size": 1}),
    ]:
        with pytest.raises(ValueError, match="would take about"):
            Experiment(spec, (Run(optimizer="radam", l1=0.1),) * runs, **settings)
    with pytest.raises(ValueError, match="would need about"):
        Experiment(small, (Run(),) * 64, hidden=(64,) * 20, epochs=10, dtype="float64")
    with pytest.raises(ValueError, match="would need about"):
        Experiment(spec, (Run(),) * 64, hidden=(64,) * 10, epochs=1, batch_size=None)
    with pytest.raises(ValueError, match="one epoch would take about"):
        Experiment(spec, (Run(),) * 300, epochs=2, batch_size=1)
    assert Experiment(spec, (Run(),) * 300, epochs=2, batch_size=32).stacks == 1


@pytest.mark.parametrize(("needed", "most"), [("seconds", limits.SECONDS), ("megabytes", limits.MEGABYTES)])
def test_what_is_a_little_too_much_is_said_to_be_more_than_the_limit(monkeypatch, needed, most):
    monkeypatch.setattr(cost, needed, lambda *_: most + 0.2)
    with pytest.raises(ValueError, match=rf"about {most + 1:.0f} \w+, and the limit is {most:.0f} "):
        Experiment()


WORK = cost.Workload((2, 16, 16, 2), runs=8, samples=240, batch_size=32, bytes_each=4)


@pytest.mark.parametrize(
    "change",
    [{"layers": (2, 17, 16, 2)}, {"layers": (2, 16, 16, 16, 2)}, {"runs": 9}, {"samples": 300}, {"batch_size": 16},
     {"bytes_each": 8}, {"stacks": 4}, {"dropout_seeds": 1}, {"own_seconds": 1e-6}],
)  # fmt: skip
def test_seconds_grow_with_all_that_takes_time(change):
    """How near they are to the truth is measured by benchmarks/cost.py."""
    assert cost.seconds(replace(WORK, **change), 60) > cost.seconds(WORK, 60)
    assert cost.seconds(WORK, 70) > cost.seconds(WORK, 60)


def test_a_stack_of_its_own_for_each_seed_takes_longer():
    runs = tuple(Run(name, seed=seed) for name in ("relu", "tanh") for seed in range(4))
    together, apart = (Experiment(runs=runs, redraw=redraw) for redraw in REDRAWS)
    assert (together.stacks, apart.stacks) == (1, 4)
    assert apart.seconds() > together.seconds()


MEASURE_ONE = """
import sys
from benchmarks.cost import CASES, take

experiment = CASES[sys.argv[1]]
print(take(experiment)[1], experiment.megabytes())
"""


@pytest.mark.slow
@pytest.mark.parametrize("case", ["100, recorded more than trained", "64, full batch of 4500"])
def test_megabytes_are_near_the_peak_of_a_process_that_trains(case):
    """Of a process of its own, which benchmarks need: they set its environment for the kernels of OpenBLAS.

    One case is of records, the other of what a step works in.
    """
    command = [sys.executable, "-c", MEASURE_ONE, case]
    taken, megabytes = map(float, subprocess.check_output(command, cwd=ROOT, text=True).split())
    assert 0.5 * taken < megabytes < 1.5 * taken


def test_default_learning_rate_is_the_optimizers():
    assert Run(optimizer="sgd").rate != Run(optimizer="adam").rate
    assert Run(optimizer="sgd", learning_rate=0.5).rate == 0.5
