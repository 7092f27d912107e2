"""The experiments behind the claims, small."""

import pickle
import re
from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import accuracy_score

from core import ACTIVATIONS, DatasetSpec, Experiment, History, Run, load, train
from core.claims import CLAIMS, UnderWay, gradients, kept, learning, overfitting, places, silence, speed
from core.claims.claim import Plan
from core.claims.paired import SEEDS, TUNING_SEEDS, Contest, all_features, histories
from core.claims.zeros import inactive, saved
from tests.core.train.comparing import assert_same

SEED, TUNING = {"seeds": (3, 4), "epochs": 2}, {"tuning_seeds": (100,)}
SMALL = {
    "six_times": learning.six_times(**SEED, **TUNING),
    "no_exp": speed.experiment(turns=2),
    "zero_centred": learning.zero_centred(**SEED, **TUNING),
    "no_vanishing": gradients.experiment(**SEED),
    "leaky_cure": silence.experiment(**SEED),
    "sparse_guard": overfitting.experiment(**SEED),
    "output_only": places.experiment(**SEED, **TUNING),
}
TIMED = ("time, numpy's array", "time, sparse matrix")


@pytest.mark.parametrize("name", CLAIMS)
def test_every_experiment_gives_a_row_for_each_of_its_trials(name):
    claim = CLAIMS[name]
    rows = SMALL[name].measure(claim.parts[0])
    assert sorted(row.trial for row in rows) == sorted(trial.name for trial in claim.trials)
    for row in rows:
        assert row.part == claim.parts[0]
        assert len(row.figures) == 2
        assert np.isfinite(row.figures).all()
        assert row.detail


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(CLAIMS) - {"no_exp"}))
def test_every_experiment_gives_the_same_again_whatever_its_turns(name):
    plan, under_way = SMALL[name], UnderWay((), 0, None)
    while under_way.rows is None:
        under_way = plan.go_on("moons", pickle.loads(pickle.dumps(under_way.given)), seconds=0)
    one, other = ([row for row in rows if row.trial not in TIMED] for rows in (under_way.rows, plan.measure("moons")))
    assert one == other


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)
def test_several_parts_and_repeats_are_asked_for(claim):
    assert claim.repeats >= 20, "the rule's power is that of 20"
    assert len(claim.parts) >= 4
    assert len(set(claim.parts)) == len(claim.parts)


def test_each_seed_draws_everything_anew_and_the_networks_of_one_seed_share_it():
    runs = [Run("relu"), Run("tanh", "sgd")]
    found = histories(DatasetSpec("moons", samples=60), runs, (3, 4), hidden=(4,), epochs=2)
    for seed, history in zip((3, 4), found):
        by_hand = Experiment(
            DatasetSpec("moons", samples=60, seed=seed), (Run("relu", seed=seed), Run("tanh", "sgd", seed=seed)),
            hidden=(4,), epochs=2, seed=seed,
        )  # fmt: skip
        assert_same(history, train(by_hand), rtol=0, atol=0)


def test_what_is_tuned_is_not_measured_on_the_same_seeds():
    assert not set(SEEDS) & set(TUNING_SEEDS)


def test_the_rate_of_least_median_score_is_taken_and_the_smallest_of_equals():
    def score(history: History) -> np.ndarray:
        """By seed, rate and activation: 0.1 is best for tanh in two seeds of three, but the worst in the third."""
        bad_seed = history.experiment.seed == 2
        scores = {
            ("relu", 0.01): np.nan, ("relu", 0.1): 2, ("relu", 1.0): 2,
            ("tanh", 0.01): 3, ("tanh", 0.1): 99 if bad_seed else 1, ("tanh", 1.0): 4,
        }  # fmt: skip
        return np.array([scores[run.activation, run.rate] for run in history.experiment.runs])

    runs = (Run("relu", "momentum"), Run("tanh", "momentum"))
    contest = Contest(
        runs, score, lambda history: (history.test_accuracy[:, -1], history.train_loss[:, -1]),
        {"hidden": (2,), "epochs": 0}, (7, 8, 9), (1, 2, 3), (0.01, 0.1, 1.0),
        lambda part: DatasetSpec(part, samples=40),
    )  # fmt: skip
    given = Plan(contest.stages, lambda part, given: ()).go_on("moons", (), 60).given
    tuned = contest.tuned(given)
    assert tuned == [replace(run, learning_rate=0.1) for run in runs]
    measured = contest.measured(given)
    for place, history in enumerate(
        histories(DatasetSpec("moons", samples=40), tuned, (7, 8, 9), hidden=(2,), epochs=0)
    ):
        np.testing.assert_array_equal(measured[0, :, place], history.test_accuracy[:, -1])
        np.testing.assert_array_equal(measured[1, :, place], history.train_loss[:, -1])


