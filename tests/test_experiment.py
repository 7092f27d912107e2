import pickle

import pytest

from core import DatasetSpec, Experiment, Run
from core.experiment import estimated_seconds, recorded_values

MIXED = Experiment(
    DatasetSpec("wine", view="all", test_share=0.25, seed=2),
    runs=(Run("relu", learning_rate=0.3, l1=0.1), Run(("tanh", "gelu"), "sgd", initializer="zeros", seed=7, bias=-1.5)),
    hidden=(5, 6), epochs=12, batch_size=7, loss="mse", seed=3, dtype="float64",
)  # fmt: skip


def test_json_and_pickle_lose_nothing():
    assert Experiment.from_json(MIXED.to_json()) == MIXED
    assert pickle.loads(pickle.dumps(MIXED)) == MIXED
    assert hash(Experiment.from_json(MIXED.to_json())) == hash(MIXED)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"dataset": {"nme": "moons"}, "runs": []}', "null"])
def test_what_is_no_experiment_is_a_value_error(text):
    with pytest.raises(ValueError):
        Experiment.from_json(text)


@pytest.mark.parametrize(
    ("make", "parts"),
    [
        (lambda: Run("rleu"), ["unknown activation 'rleu'; did you mean 'relu'?", "Choices: identity, step"]),
        (lambda: Run(("relu", 3)), ["unknown activation 3"]),
        (lambda: Run(optimizer="adm"), ["unknown optimizer 'adm'; did you mean 'adam'?"]),
        (lambda: Run(initializer="xavier"), ["unknown initializer 'xavier'", "auto", "xavier_normal"]),
        (lambda: Run(learning_rate=0), ["learning_rate is 0"]),
        (lambda: Run(learning_rate=float("inf")), ["learning_rate is inf"]),
        (lambda: Run(learning_rate="fast"), ["learning_rate is 'fast'"]),
        (lambda: Run(l2=-1.0), ["l2 is -1.0"]),
        (lambda: Run(seed=-1), ["seed is -1"]),
        (lambda: Run(seed=0.5), ["seed is 0.5"]),
        (lambda: Run(bias=float("nan")), ["bias is nan"]),
        (lambda: Experiment(runs=()), ["the number of runs is 0"]),
        (lambda: Experiment(runs=(Run(),) * 65), ["the number of runs is 65", "64"]),
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
    spec = DatasetSpec("moons", samples=5000)
    with pytest.raises(ValueError, match="would take about"):
        Experiment(spec, (Run(),) * 64, hidden=(64,) * 20, epochs=2000)
    with pytest.raises(ValueError, match="would take about"):
        Experiment(spec, (Run(),) * 8, epochs=2000, batch_size=1)
    with pytest.raises(ValueError, match="would record"):
        Experiment(DatasetSpec("moons", samples=20), (Run(),) * 64, hidden=(64,) * 12, epochs=60)


def test_estimates_grow_with_what_is_asked_for():
    small, large = Experiment(epochs=10), Experiment(epochs=1000, hidden=(32, 32))
    assert estimated_seconds(large) > 50 * estimated_seconds(small)
    assert recorded_values(large) > recorded_values(small)


def test_default_learning_rate_is_the_optimizers():
    assert Run(optimizer="sgd").rate != Run(optimizer="adam").rate
    assert Run(optimizer="sgd", learning_rate=0.5).rate == 0.5
