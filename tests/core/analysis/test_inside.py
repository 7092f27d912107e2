import pickle
import tracemalloc
from dataclasses import replace

import numpy as np
import pytest
from scipy.special import log_softmax, softmax
from sklearn.metrics import confusion_matrix

from core import ACTIVATIONS, DatasetSpec, Experiment, History, Run, class_probabilities, grid, load, train
from core.analysis.inside import BINS, MOST_UNITS, Inside, look_inside
from tests.numeric import numeric_gradient

MOONS = DatasetSpec("moons", samples=100, seed=1)
EXPERIMENTS = {
    "moons": Experiment(
        MOONS,
        (Run(("relu", "sin")), Run("relu", "sgd", learning_rate=0.5, bias=-0.8), Run("tanh"), Run(("gelu", "relu6"))),
        hidden=(7, 4), epochs=13, dtype="float64",
    ),
    "iris": Experiment(DatasetSpec("iris", view="all"), (Run("relu", bias=-1.0), Run("mish")), hidden=(8,), epochs=6),
    "digits": Experiment(
        DatasetSpec("digits"), (Run(("softsign", "relu", "elu"), "sgd", l2=0.01), Run("hardtanh", l1=0.01)),
        hidden=(20, 5, 3), epochs=4, loss="mse",
    ),
    "no hidden layer": Experiment(MOONS, (Run("tanh"), Run("relu", "sgd")), hidden=(), epochs=4),
}  # fmt: skip
RUNS = [(name, run) for name, experiment in EXPERIMENTS.items() for run in range(len(experiment.runs))]


@pytest.fixture(scope="module")
def histories() -> dict[str, History]:
    return {name: train(experiment) for name, experiment in EXPERIMENTS.items()}


def plain_forward(
    history: History, run: int, epoch_index: int, X: np.ndarray, slopes: bool = False
) -> list[np.ndarray]:
    """(sample, unit) for each layer: its outputs, or the slopes of the hidden ones, in float64; the logits last."""
    layers, results, a = history.parameters(run, epoch_index), [], X
    names = history.experiment.runs[run].layer_activations(len(layers) - 1)
    for (W, b), name in zip(layers, names):
        z = a @ W.astype(float) + b
        a = ACTIVATIONS[name].value(z)
        results.append(ACTIVATIONS[name].slope(z) if slopes else a)
    W, b = layers[-1]
    return [*results, a @ W.astype(float) + b]


def changeable(history: History) -> History:
    """A copy whose parameters can be written to."""
    copy = replace(history, flat_parameters=history.flat_parameters.copy())
    copy.flat_parameters.flags.writeable = True
    return copy


@pytest.mark.parametrize(("name", "run"), RUNS)
def test_shapes_are_those_promised(name, run, histories):
    history = histories[name]
    inside, sizes = look_inside(history, run, resolution=5), history.experiment.sizes
    records, hidden, classes = len(history.epochs), sizes[1:-1], sizes[-1]
    np.testing.assert_array_equal(inside.epochs, history.epochs)
    assert [m.shape for m in inside.unit_maps] == [(records, min(n, MOST_UNITS), 5, 5) for n in sizes[1:]]
    assert {m.dtype for m in inside.unit_maps} == {np.dtype("float32")}
    assert [dead.shape for dead in inside.dead] == [(records, n) for n in hidden]
    assert [counts.shape for counts in inside.output_counts] == [(records, BINS)] * len(hidden)
    assert [edges.shape for edges in inside.output_edges] == [(BINS + 1,)] * len(hidden)
    assert [counts.shape for counts in inside.gradient_counts] == [(records, BINS)] * (len(hidden) + 1)
    assert [share.shape for share in inside.zero_gradients] == [(records,)] * (len(hidden) + 1)
    assert inside.confusion.shape == (records, classes, classes)
    for edges in (*inside.output_edges, inside.gradient_edges):
        assert np.isfinite(edges).all()
        assert (np.diff(edges) > 0).all()


@pytest.mark.parametrize(("name", "run"), RUNS)
def test_weights_and_biases_are_the_histories(name, run, histories):
    inside = look_inside(histories[name], run, resolution=2)
    for index in range(len(inside.epochs)):
        expected = histories[name].parameters(run, index)
        for (W, b), weights, biases in zip(expected, inside.weights, inside.biases, strict=True):
            np.testing.assert_array_equal(weights[index], W)
            np.testing.assert_array_equal(biases[index], b)


