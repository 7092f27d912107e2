from dataclasses import replace

import numpy as np
import pytest

from core import OPTIMIZERS, DatasetSpec, Experiment, History, Run, train
from core.lessons.vanishing import Chain, chain
from tests.by_sign import BY_SIGN
from ui.lessons.vanishing.words import notices


def test_what_vanishes_later_does_so_too_only_where_another_has_before():
    history = train(Experiment(DatasetSpec("moons"), (Run("tanh"), Run("relu")), hidden=(2,), epochs=1))
    followed = chain(history)
    left = np.full_like(followed.left, 0.5)
    left[0, -1] = 1e-4
    alone = notices(history, replace(followed, left=left))[0]
    assert "After 1 epoch, less than a thousandth is left in **Tanh**." in alone
    left = np.array([left[0], np.full_like(left[1], 1e-4)])
    both = notices(history, replace(followed, left=left))[0]
    assert "(less than a thousandth is left): **ReLU**." in both
    assert "After 1 epoch, less than a thousandth is also left in **Tanh**." in both


def shares(history: History, left: list[float]) -> Chain:
    """What is left of the gradient at the first layer of each network, the same at all epochs."""
    followed = chain(history)
    return replace(followed, left=np.full_like(followed.left, 1) * np.reshape(left, (-1, 1, 1)))


@pytest.mark.parametrize(
    ("optimizer", "size", "said"),
    [
        ("adam", 1e-7, "Adam divides its steps by the size of the gradient, so small gradients also give large steps."),
        (
            "adam",
            1e-9,
            "never by less than 1·10⁻⁸. In the first layer of **Sigmoid**, the gradient of a weight was 1·10⁻⁹",
        ),
        ("adagrad", 1e-9, "so small gradients also give large steps."),
        ("adadelta", 1e-5, "AdaDelta divides its steps by the size of the gradient, but never by less than 0.001."),
        ("adam", 0.0, None),
        ("momentum", 1e-7, None),
        ("by_sign", 1e-30, "With By sign, the size of a step does not depend on the size of the gradient, so small"),
        ("by_sign", 0.0, None),
    ],
)
def test_a_small_gradient_gives_large_steps_only_if_it_is_above_what_its_optimizer_divides_by(
    optimizer, size, said, monkeypatch
):
    monkeypatch.setitem(OPTIMIZERS, "by_sign", BY_SIGN)
    history = train(Experiment(DatasetSpec("moons"), (Run("sigmoid", optimizer),), hidden=(2,), epochs=1))
    norms, losses = history.gradient_norm.copy(), history.train_loss.copy()
    norms[:, 0, 0], losses[:, -1] = size * np.sqrt(6), 0.1  # (2 inputs and a bias) for each of 2 units
    told = notices(replace(history, gradient_norm=norms, train_loss=losses), shares(history, [1e-6]))[-1]
    assert "**Sigmoid** learns, although" in told
    assert said in told if said else "divides" not in told and "the size of a step" not in told


def test_all_networks_with_the_lowest_share_are_named():
    names = ("relu", "tanh", "elu", "gelu", "selu", "silu", "mish")
    history = train(Experiment(DatasetSpec("moons"), tuple(map(Run, names)), hidden=(2,), epochs=1))
    told = notices(history, shares(history, [0.5, 0, 0.1, 0, 0.2, 0.3, 0.4]))[0]
    assert "lowest (**0**) for **Tanh**, **GELU**, and highest (0.5) for **ReLU**." in told
    assert "**0.25** for **ReLU**, **Tanh**, **ELU**" in notices(history, shares(history, [0.25] * 7))[0]


@pytest.mark.parametrize("kinds", [("xavier_normal", "he_normal"), ("xavier_normal", "he_normal", "lecun_normal")])
def test_initial_weights_from_which_the_same_is_left_are_not_held_against_each_other(kinds):
    """Each figure once, as the networks differ in none of them."""
    runs = tuple(Run("identity", initializer=kind) for kind in kinds)
    history = train(Experiment(DatasetSpec("moons"), runs, hidden=(2,), epochs=1))
    followed = chain(history)
    same = Chain(*(np.full_like(each, 0.5) for each in (followed.left, followed.slopes, followed.weights)))
    told = notices(history, same)[1]
    named = ", ".join(["Xavier normal", "He normal", "LeCun normal"][: len(kinds) - 1])
    last = "He normal" if len(kinds) == 2 else "LeCun normal"
    assert told.startswith(f"With {named} and {last}, equally much of the gradient of **Identity** is left: **")
    assert told.count("Xavier normal") == 1


def test_initial_weights_that_differ_are_named_with_their_own_figures():
    runs = tuple(Run("identity", initializer=kind) for kind in ("he_normal", "xavier_normal"))
    history = train(Experiment(DatasetSpec("moons"), runs, hidden=(2,), epochs=1))
    told = notices(history, shares(history, [0.5, 0.25]))[1]
    assert "with Xavier normal, 0.25 of its gradient is left, and with He normal, **0.5**" in told
