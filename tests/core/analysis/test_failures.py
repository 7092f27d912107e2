from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import entropy

from core import DatasetSpec, Experiment, History, Run, Training, load, train
from core.analysis.failures import Divergence, dies_out, divergences
from core.analysis.summary import constant_loss
from core.analysis.what_helps import Remedies, Remedy, remedies
from core.nn.initializers import draw
from core.train import cost, stack
from core.train.stack import Stack

MOONS = DatasetSpec("moons", samples=100, seed=1)  # 60 to train on
WILD = tuple(
    Run(name, "sgd", 100.0)
    for name in ("identity", "sigmoid", "tanh", "relu", "leaky_relu", "selu", "gelu", "relu_squared")
)
RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 100.0)


def growing(learning_rate: float) -> Run:
    """Its penalty multiplies all weights by minus 1000 times the rate in every step, to within some thousandths: what
    the data add is too little to matter."""
    return Run("identity", "sgd", learning_rate, l2=1000.0)


def remedy(history: History, rates: Sequence[float]) -> Remedy | None:
    return remedies(history, rates).best


def diverges(experiment: Experiment) -> np.ndarray:
    return train(experiment).diverged_at >= 0


@pytest.mark.parametrize(("batch_size", "epoch", "step"), [(20, 1, 3), (30, 1, 0), (60, 2, 0)])
def test_two_layers_that_grow_together_overflow_in_the_sums_of_the_second(batch_size, epoch, step):
    """Weights of about 1, 1e11 and 1e22 give logits of about 1, 1e22 and 1e44, and float32 ends at 3.4e38: it is the
    third forward pass, be it that of a step or the one that measures the loss."""
    history = train(Experiment(MOONS, (growing(1e8),), hidden=(4,), epochs=5, batch_size=batch_size))
    assert divergences(history) == {0: Divergence(0, epoch, step, 2, "weighted sums")}


@pytest.mark.parametrize(
    ("rate", "found"), [(1e6, Divergence(0, 1, 5, 2, "gradient")), (1e8, Divergence(0, 1, 4, 1, "weights"))]
)
def test_a_penalty_overflows_in_the_gradient_or_in_the_update(rate, found):
    """Weights times 1e9 a step are about 1e36 after four: the fifth gradient is about 1e39.  Times 1e11, they are about
    1e33 after three: the fourth gradient is about 1e36, and times the rate 1e44.  Behind a sigmoid, sums are as large
    as weights.  Both layers are concerned; gradients are computed from the output downwards."""
    run = replace(growing(rate), activation="sigmoid")
    history = train(Experiment(MOONS, (run,), hidden=(4,), epochs=3, batch_size=10))
    assert divergences(history) == {0: found}


def test_the_first_infinity_counts_though_tanh_makes_1_of_it():
    """Two layers' weights of 1e22 overflow in the third step, as above; the weights themselves only in the fourth."""
    run = replace(growing(1e8), activation=("identity", "tanh"))
    history = train(Experiment(MOONS, (run,), hidden=(1, 1), epochs=3, batch_size=10))
    assert divergences(history) == {0: Divergence(0, 1, 3, 2, "weighted sums")}


def test_logits_too_far_apart_for_float32_count_as_outputs_of_the_output_layer():
    """After four epochs of one step each the greatest logit is about 3e38, and the other of its sample far below 0."""
    logits = load(MOONS).X_train @ draw("xavier_normal", 0, 0, 2, 2)
    greatest, apart = np.abs(logits).max(), np.abs(logits[:, 0] - logits[:, 1]).max()
    assert apart > 1.5 * greatest
    rate = (3e38 / greatest) ** (1 / 4) / 1000
    history = train(Experiment(MOONS, (growing(rate),), hidden=(), epochs=4, batch_size=60))
    assert divergences(history) == {0: Divergence(0, 4, 0, 1, "outputs")}


def layer_whose_squares_overflow(layers: list[tuple[np.ndarray, np.ndarray]], X: np.ndarray) -> int:
    """A plain forward pass of ReLU squared in float32."""
    a = X.astype(np.float32)
    for layer, (W, b) in enumerate(layers, start=1):
        z = a @ W + b
        assert np.isfinite(z).all()
        with np.errstate(over="ignore"):
            a = np.maximum(z, 0) ** 2
        if not np.isfinite(a).all():
            return layer
    raise AssertionError("nothing overflowed")


