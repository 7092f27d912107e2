import re
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import ttest_1samp

from core import DatasetSpec, Experiment, History, Run, train
from core.analysis.luck import contest
from tests.core.analysis.test_luck import with_accuracies
from ui.compare.luck import luck, said_of_chance, without_state
from ui.compare.seeds_chart import is_in_sight, seeds_chart, seeds_text


def said(history: History) -> str:
    return luck(history, contest(history))


def test_a_lead_that_is_shown_has_its_interval_and_what_it_holds_for():
    two = said(with_accuracies([0.90, 0.95, 1.00], [0.85, 0.90, 0.95]))
    assert two.startswith("**ReLU is better: its mean test accuracy over 3 seeds is 95.0 %.**")
    assert "Its lead over Tanh is 5.0 percentage points (95 % confidence interval: 2.5 to 7.5)." in two
    three = said(with_accuracies([0.90, 0.95, 1.00], [0.85, 0.90, 0.95], [0.5, 0.54, 0.61]))
    assert three.startswith("**ReLU is best") and "every other network is statistically significant" in three


def test_a_lead_that_is_not_shown_is_not_called_one_and_names_the_others():
    sentence = said(with_accuracies([0.95, 0.95, 0.95], [0.99, 0.85, 0.95], [0.5, 0.51, 0.52]))
    assert "With 3 seeds, it is not shown to be better than Tanh.**" in sentence
    assert "percentage points (95 % confidence interval: −" in sentence, "which reaches below 0"
    assert " is best" not in sentence
    several = said(with_accuracies([0.95, 0.95, 0.95], [0.99, 0.85, 0.95], [0.98, 0.84, 0.96]))
    assert re.search(r"not shown to be better than \w+ and \w+[.]\*\*", several)


@pytest.mark.parametrize(
    ("accuracies", "diverged", "begins"),
    [
        (([0.9, 0.8, 1.0], [1.0, 0.9, 0.8]), -1, "**No network is best.** ReLU and Tanh have the same mean"),
        (([0.5, 0.5, 0.5], [0.3, 0.3, 0.3]), -1, "**No network is best.** The highest mean test accuracy"),
        (([0.9, 0.9, 0.9], [0.3, 0.3, 0.3]), 2, "**No network is best.** ReLU has the highest mean"),
        (([0.9, 0.9], [0.3, 0.3]), -1, "With so few seeds"),
        (([0.9, 0.9, 0.9],), -1, ""),
    ],
)  # fmt: skip
def test_where_there_is_no_winner_none_is_named(accuracies, diverged, begins):
    history = with_accuracies(*accuracies)
    at = np.where(np.arange(len(history.diverged_at)) == 0, diverged, -1)
    sentence = said(replace(history, diverged_at=at))
    assert sentence.startswith(begins) and bool(sentence) == bool(begins)
    assert "ReLU is best" not in sentence and "ReLU is better" not in sentence


def test_networks_without_a_finite_state_are_named_for_they_count_as_0():
    history = with_accuracies([0.9, 0.9, 0.9], [0.0, 0.8, 0.8])
    assert without_state(history) == ""
    at = np.where(history.test_accuracy[:, -1] == 0, 0, -1)
    sentence = without_state(replace(history, diverged_at=at))
    assert sentence.startswith("**No finite state: Tanh.**") and "counts as 0 %" in sentence


def test_networks_without_hidden_layers_are_not_ranked_by_their_activation():
    assert said(with_accuracies([0.9, 0.95, 1.0], [0.8, 0.9, 0.95], hidden=())) == ""


def test_the_strip_has_a_dot_for_each_seed_and_chance_where_it_can_be_seen():
    history = with_accuracies([0.90, 0.95, 1.00], [0.60, 0.93, 0.98])
    chart = seeds_chart(history, 0.5)
    tables = chart["datasets"].values()
    dots = next(rows for rows in tables if "seed" in rows[0])
    assert [(row["network"], row["seed"]) for row in dots] == [(n, s) for n in ("ReLU", "Tanh") for s in range(3)]
    assert [row["test_accuracy"] for row in dots] == pytest.approx([0.90, 0.95, 1.00, 0.60, 0.93, 0.98])
    assert len({(row["network"], row["place"]) for row in dots}) == 6, "equal ones stand apart"
    means = next(rows for rows in tables if "seed" not in rows[0] and "network" in rows[0])
    assert [row["test_accuracy"] for row in means] == pytest.approx([0.95, np.mean([0.60, 0.93, 0.98])])
    assert [{"test_accuracy": 0.5}] in tables
    close = with_accuracies([0.90, 0.95, 1.00], [0.91, 0.93, 0.98])
    assert is_in_sight(history, 0.5) and not is_in_sight(close, 0.5)
    assert [{"test_accuracy": 0.5}] not in seeds_chart(close, 0.5)["datasets"].values()
    assert "ReLU: 90.0 % to 100.0 %" in seeds_text(history, 0.5)