@pytest.mark.parametrize(("name", "run"), RUNS)
def test_maps_are_a_plain_forward_pass_over_the_window(name, run, histories):
    history = histories[name]
    inside, data = look_inside(history, run, resolution=6), load(history.experiment.dataset)
    window = grid(data, 6)
    for index in range(len(inside.epochs)):
        *hidden, logits = plain_forward(history, run, index, data.to_inputs(window.points))
        for maps, expected in zip(inside.unit_maps, [*hidden, softmax(logits, axis=1)], strict=True):
            pictures = expected.T.reshape(-1, 6, 6)[:MOST_UNITS]
            np.testing.assert_allclose(maps[index], pictures, rtol=1e-3, atol=1e-5)
        pictures = class_probabilities(history, data, window, index)[run].transpose(2, 0, 1)
        np.testing.assert_allclose(inside.unit_maps[-1][index], pictures, rtol=1e-5, atol=1e-7)


@pytest.mark.parametrize(("name", "run"), RUNS)
def test_dead_units_are_those_without_slope_and_as_many_as_the_history_counts(name, run, histories):
    history = histories[name]
    inside, data = look_inside(history, run, resolution=2), load(history.experiment.dataset)
    for layer, dead in enumerate(inside.dead):
        np.testing.assert_array_equal(dead.sum(axis=1), history.dead_units[run, :, layer])
        for index, of_epoch in enumerate(dead):
            slopes = plain_forward(history, run, index, data.X_train, slopes=True)[layer]
            np.testing.assert_array_equal(of_epoch, (slopes == 0).all(axis=0))


def test_some_units_of_these_runs_are_dead_and_some_are_not(histories):
    """Or the test above would have nothing to tell apart."""
    dead = look_inside(histories["moons"], 1, resolution=2).dead
    assert any(0 < of_epoch.sum() < of_epoch.size for layer in dead for of_epoch in layer)


@pytest.mark.parametrize("run", range(4))
def test_outputs_are_counted_as_numpy_counts_them(run, histories):
    history = histories["moons"]
    inside, data = look_inside(history, run, resolution=2), load(MOONS)
    for index in range(len(inside.epochs)):
        outputs = plain_forward(history, run, index, data.X_train)
        for counts, edges, values in zip(inside.output_counts, inside.output_edges, outputs):
            expected, _ = np.histogram(values.clip(edges[0], edges[-1]), edges)
            np.testing.assert_array_equal(counts[index], expected)


@pytest.mark.parametrize(("name", "run"), RUNS)
def test_no_output_is_lost(name, run, histories):
    experiment = EXPERIMENTS[name]
    inside, samples = look_inside(histories[name], run, resolution=2), len(load(experiment.dataset).y_train)
    for counts, units in zip(inside.output_counts, experiment.hidden, strict=True):
        np.testing.assert_array_equal(counts.sum(axis=1), units * samples)


def test_edges_of_outputs_leave_out_a_hundredth_at_most_half_of_it_at_each_end():
    history = train(Experiment(DatasetSpec("moons", samples=500), (Run("identity"),), hidden=(5,), epochs=10))
    (edges,), data = look_inside(history, 0, resolution=2).output_edges, load(history.experiment.dataset)
    outputs = np.array([plain_forward(history, 0, index, data.X_train)[0] for index in range(len(history.epochs))])
    np.testing.assert_allclose(edges[[0, -1]], np.quantile(outputs, [0.005, 0.995]), atol=0.01)
    assert 0.008 < np.mean((outputs < edges[0] - 1e-5) | (outputs > edges[-1] + 1e-5)) <= 0.01


@pytest.mark.parametrize(
    "run", [Run("relu", bias=-100.0), Run("sigmoid", bias=1000.0), Run("identity", initializer="zeros", bias=-3.0)]
)
def test_outputs_that_are_all_equal_are_in_one_bin_that_holds_them(run):
    history = train(Experiment(MOONS, (run,), hidden=(6,), epochs=0))
    inside = look_inside(history, 0, resolution=2)
    (counts,), (edges,) = inside.output_counts, inside.output_edges
    value = plain_forward(history, 0, 0, load(MOONS).X_train)[0].mean()
    (place,) = np.flatnonzero(counts[0])
    assert counts[0, place] == 6 * 60
    assert edges[place] <= value <= edges[place + 1]