def with_errors(*errors: list[float]) -> History:
    """A history of four recorded epochs, 0 to 3, in which the runs have these training errors; 24 samples, 3 steps."""
    runs = tuple(Run("relu", seed=seed) for seed in range(len(errors)))
    history = train(Experiment(DatasetSpec("moons", samples=40), runs, hidden=(2,), epochs=3, batch_size=8))
    return replace(history, train_accuracy=1 - np.array(errors))


def test_epochs_needed_are_those_worked_by_hand():
    history = with_errors(
        [0.5, 0.4, 0.1, 0.0],  # on the straight line between 0.1 in epoch 2 and 0 in epoch 3: half way
        [0.5, 0.05, 0.3, 0.3],  # the first time counts, even if it gets worse again
        [0.5, 0.4, 0.3, 0.2],  # never
        [0.0, 0.0, 0.0, 0.0],  # from the start: one step of three
    )
    np.testing.assert_allclose(learning.epochs_needed(history, level=0.05), [2.5, 1, 3, 1 / 3])


def test_who_is_named_first_does_not_matter():
    settings = {"seeds": (3,), "tuning_seeds": (100,), "epochs": 5}
    found = []
    for names in (("tanh", "relu"), ("relu", "tanh")):
        contest = learning.contest(names, **settings)
        given = Plan(contest.stages, lambda part, given: ()).go_on("xor", (), 60).given
        rates = [run.rate for run in contest.tuned(given)]
        found.append(dict(zip(names, zip(contest.measured(given)[0, :, 0], rates))))
    for name in ("tanh", "relu"):
        assert found[0][name] == pytest.approx(found[1][name], rel=1e-4)


def test_the_four_of_the_two_by_two_differ_in_the_centre_or_in_the_slope():
    """Within a slope by a constant, so that f' is the same; and a centred one is an odd function."""
    z = np.linspace(-5, 5, 101)
    functions = {name: ACTIVATIONS[name] for name in learning.TWO_BY_TWO}
    for shifted, centred in (learning.SMALL_SLOPE, learning.LARGE_SLOPE):
        apart = functions[shifted].value(z) - functions[centred].value(z)
        np.testing.assert_allclose(apart, apart[0], atol=1e-12)
        np.testing.assert_allclose(functions[shifted].slope(z), functions[centred].slope(z), rtol=1e-12)
        np.testing.assert_allclose(functions[centred].value(z), -functions[centred].value(-z), atol=1e-12)
    assert learning.zero_centred().stages[0].args[0].initializer == "xavier_normal"


def test_the_ratios_of_the_two_by_two_are_of_the_epochs_beside_them():
    rows = {row.trial: np.array(row.figures) for row in SMALL["zero_centred"].measure("xor")}
    needed = {name: rows[f"epochs of {name}"] for name in learning.TWO_BY_TWO}
    np.testing.assert_allclose(rows["centre alone, slope up to 1/4"], needed["sigmoid"] / needed["sigmoid_centred"])
    np.testing.assert_allclose(rows["centre alone, slope up to 1"], needed["tanh_shifted"] / needed["tanh"])
    np.testing.assert_allclose(rows["tanh against sigmoid"], needed["sigmoid"] / needed["tanh"])