def test_without_test_data_it_is_the_training_accuracy_and_there_is_no_split():
    history = with_accuracies([0.90, 0.95, 1.00], [0.88, 0.93, 0.98])
    experiment = replace(history.experiment, dataset=replace(history.experiment.dataset, test_share=0))
    untested = replace(history, experiment=experiment)
    sentence = said(untested)
    assert "its mean training accuracy over 3 seeds is 95.0 %" in sentence
    assert "split" not in sentence and "This is about the training data." in sentence
    assert seeds_text(untested, 0.5).startswith("Training accuracy of every seed")
    assert "est accuracy" not in str(seeds_chart(untested, 0.5))


def test_tooltips_of_seeds_and_means_are_written_as_in_sentences():
    """Of 160 samples, 90 and 102 are half a tenth of a percent from either neighbour."""
    data = seeds_chart(with_accuracies([90 / 160, 102 / 160], [90 / 160, 90 / 160]), 0.5)["datasets"]
    assert [row["told"] for row in data["seeds"]] == ["56.3 %", "63.8 %", "56.3 %", "56.3 %"]
    assert [row["told"] for row in data["means"]] == ["60.0 %", "56.3 %"]


@pytest.mark.parametrize(("chance", "low", "high", "is_seen"), [(0.5, 0.85, 0.95, False), (0.88, 0.85, 0.95, True)])
def test_accuracies_that_are_nearly_alike_do_not_fill_the_axis(chance, low, high, is_seen):
    """Chance level is drawn if it is on the axis, however wide that has been made."""
    history = with_accuracies([0.9, 0.905], [0.895, 0.9])
    data = seeds_chart(history, chance)["datasets"]
    assert (data["said"][0]["x_low"], data["said"][0]["x_high"]) == pytest.approx((low, high))
    assert bool(data["level"]) == is_in_sight(history, chance) == is_seen


def test_chance_level_is_said_to_be_a_mean_where_each_seed_has_its_own():
    """A case from the page: by the level of seed 0, 60 %, the same networks would be at chance level."""
    spec = DatasetSpec("by_formula", samples=50, test_share=0.1, formula="y > 0")
    runs = tuple(Run(name, seed=seed) for name in ("identity", "sigmoid") for seed in range(10))
    history = train(
        Experiment(spec, tuple(replace(run, learning_rate=1e-4) for run in runs), epochs=3, redraw="everything")
    )
    levels = np.array([0.6, 0.4, 0.4, 0.4, 0.6, 0.6, 0.6, 0.6, 0.4, 0.4])  # by counting test labels
    best = max(history.test_accuracy[:10, -1], history.test_accuracy[10:, -1], key=np.mean)
    assert ttest_1samp(best - levels, 0).confidence_interval(0.95).low > 0
    assert ttest_1samp(best, 0.6).pvalue > 0.05
    assert "chance level" not in said(history)
    assert said_of_chance(history, contest(history)).startswith("Chance level is 50.0 % on average over the seeds: ")
    of_one_split = with_accuracies([0.9, 0.95, 1.0], [0.6, 0.93, 0.98])
    assert said_of_chance(of_one_split, contest(of_one_split)).startswith("Chance level is 50.0 %: the test accuracy")


def test_where_networks_have_different_seeds_it_says_which_count():
    """ReLU of seeds 0 to 7 has a mean of 0.9 in the table, and of 0.95 over the three seeds that tanh has too."""
    shown = said(with_accuracies([0.95, 0.96, 0.94, 0.87, 0.87, 0.87, 0.87, 0.87], [0.5, 0.52, 0.51]))
    assert "mean test accuracy over 3 seeds is 95.0 %" in shown
    assert "This is about the 3 seeds that all networks have in common." in shown
    assert "in common" not in said(with_accuracies([0.95, 0.96, 0.94], [0.5, 0.52, 0.51]))


@pytest.mark.parametrize(("seeds", "common"), [([0, 1, 5], "2 seeds"), ([0, 6, 5], "1 seed"), ([4, 6, 5], "0 seeds")])
def test_too_few_common_seeds_are_not_said_to_be_too_few_for_each_network(seeds, common):
    history = with_accuracies([0.9, 0.91, 0.92], [0.8, 0.81, 0.82])
    runs = (*history.experiment.runs[:3], *(Run("tanh", seed=seed) for seed in seeds))
    sentence = said(replace(history, experiment=replace(history.experiment, runs=runs)))
    assert sentence.startswith(f"The networks have {common} in common, so a difference")
    assert "the same 3 seeds or more" in sentence and "for each network" not in sentence
