import numpy as np
import pytest

from core import OPTIMIZERS
from core.lessons.descent import descend, rate_on
from core.lessons.optimizer_terms import step_on, take_apart
from core.lessons.surfaces import SURFACES
from core.nn.optimizers import Optimizer, Step
from core.nn.optimizers.terms import kept_terms
from tests.reference.cases import OPTIMIZERS_IN_TORCH, VALLEY_RATES, VALLEY_START
from tests.reference.recorded import numbers

# PyTorch's names of what the terms are called here.
OF_PYTORCH = {
    "momentum_buffer": "velocity", "sum": "sum", "square_avg": "mean square", "exp_avg": "mean",
    "exp_avg_sq": "mean square", "exp_inf": "greatest", "max_exp_avg_sq": "greatest", "mu_product": "product",
}  # fmt: skip
RECORDED = numbers("optimizer_terms.json")


def values(optimizer: str, step: Step) -> dict[str, np.ndarray]:
    return {term.name: term.value for term in take_apart(optimizer, step)}


def in_the_valley(name: str, number: int) -> Step:
    return step_on("rosenbrock", name, VALLEY_RATES[name], VALLEY_START, number)


def on_a_slope(name: str, steps: int) -> Step:
    """The last of some steps of rate 1 where the gradient is always the same."""
    optimizer, p, g = OPTIMIZERS[name], np.array([[5.0, 5.0]]), np.array([[3.0, -0.5]])
    state = optimizer.init(p)
    for t in range(1, steps + 1):
        origin, before = p.copy(), [array.copy() for array in state]
        optimizer.step(p, g, state, np.ones((1, 1)), t)
    return Step(origin[0], g[0], (p - origin)[0], [a[0] for a in before], [a[0] for a in state], 1.0, steps)


@pytest.mark.parametrize("name", OPTIMIZERS_IN_TORCH)
def test_the_last_term_is_the_step_that_pytorch_makes(name, torch_numbers):
    path = np.vstack([VALLEY_START, torch_numbers[f"optimizer/{name}/float64"]])
    for number in range(1, 51):
        *_, step = take_apart(name, in_the_valley(name, number))
        assert step.name == "step"
        np.testing.assert_allclose(step.value, path[number] - path[number - 1], rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("number", [1, 2, 7, 50])
@pytest.mark.parametrize("name", OPTIMIZERS_IN_TORCH)
def test_gradient_and_state_are_pytorchs(name, number):
    terms = values(name, in_the_valley(name, number))
    for key, value in RECORDED[name][str(number)].items():
        if key != "acc_delta":  # AdaDelta's second state is brought up to date after the step
            np.testing.assert_allclose(terms[OF_PYTORCH.get(key, key)], value, rtol=1e-8, atol=1e-12)


def test_what_adadelta_knows_of_its_steps_is_pytorchs_of_the_step_before():
    known = values("adadelta", in_the_valley("adadelta", 8))["mean square of steps"]
    np.testing.assert_allclose(known, RECORDED["adadelta"]["7"]["acc_delta"], rtol=1e-8)


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_terms_end_in_the_step_of_the_path_on_the_same_surface(name, surface):
    rate, start = rate_on(surface, name), SURFACES[surface].starts[0]
    (path,) = descend(surface, [name], [rate], 12, start).points
    for number in (1, 5, 12):
        step = step_on(surface, name, rate, start, number)
        *_, last = take_apart(name, step)
        np.testing.assert_allclose(step.p, path[number - 1], rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(step.p + last.value, path[number], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_what_is_before_a_step_is_what_was_after_the_last_one(name):
    before, after = in_the_valley(name, 6), in_the_valley(name, 5)
    for one, other in zip(before.before, after.after, strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("steps", [1, 3, 20])
@pytest.mark.parametrize("name", ["adam", "adamw", "amsgrad"])
def test_on_an_even_slope_m_hat_is_the_gradient_and_v_hat_its_square(name, steps):
    """That is what the corrections are for."""
    terms = values(name, on_a_slope(name, steps))
    np.testing.assert_allclose(terms["corrected mean"], [3.0, -0.5], rtol=1e-12)
    np.testing.assert_allclose(terms["corrected mean square"], [9.0, 0.25], rtol=1e-12)


def test_the_second_step_of_momentum_by_hand():
    """Velocity 0.9 * 3 + 3 = 5.7 and 0.9 * -0.5 - 0.5 = -0.95; NAG looks ahead to 3 + 0.9 * 5.7 = 8.13."""
    momentum, nag = (values(name, on_a_slope(name, 2)) for name in ("momentum", "nag"))
    np.testing.assert_allclose(momentum["velocity before"], [3.0, -0.5])
    np.testing.assert_allclose(momentum["velocity"], [5.7, -0.95])
    np.testing.assert_allclose(momentum["step"], [-5.7, 0.95])
    np.testing.assert_allclose(nag["look ahead"], [8.13, -1.355])


def test_radam_trusts_its_divisor_from_the_sixth_step_on():
    """PyTorch asks for a rho above 5, and after five steps it is 4.996."""
    trusts = ["trust" in values("radam", on_a_slope("radam", steps)) for steps in range(1, 9)]
    assert trusts == [False] * 5 + [True] * 3


TELLING = [name for name, record in OPTIMIZERS.items() if record.terms is not kept_terms]


@pytest.mark.parametrize("name", TELLING)
def test_every_term_has_its_formula_unless_it_is_given(name):
    for term in take_apart(name, on_a_slope(name, 7)):
        is_given = term.name.endswith((" before", " after")) or term.name == "mean square of steps"
        assert bool(term.formula) != is_given


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_term_has_a_name_a_meaning_and_a_value(name):
    terms = take_apart(name, on_a_slope(name, 7))
    assert len({term.name for term in terms}) == len(terms)
    assert (terms[0].name, terms[-1].name) == ("gradient", "step")
    for term in terms:
        assert term.meaning.endswith(".")
        assert np.shape(term.value) in ((2,), ())


def test_an_optimizer_without_terms_of_its_own_is_told_by_what_it_keeps(monkeypatch):
    fields = {name: getattr(OPTIMIZERS["adam"], name) for name in ("label", "family", "init", "step", "learning_rate")}
    monkeypatch.setitem(OPTIMIZERS, "untold", Optimizer(name="untold", note="Adam.", source="", **fields))
    untold, adam = values("untold", on_a_slope("untold", 3)), values("adam", on_a_slope("adam", 3))
    assert list(untold) == [
        "gradient", "memory 1 before", "memory 1 after", "memory 2 before", "memory 2 after", "step",
    ]  # fmt: skip
    np.testing.assert_allclose(untold["memory 1 after"], adam["mean"])
    np.testing.assert_allclose(untold["memory 2 before"], adam["mean square before"])
    np.testing.assert_allclose(untold["step"], adam["step"], rtol=1e-9)


def test_a_step_beyond_the_end_of_a_path_is_refused():
    (at,) = descend("rosenbrock", ["sgd"], [0.1], 30, (-1.2, 1.0)).diverged_at
    assert np.isfinite(step_on("rosenbrock", "sgd", 0.1, (-1.2, 1.0), at - 1).p).all()
    with pytest.raises(ValueError, match=f"sgd diverges in step {at} of 30"):
        step_on("rosenbrock", "sgd", 0.1, (-1.2, 1.0), 30)
    with pytest.raises(ValueError, match="unknown optimizer 'sgdd'"):
        step_on("rosenbrock", "sgdd", 0.1, (-1.2, 1.0), 3)