def test_gradients_before_training_are_those_that_are_kept():
    """They come of one pass, so machines agree on them."""
    claim, results = CLAIMS["no_vanishing"], kept().rows["no_vanishing"]
    for row in gradients.experiment(epochs=0).measure("moons"):
        if row.trial != claim.trials[2].name:  # after training
            figures = next(each.figures for each in results if (each.trial, each.part) == (row.trial, "moons"))
            np.testing.assert_allclose(row.figures, figures, rtol=1e-2)


def test_through_twenty_layers_of_sigmoid_no_more_is_left_than_its_slope_lets_through():
    rows = {row.trial: row for row in SMALL["no_vanishing"].measure("circles")}
    assert max(rows["sigmoid, xavier_uniform"].figures) < 0.25**16
    assert min(rows["tanh, xavier_uniform"].figures) > 0.01
    assert min(rows["identity, xavier_uniform"].figures) > 0.1, "the weights alone let the gradient through"


def test_spared_units_are_those_worked_by_hand():
    relu, leaky = np.array([10, 10, 0, 4, 5]), np.array([0, 5, 0, 8, 5])
    np.testing.assert_allclose(silence.spared(relu, leaky), [1, 0.5, 0, -0.5, 0])


def test_inactive_units_are_those_that_are_not_positive():
    """Of both activations, by numpy on the weights."""
    runs = tuple(Run(name, initializer="he_normal", bias=-2.0) for name in ("relu", "leaky_relu"))
    history = train(Experiment(DatasetSpec("moons", samples=100), runs, hidden=(16,), epochs=3))
    X = load(history.experiment.dataset).X_train
    for run in range(2):
        W, b = history.parameters(run)[0]
        share = (X @ W + b <= 0).mean(axis=0)
        np.testing.assert_allclose(inactive(history)[run], share, atol=0.5 / len(X))
        assert 0 < (share >= silence.SILENT).sum() < 16
        assert (share == 1).sum() > 0
        assert history.dead_units[run, -1, 0] == ((share == 1).sum() if run == 0 else 0), "none of leaky_relu is"


def test_accuracy_and_silent_units_are_those_of_the_same_trainings():
    """By scikit-learn and by hand.  They are trained as one stack: alone, they would round otherwise, and where
    steps are too large end elsewhere."""
    rows = {row.trial: row for row in silence.experiment(seeds=(3,), epochs=20).measure("moons")}
    conditions = {
        "steps too large": {"learning_rate": 1.0},
        "bias too low, adam": {"bias": -4.0},
        "bias too low, sgd": {"bias": -4.0, "optimizer": "sgd"},
    }
    spec = DatasetSpec("moons", seed=3)
    data = load(spec)
    runs = tuple(
        Run(activation, **{"optimizer": "adam", "seed": 3, "initializer": "he_normal"} | ill)
        for activation in ("relu", "leaky_relu")
        for ill in conditions.values()
    ) + tuple(Run("relu", optimizer, initializer="he_normal", seed=3) for optimizer in ("adam", "adam", "sgd"))
    history = train(Experiment(spec, runs, hidden=(16, 16, 16), epochs=20, batch_size=32, seed=3))
    guesses = history.predict(data.X_test).argmax(axis=2)
    for place, name in enumerate(conditions):
        pair = [place, place + len(conditions)]
        accuracy = [accuracy_score(data.y_test, guesses[run]) for run in pair]
        silent = (inactive(history)[pair] >= 0.95).sum(axis=1)
        healthy = accuracy_score(data.y_test, guesses[place + 2 * len(conditions)])
        assert rows[f"left, {name}"].figures == pytest.approx([healthy - accuracy[1]], abs=1 / len(data.y_test))
        assert rows[f"dead, {name}"].figures == (0,)
        assert rows[name].figures == pytest.approx([accuracy[1] - accuracy[0]], abs=1 / len(data.y_test))
        spared = (silent[0] - silent[1]) / max(silent)
        assert rows[f"silence, {name}"].figures == pytest.approx([spared], abs=1 / 48)
    assert rows["bias too low, adam"].figures[0] > 0.1, "there is something to see"
    assert rows["silence, bias too low, adam"].figures[0] > 0.1