def test_initial_weights_that_are_too_much_overflow_where_a_plain_forward_pass_does():
    grow = Run("relu_squared", initializer="he_normal")  # too large for squares, even without a bias
    runs = tuple(replace(grow, bias=bias, seed=seed) for seed in range(4) for bias in (0.0, 1.0, 1000.0))
    history = train(Experiment(MOONS, runs, hidden=(8,) * 8, epochs=2))
    X = load(MOONS).X_train
    layers = [layer_whose_squares_overflow(history.parameters(i, 0), X) for i in range(len(runs))]
    assert len(set(layers)) > 2
    assert divergences(history) == {i: Divergence(i, 0, 0, layer, "outputs") for i, layer in enumerate(layers)}


@pytest.mark.parametrize(("function", "is_nan"), [("=log(x)", True), ("=exp(exp(100 * x^2))", False)])
def test_what_is_not_a_number_is_told_from_what_is_infinite(function, is_nan):
    history = train(Experiment(MOONS, (Run(function),), hidden=(4,), epochs=1))
    assert divergences(history) == {0: Divergence(0, 0, 0, 1, "outputs", is_nan)}


def test_a_test_point_that_alone_is_too_much_is_found(monkeypatch):
    data = load(MOONS)
    far = data.X_test.copy()
    far[-1] = 1e30
    monkeypatch.setattr(stack, "load", lambda spec: replace(data, X_test=far))
    calm = Run("relu_squared", initializer="small_normal")
    history = train(Experiment(MOONS, (calm, replace(calm, activation="tanh")), hidden=(8, 8), epochs=3))
    assert divergences(history) == {0: Divergence(0, 0, 0, 1, "outputs")}


def test_a_run_of_a_stack_blows_up_where_it_does_alone():
    experiment = Experiment(MOONS, WILD, hidden=(8, 8), epochs=20, batch_size=20)
    together = divergences(train(experiment))
    assert len(together) >= 4
    assert len({found.epoch for found in together.values()}) > 1
    for i, run in enumerate(WILD):
        alone = divergences(train(replace(experiment, runs=(run,)))).get(0)
        assert (alone and replace(alone, run=i)) == together.get(i)


def test_the_step_is_the_one_that_spoils_the_weights():
    """Here nothing swallows an infinity: a step that has one leaves no finite weights."""
    wild = tuple(replace(run, initializer="he_normal") for run in WILD)
    experiment = Experiment(MOONS, wild, hidden=(8, 8), epochs=20, batch_size=20)
    found = {i: where for i, where in divergences(train(experiment)).items() if where.step > 0}
    assert {where.epoch for where in found.values()} == {1, 2}
    for i, where in found.items():
        spoiled = []

        def look(step, spoiled=spoiled):
            if not np.isfinite(step.network.parameters).all():
                spoiled.append((step.epoch, step.number))

        Training(replace(experiment, runs=(wild[i],))).advance(where.epoch, look)
        assert spoiled[0] == (where.epoch, where.step)


def test_a_training_that_was_stopped_early_is_explained_as_far_as_it_went():
    training = Training(Experiment(MOONS, (growing(1e8), growing(1e4)), hidden=(4,), epochs=50, batch_size=60))
    training.advance(2)
    assert list(divergences(training.history())) == [0]
    training.advance(4)
    assert list(divergences(training.history())) == [0, 1]


def test_only_what_diverged_is_trained_again_and_no_longer_than_it_takes(monkeypatch):
    history = train(Experiment(MOONS, (Run("relu"), growing(1e8)), hidden=(4,), epochs=200, batch_size=60))
    epoch, trained = Stack.train_epoch, []
    monkeypatch.setattr(Stack, "train_epoch", lambda self, look: (epoch(self, look), trained.append(len(self.runs))))
    assert divergences(history)[1].epoch == 2
    assert trained == [1, 1]


def test_where_nothing_diverged_nothing_is_trained(monkeypatch):
    history = train(Experiment(MOONS, (Run("relu"), Run("tanh")), epochs=5))
    monkeypatch.setattr(Stack, "__init__", None)
    assert divergences(history) == {}
    assert remedy(history, RATES) is None