@pytest.mark.parametrize("biases", [(1e30, 1e30), (1, 1 + 4e-16), (-1.7e308, 1.7e308), (0, 1e-310), (-1e30, 1)])
def test_outputs_of_any_size_have_edges_and_are_counted(biases):
    """Two identity units whose weights are 0, so that their biases are their outputs."""
    state = changeable(train(Experiment(MOONS, (Run("identity"),), hidden=(2,), epochs=0, dtype="float64")))
    W, b = state.parameters(0)[0]
    W[...], b[...] = 0, biases
    inside = look_inside(state, 0, resolution=2)
    (counts,), (edges,) = inside.output_counts, inside.output_edges
    assert counts.sum() == 2 * 60
    assert np.isfinite(edges).all()
    assert (np.diff(edges) > 0).all()


@pytest.mark.parametrize("loss", ["cross_entropy", "mse"])
def test_gradients_are_central_differences_of_the_loss_without_penalties(loss):
    runs = (Run("relu"), Run(("tanh", "softplus"), "sgd", l1=0.05, l2=0.1))
    history = train(Experiment(MOONS, runs, hidden=(3, 2), epochs=5, loss=loss, dtype="float64"))
    data = load(MOONS)
    inside = look_inside(history, 1, resolution=2)
    truth = np.eye(2)[data.y_train]
    for index in range(len(history.epochs)):
        state = changeable(history)

        def mean_loss(state=state, index=index) -> float:
            logs = log_softmax(plain_forward(state, 1, index, data.X_train)[-1], axis=1)
            if loss == "mse":
                return np.square(np.exp(logs) - truth).mean()
            return -logs[np.arange(len(logs)), data.y_train].mean()

        for layer, (W, _) in enumerate(state.parameters(1, index)):
            numeric = np.abs(numeric_gradient(mean_loss, W))
            expected, _ = np.histogram(np.log10(numeric).clip(inside.gradient_edges[0]), inside.gradient_edges)
            np.testing.assert_array_equal(inside.gradient_counts[layer][index], expected)
            assert expected.sum() == W.size


@pytest.mark.parametrize(("name", "run"), RUNS)
def test_every_weight_is_counted_or_has_no_gradient(name, run, histories):
    inside = look_inside(histories[name], run, resolution=2)
    for counts, share, weights in zip(inside.gradient_counts, inside.zero_gradients, inside.weights, strict=True):
        np.testing.assert_allclose(counts.sum(axis=1) + share * weights[0].size, weights[0].size)


@pytest.mark.parametrize(("name", "run"), RUNS)
def test_edges_of_gradients_are_whole_decades_with_none_above(name, run, histories):
    edges = look_inside(histories[name], run, resolution=2).gradient_edges
    assert edges[0] == np.round(edges[0])
    assert edges[-1] == np.round(edges[-1])
    norm = histories[name].gradient_norm[run].max()  # of a layer, so that no weight's gradient is above it
    assert edges[-1] <= np.ceil(np.log10(norm))


def test_dead_units_give_their_weights_no_gradient():
    """Two of three relu units are far below 0 for all samples: nothing reaches the 2 x 2 weights into them, nor the
    2 x 2 out of them, because their outputs are 0."""
    killed = changeable(train(Experiment(MOONS, (Run("relu"),), hidden=(3,), epochs=0)))
    killed.parameters(0)[0][1][[0, 2]] = -100
    inside = look_inside(killed, 0, resolution=2)
    np.testing.assert_array_equal(inside.dead[0], [[True, False, True]])
    np.testing.assert_allclose(np.concatenate(inside.zero_gradients), 2 / 3)


def test_no_gradient_at_all_is_no_count_at_all():
    inside = look_inside(train(Experiment(MOONS, (Run("relu", bias=-100.0),), hidden=(6, 3), epochs=2)), 0)
    for counts, share in zip(inside.gradient_counts, inside.zero_gradients, strict=True):
        assert not counts.any()
        np.testing.assert_array_equal(share, 1)
    assert (np.diff(inside.gradient_edges) > 0).all()


@pytest.mark.parametrize(("name", "run"), RUNS)
def test_confusion_is_scikit_learns(name, run, histories):
    history = histories[name]
    inside, data = look_inside(history, run, resolution=2), load(history.experiment.dataset)
    for index, confusion in enumerate(inside.confusion):
        labels = history.predict(data.X_test, index)[run].argmax(axis=1)
        expected = confusion_matrix(data.y_test, labels, labels=range(data.classes))
        np.testing.assert_array_equal(confusion, expected)