def test_relu_is_ill_under_every_condition_that_is_to_be_cured():
    """Its median network does little better than one that always says the commonest class."""
    learning = [row for row in kept().rows["leaky_cure"] if row.trial in silence.CONDITIONS]
    assert len(learning) == 3 * len(silence.DATASETS)
    for row in learning:
        data = load(all_features(row.part))
        commonest = 100 * np.bincount(data.y_test).max() / len(data.y_test)
        relu = float(re.search(r"relu ([\d.]+) %", row.detail)[1])
        assert relu < commonest + 5


def test_zeros_are_counted_as_numpy_counts_them():
    runs = (Run("relu"), Run("identity"), Run("relu", bias=-100.0))
    history = train(Experiment(DatasetSpec("xor", samples=100), runs, hidden=(8, 5), epochs=3))
    outputs, counted = load(history.experiment.dataset).X_train, []
    for W, b in history.parameters(0)[:-1]:
        outputs = np.maximum(outputs @ W + b, 0)
        counted.append(outputs == 0)
    assert inactive(history)[0].mean() == pytest.approx(np.concatenate(counted, axis=1).mean())
    assert inactive(history)[2].mean() == 1
    assert inactive(history, 0)[0].mean() != inactive(history)[0].mean(), "in the end, not before training"


def test_losses_are_compared_where_both_have_the_same_training_loss():
    """Worked by hand: relu comes down to 0.25, the other only to 0.5, which relu passes half way to its second
    record."""
    runs = (Run("relu"), Run("elu"))
    history = train(Experiment(DatasetSpec("moons", samples=40), runs, hidden=(2,), epochs=2))
    history = replace(
        history,
        train_loss=np.array([[1.0, 0.75, 0.25], [1.0, 0.5, 0.6]]),
        test_loss=np.array([[1.0, 0.8, 1.2], [1.0, 0.7, 9.0]]),
    )
    assert overfitting.at_equal_loss(history, 1, 0) == pytest.approx((0.7, 1.0, 0.5))
    assert overfitting.at_equal_loss(history, 0, 1) == pytest.approx((1.0, 0.7, 0.5))


def test_a_sparse_matrix_is_smaller_only_if_most_is_zero():
    """A value takes 4 bytes and its column 4 more."""
    assert saved(0.4, seed=0)[2] == pytest.approx(2 * 0.6, abs=0.03)
    assert saved(0.75, seed=0)[2] == pytest.approx(2 * 0.25, abs=0.03)
    assert min(saved(0.5, seed=0)) > 0


def test_two_classes_at_the_output_are_a_sigmoid_of_the_difference_of_the_scores():
    """For every dataset of the claim about the sigmoid's place."""
    for name in places.DATASETS:
        assert load(all_features(name)).classes == 2


def test_all_get_their_turn_and_each_turn_begins_with_another():
    order = []
    functions = {name: (lambda name=name: order.append(name)) for name in ("a", "b", "c")}
    seconds = speed.take_turns(functions, turns=4)
    assert {name: times.shape for name, times in seconds.items()} == dict.fromkeys("abc", (4,))
    assert all((times > 0).all() for times in seconds.values())
    changes = "".join(name for name, before in zip(order, ["", *order]) if name != before)
    assert changes == "abc" + "abc" + "bca" + "cab" + "abc", "first to warm up"


def test_what_is_timed_is_the_training_of_a_network(monkeypatch):
    """On samples that stay the same, its loss falls."""
    losses = []

    class Watched(speed.StackedMLP):
        def backward(self, inputs, targets, loss):
            logits = self.workspace(inputs.shape[1]).logits
            losses.append(loss.per_sample(logits, targets).mean())
            super().backward(inputs, targets, loss)

    monkeypatch.setattr(speed, "StackedMLP", Watched)
    step = speed.training_step("tanh", layers=2, units=8, samples=16)
    for _ in range(200):
        step()
    assert losses[-1] < 0.9 * losses[0]