def test_a_remedy_is_the_change_that_reaches_the_lowest_loss_and_not_the_first_that_does_not_diverge():
    """The penalty multiplies weights by -1e5 in a step at the rate of 1e8, and by 0.9 at 100: finite, but far from what
    0.1 learns.  Without the penalty even 1e8 is finite, as tanh is bounded, and its loss is in the millions."""
    experiment = Experiment(MOONS, (Run("tanh", "sgd", 1e8, l2=1e-3),), hidden=(8,), epochs=20)
    history = train(experiment)
    assert (history.diverged_at >= 0).all()
    first = train(Remedy("learning_rate", 100.0).applied_to(experiment))
    assert (first.diverged_at < 0).all()
    found = remedies(history, [100.0, 0.1])
    assert found.best == Remedy("learning_rate", 0.1)
    assert found.tried == ("learning_rate", "l2")
    assert found.best.loss < 0.5 < constant_loss(experiment) < first.train_loss[0, -1]
    assert found.best.loss == train(found.best.applied_to(experiment)).train_loss[0, -1]


def test_with_a_remedy_nothing_diverges_and_its_loss_is_what_it_gives():
    experiment = Experiment(MOONS, WILD, hidden=(8, 8), epochs=40)
    found = remedies(train(experiment), RATES)
    mended = train(found.best.applied_to(experiment))
    assert (mended.diverged_at < 0).all()
    assert found.best.loss == pytest.approx(mended.train_loss[:, -1].mean())
    assert found.best.loss < constant_loss(experiment)
    assert found.tried == ("learning_rate", "hidden")


def test_a_rate_with_which_another_network_diverges_is_no_remedy():
    """The penalty of the first multiplies its weights by -1e5 in a step at 1e8, and by 0.999 at 1; that of the second
    by 0.9 at 1e-4, and by -999 at 1.  At 1 the first learns so well, and the second stops so early, that their losses
    are lower than at 1e-4."""
    runs = (Run("tanh", "sgd", 1e8, l2=1e-3, seed=1), replace(growing(1e-4), seed=1))
    experiment = Experiment(MOONS, runs, hidden=(8,), epochs=20, batch_size=5)
    history = train(experiment)
    assert (history.diverged_at >= 0).tolist() == [True, False]
    greater = train(Remedy("learning_rate", 1.0).applied_to(experiment))
    assert (greater.diverged_at >= 0).tolist() == [False, True]
    found = remedy(history, [1.0, 1e-4])
    assert found == Remedy("learning_rate", 1e-4)
    assert greater.train_loss[:, -1].mean() < found.loss
    assert not diverges(found.applied_to(experiment)).any()


def test_rates_are_tried_below_that_of_every_run_that_diverged():
    """As if both had diverged: 0.3, between their rates, would not diverge either, and would learn much more."""
    experiment = Experiment(MOONS, (Run("tanh", "sgd", 10.0), Run("tanh", "sgd", 0.1)), hidden=(8,), epochs=15)
    history = replace(train(experiment), diverged_at=np.array([3, 5]))
    found = remedy(history, [0.3, 0.001])
    assert found == Remedy("learning_rate", 0.001)
    between = train(Remedy("learning_rate", 0.3).applied_to(experiment))
    assert (between.diverged_at < 0).all()
    assert between.train_loss[:, -1].mean() < found.loss / 2


def test_an_initializer_that_suits_helps_where_no_rate_does():
    deep = Run("identity", "sgd", initializer="he_normal")
    experiment = Experiment(MOONS, (deep, Run("tanh", "sgd")), hidden=(16,) * 8, epochs=20)
    history = train(experiment)
    assert (history.diverged_at > 0).tolist() == [True, False]
    found, suiting = remedies(history, [0.3, 10.0]), Remedy("initializer", "auto")  # no rate below SGD's own
    assert found.tried == ("initializer", "hidden")
    helped = train(suiting.applied_to(experiment))
    assert (helped.diverged_at < 0).all()
    assert found.best == suiting or found.best.loss < helped.train_loss[:, -1].mean()


def test_fewer_layers_help_where_initial_weights_are_too_much():
    """1000 squared again and again is 1e6, 1e12, 1e24, 1e48: four layers are too many, whatever the rate."""
    deep = Run(("relu_squared",) * 5 + ("tanh",) * 3, bias=1000.0)
    experiment = Experiment(MOONS, (Run("relu"), deep), hidden=(8, 7, 6, 5, 4, 3, 2, 1), epochs=5)
    history = train(experiment)
    assert history.diverged_at.tolist() == [-1, 0]
    found = remedy(history, [1e-12])  # it would be refused if it were tried
    assert found.field == "hidden"
    assert found.value in ((8, 7), (8,))
    assert not diverges(found.applied_to(experiment)).any()
    changed = Remedy("hidden", (8, 7)).applied_to(experiment)
    assert [run.activation for run in changed.runs] == ["relu", ("relu_squared", "relu_squared")]


