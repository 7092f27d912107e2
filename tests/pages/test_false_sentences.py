"""Addresses at which a page once said what its own numbers contradicted.

Each test reads figures off the page, and holds the page's claims to them; how they are worded is left open.
"""

import re

import numpy as np
import pytest

from core.analysis.luck import contest
from core.train.training import train
from tests.page import figures, messages, opened
from ui.shell.conversion import experiment_for
from ui.shell.labels import setting_labels

pytestmark = pytest.mark.usefixtures("no_worker_processes")


def everything(page) -> str:
    """All sentences of the page's main part."""
    return " ".join([*(text.value for text in (*page.main.markdown, *page.main.caption)), *messages(page)])


def names_a_winner(page) -> bool:
    return winner(page) is not None


def winner(page) -> str | None:
    """The network that is said to be best, or better than the other."""
    named = re.search(r"\*\*(?!No network)([^*]+?) is (best|better)\b", everything(page))
    return named and named[1]


def test_networks_that_are_all_the_same_are_not_ranked():
    assert winner(opened(activations=["identity", "tanh"], dataset="circles", seeds="3", epochs="60")) == "Tanh"
    page = opened(layers="0", seeds="3", epochs="10")
    assert figures(page).test_accuracy.nunique() == 1
    assert "all are the same" in everything(page)
    assert not names_a_winner(page)
    assert "highest mean" not in everything(page)


def test_a_lead_of_many_points_is_not_called_luck():
    """Over sigmoid, which learns little of gaussian_quantiles from Xavier's weights; the closest of the others are
    another matter."""
    page = opened(dataset="gaussian_quantiles", initializer="xavier_normal", seeds="3", epochs="30")
    table = figures(page).set_index("network")
    leads = table.test_accuracy.max() - table.test_accuracy
    assert leads["Sigmoid"] > 0.15
    not_shown = re.search(r"not shown to be better than (.+?)\.\*\*", everything(page))
    assert not not_shown or "Sigmoid" not in not_shown[1].split(", ")


def test_no_network_is_best_that_diverged():
    settings = {"learning_rate": 100.0, "optimizer": "momentum", "activations": ["elu", "gelu"], "dataset": "circles",
                "units": 4, "seeds": 3, "epochs": 1}  # fmt: skip
    page = opened(**{key: value if isinstance(value, list) else str(value) for key, value in settings.items()})
    table = figures(page)
    has_diverged = table.diverged_at.notna() if "diverged_at" in table else [False] * len(table)
    diverged = {name for name, is_so in zip(table.network, has_diverged) if is_so}
    assert diverged, "or there is nothing to see"
    assert winner(page) not in diverged


def test_no_network_is_best_at_chance():
    settings = {"dataset": "spiral", "samples": 200, "compare": "l2", "activation": "softsign", "optimizer": "rmsprop",
                "learning_rate": 100.0, "l2_penalties": [1e-05, 0.1], "seeds": 4, "layers": 5,
                "epochs": 30}  # fmt: skip
    found = contest(train(experiment_for(settings)))
    page = opened(**{key: list(map(str, v)) if isinstance(v, list) else str(v) for key, v in settings.items()})
    assert figures(page).test_accuracy.max() < found.chance + 0.15
    assert found.reason is not None
    assert not names_a_winner(page)
    assert f"{100 * found.chance:.1f} %" in everything(page)


def test_a_penalty_that_has_shrunk_the_weights_is_blamed_and_not_the_depth():
    experiment = experiment_for({"compare": "l2", "l2_penalties": [0.0, 1.0]})
    history = train(experiment)
    lengths = np.linalg.norm(history.flat_parameters[:, [0, -1]].astype(float), axis=2)
    left = lengths[:, 1] / lengths[:, 0]
    assert left[1] < 0.5 < left[0]
    (said,) = messages(opened(compare="l2", l2_penalties=["0.0", "1.0"]))
    name = setting_labels(experiment)[1]
    assert name in said
    assert f"{100 * left[1]:.1f} %" in said, "how small they are"
    assert "ewer layers" not in said


def test_what_is_said_to_have_been_tried_was():
    """Ten layers of relu_squared are infinite before any step, from the weights that suit it: neither smaller steps nor
    other weights come into it."""
    start = {"dataset": "breast_cancer", "optimizer": "nag", "learning_rate": "10.0"}
    page = opened(activations="relu_squared", layers="10", epochs="3", **start)
    (said,) = [message for message in messages(page) if "before any training" in message]
    assert "fewer hidden layers" in said
    assert "learning rate" not in said
    assert "initial weights" not in said