def test_a_run_that_blew_up_is_looked_into_at_its_last_finite_state():
    wild = Run("relu_squared", "sgd", learning_rate=1e6)
    history = train(Experiment(MOONS, (Run("tanh"), wild), epochs=20))
    inside, epoch = look_inside(history, 1, resolution=4), history.diverged_at[1]
    assert 0 < epoch < 20
    for counts, units in zip(inside.output_counts, (16, 16)):
        np.testing.assert_array_equal(counts.sum(axis=1), units * 60)
    at = list(history.epochs).index(epoch)
    assert len(inside.epochs) - at > 1
    for figures in (*inside.weights, *inside.output_counts, *inside.gradient_counts, inside.confusion):
        np.testing.assert_array_equal(figures[at:], np.broadcast_to(figures[at], figures[at:].shape))


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("layers", range(1, 13))
def test_a_run_that_was_never_finite_is_no_error(dtype, layers):
    """Each layer squares what it gets, so the depth decides what overflows: gradients, logits, or outputs."""
    wild = Run("relu_squared", bias=1000.0)
    history = train(Experiment(MOONS, (wild, Run()), hidden=(8,) * layers, epochs=2, dtype=dtype))
    assert history.diverged_at[0] == 0 or layers < 8
    inside = look_inside(history, 0)
    np.testing.assert_array_equal(inside.confusion.sum(axis=(1, 2)), 40)
    for counts, edges in zip(inside.output_counts, inside.output_edges):
        assert (counts >= 0).all()
        assert (counts.sum(axis=1) <= 8 * 60).all()
        assert np.isfinite(edges).all()
    np.testing.assert_array_equal(inside.output_counts[0].sum(axis=1), 8 * 60)


def test_only_finite_outputs_are_counted():
    """The second of two layers has one unit whose bias is infinite, and one whose bias is not a number."""
    broken = changeable(train(Experiment(MOONS, (Run("identity"),), hidden=(4, 5), epochs=1)))
    broken.parameters(0, 1)[1][1][:2] = np.inf, np.nan
    counts = look_inside(broken, 0).output_counts
    np.testing.assert_array_equal([layer.sum(axis=1) for layer in counts], [[240, 240], [300, 180]])


def test_a_network_without_hidden_layers_has_its_output_layer_only(histories):
    inside = look_inside(histories["no hidden layer"], 1)
    assert inside.dead == inside.output_counts == inside.output_edges == ()
    assert len(inside.weights) == len(inside.biases) == len(inside.unit_maps) == len(inside.gradient_counts) == 1


def test_parts_give_what_one_part_gives(histories, monkeypatch):
    """But for the edges of the outputs, which suit the first part."""
    whole = look_inside(histories["moons"], 1)
    monkeypatch.setattr("core.nn.network.PART_VALUES", 1)
    in_parts = look_inside(histories["moons"], 1)
    for name in ("unit_maps", "dead", "gradient_counts", "zero_gradients"):
        for one, other in zip(getattr(in_parts, name), getattr(whole, name), strict=True):
            np.testing.assert_allclose(one, other, rtol=1e-6, atol=1e-9, err_msg=name)
    np.testing.assert_array_equal(in_parts.confusion, whole.confusion)
    data = load(MOONS)
    for counts, edges, outputs in zip(
        in_parts.output_counts, in_parts.output_edges, plain_forward(histories["moons"], 1, -1, data.X_train)
    ):
        expected, _ = np.histogram(outputs.clip(edges[0], edges[-1]), edges)
        np.testing.assert_array_equal(counts[-1], expected)


@pytest.mark.slow
def test_memory_does_not_grow_with_the_samples():
    peaks = []
    for samples in (1500, 5000):
        spec = DatasetSpec("moons", samples=samples)
        history = train(Experiment(spec, (Run("relu"),), hidden=(64,) * 4, epochs=4, batch_size=5000))
        tracemalloc.start()
        look_inside(history, 0)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0]


def test_no_array_can_be_changed(histories):
    inside = look_inside(histories["moons"], 0, resolution=2)
    for one in (inside, pickle.loads(pickle.dumps(inside))):
        for array in all_arrays(one):
            with pytest.raises(ValueError, match="read-only"):
                array[...] = 0


def all_arrays(inside: Inside) -> list[np.ndarray]:
    values = vars(inside).values()
    return [array for value in values for array in (value if isinstance(value, tuple) else [value])]


@pytest.mark.parametrize("run", [-1, 4])
def test_a_run_that_is_not_there_is_refused(run, histories):
    with pytest.raises(ValueError, match=f"run is {run}, and must be a whole number between 0 and 3"):
        look_inside(histories["moons"], run)