def test_there_is_no_remedy_where_the_penalty_alone_blows_up():
    """With any of these rates; at the rate that suits the data, it is the penalty that has to go."""
    history = train(Experiment(MOONS, (growing(1e4),), hidden=(4, 4), epochs=10))
    assert remedies(history, [1e3, 1.0]) == Remedies(None, ("learning_rate", "l2", "hidden"))
    assert remedy(history, [1e3, 1.0, 1e-4]) == Remedy("learning_rate", 1e-4)
    calm = train(Experiment(MOONS, (growing(0.1),), hidden=(4,), epochs=20))
    assert (calm.diverged_at >= 0).all()
    found = remedy(calm, [0.05])
    assert found == Remedy("l2", 0.0)
    assert found.loss < 0.5 < constant_loss(calm.experiment)
    assert not diverges(found.applied_to(calm.experiment)).any()


def test_a_network_that_ignores_its_inputs_has_the_entropy_of_the_classes():
    y = load(MOONS).y_train
    shares = np.bincount(y) / len(y)
    assert constant_loss(Experiment(MOONS)) == pytest.approx(-(shares * np.log(shares)).sum())
    unequal = Experiment(DatasetSpec("wine"))
    counts = np.bincount(load(unequal.dataset).y_train)
    assert constant_loss(unequal) == pytest.approx(entropy(counts))


def test_where_each_seed_has_its_own_data_the_loss_of_a_constant_answer_is_a_mean():
    spec = DatasetSpec("by_formula", samples=50, formula="y > 0")
    drawn = Experiment(spec, tuple(Run(seed=seed) for seed in range(4)), redraw="everything")
    entropies = [entropy(np.bincount(load(replace(spec, seed=seed)).y_train)) for seed in range(4)]
    assert np.ptp(entropies) > 1e-3
    assert constant_loss(drawn) == pytest.approx(np.mean(entropies))


def test_a_remedy_is_for_as_many_epochs_as_were_trained():
    """One step each epoch: weights that grow 9-fold make logits 81-fold, up to 3.4e38 in 20 epochs; 3-fold, in 40."""
    training = Training(Experiment(MOONS, (growing(1e8),), hidden=(4,), epochs=60, batch_size=60))
    training.advance(30)
    assert remedy(training.history(), [0.01, 0.004]) == Remedy("learning_rate", 0.004)
    training.advance(30)
    assert remedy(training.history(), [0.01, 0.004]) is None


def test_looking_for_a_remedy_ends_when_it_took_as_long_as_an_experiment_may(monkeypatch):
    experiment = Experiment(MOONS, (growing(1e7),), hidden=(4,), epochs=1, batch_size=5)
    history = train(experiment)
    rates = [1e6, 1e5, 1e4, 1e-4]  # the last of them helps
    assert remedy(history, rates) == Remedy("learning_rate", 1e-4)
    once = cost.seconds(cost.Workload((2, 4, 2), 1, 60, 5, 4), 1)
    monkeypatch.setattr("core.limits.SECONDS", 2.5 * once)
    assert remedy(history, rates) is None
    assert remedy(history, rates[1:]) == Remedy("learning_rate", 1e-4)


def final(history: History, **figures: object) -> History:
    """The history with other figures in its last record."""
    changed = {name: getattr(history, name).copy() for name in figures}
    for name, value in figures.items():
        changed[name][:, -1] = value
    return replace(history, **changed)


def test_a_network_dies_out_if_all_units_of_a_layer_are_dead_in_the_end():
    runs = (Run("relu", bias=-1000.0), Run("leaky_relu", bias=-1000.0), Run("step"), Run("tanh"))
    history = train(Experiment(MOONS, runs, hidden=(8, 6), epochs=5))
    assert dies_out(history).tolist() == [True, False, True, False]
    np.testing.assert_array_equal(history.gradient_norm[0, :, 0], 0)
    almost, second = [[7, 5]] * 4, [[0, 6]] * 4
    assert not dies_out(final(history, dead_units=almost)).any()
    assert dies_out(final(history, dead_units=second)).all()


def test_a_network_that_diverged_or_has_no_hidden_layer_does_not_die_out():
    history = train(Experiment(MOONS, (Run("relu", bias=-1000.0),), epochs=5))
    assert dies_out(history)[0]
    assert not dies_out(replace(history, diverged_at=np.array([4])))[0]
    assert not dies_out(train(Experiment(MOONS, (Run("relu"),), hidden=(), epochs=1)))[0]
