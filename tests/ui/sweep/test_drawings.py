"""What the views of a sweep say and draw: of what is there, whatever it is."""

import numpy as np
import pytest

from core.sweeps.best import each_at_its_best
from core.sweeps.front import front_of
from core.sweeps.scores import scores_of
from tests.ui.sweep.grids import TURNED, TURNED_MEANS, noisy, results_of
from ui.shell.numbers import percent
from ui.sweep.best_chart import best_chart, best_rows
from ui.sweep.drawings import best_view, cells_view, default_rate, front_view, mattered_view, other_views, ranks_view
from ui.sweep.front import front_chart
from ui.sweep.heat_map import heat_map_chart, heat_map_text
from ui.sweep.lines_chart import lines_chart
from ui.sweep.shown import Shown, usual

GRIDS = {
    "one factor": {"layers": (1, 2, 4)},
    "one value": {"activation": ("relu",), "rate_multiple": (1.0,)},
    "names alone": {"activation": ("relu", "tanh"), "optimizer": ("sgd", "adam")},
    "batches": {"batch_size": (8, None), "l2": (0.0, 0.1)},
    "rates": {
        "activation": ("relu", ("tanh", "relu")),
        "learning_rate": (0.001, 0.1),
        "initializer": ("zeros", "auto"),
    },
    "datasets": {"activation": ("relu", "tanh", "sigmoid"), "dataset": ("moons", "xor", "circles")},
    "datasets alone": {"dataset": ("moons", "xor"), "noise": (0.0, 0.2)},
}


def turned():
    return results_of(noisy(TURNED_MEANS), **TURNED)


def cells(results, shown=None):
    return heat_map_chart(results, shown or usual(results.grid))["datasets"]["cells"]


def test_what_changes_is_the_message():
    results = turned()
    says, mean = best_view(results).says, percent(results.test_accuracy[0, 1].mean())
    assert f"At its best learning rate, Sigmoid gains most: its mean test accuracy is {mean}." in says
    assert "At the common setting, ReLU is ahead of Sigmoid. Each at its best, Sigmoid is ahead." in says
    assert "Sigmoid has the highest mean" in says


def test_settings_that_are_nearly_alike_look_alike():
    results = results_of(noisy(np.full((2, 2), 0.95), sd=1e-4), **TURNED)
    view = usual(results.grid)
    drawn = [
        ("x", best_chart(results.grid, _found(results))),
        ("y", lines_chart(results, view)),
        ("fill", heat_map_chart(results, view)),
        ("y", front_chart(results.grid, front_of(results), "work")),
    ]
    for channel, chart in drawn:
        of_accuracy = [
            found for layer in chart["layer"]
            if (found := layer["encoding"].get(channel, {})).get("type") == "quantitative"
        ]  # fmt: skip
        assert of_accuracy
        for found in of_accuracy:
            assert found["scale"]["domain"] == pytest.approx([0.9, 1.0], abs=1e-3)


def test_nothing_is_said_to_change_where_nothing_does():
    results = results_of(noisy([[0.80, 0.70], [0.90, 0.85]]), **TURNED)
    says = best_view(results).says
    assert "none has a higher mean" in says
    assert "No pair changes its order." in says


def test_numbers_say_what_they_are_numbers_of():
    results = results_of(noisy([[0.8, 0.7], [0.9, 0.95]]), layers=(1, 2), units=(4, 16))
    assert "At its best setting, Hidden layers = 2 gains most" in best_view(results).says
    chart = best_chart(results.grid, _found(results, "layers"))
    labels = chart["layer"][-1]["encoding"]["y"]["axis"]["labelExpr"]
    assert all(f'"{number}": "{said}"' in labels for number, said in ((1, "1 hidden layer"), (2, "2 hidden layers")))
    ranks = ranks_view(results_of(noisy([[0.7, 0.8], [0.9, 0.95]]), l2=(0.0, 0.1), dataset=("moons", "xor")))
    assert "L2 = 0.1 has the lowest rank" in ranks.says


def test_what_is_averaged_is_said():
    means = noisy(np.stack([TURNED_MEANS] * 2, axis=1))
    factors = {"activation": TURNED["activation"], "layers": (1, 2), "rate_multiple": TURNED["rate_multiple"]}
    assert "for each value of: number of hidden layers" in best_view(results_of(means, **factors)).reading
    assert "for each value of" not in best_view(turned()).reading


def test_a_lead_by_luck_is_called_so():
    results = results_of(noisy([[0.901, 0.9], [0.9, 0.9]], sd=0.05), **TURNED)
    assert "it is not shown to be better than" in best_view(results).says


def test_the_common_rate_is_the_default_where_it_is_in_the_grid():
    assert default_rate(turned().grid) == {"rate_multiple": 1.0}
    grid = results_of(noisy(np.zeros((2, 2))), activation=("relu", "tanh"), learning_rate=(0.01, 5.0)).grid
    assert default_rate(grid) == {"learning_rate": 0.01}
    assert "the optimizer's default" in best_view(turned()).reading


def test_each_level_has_a_ring_a_bar_and_all_its_seeds():
    results = turned()
    levels, seeds = best_rows(results.grid, _found(results))
    assert [row["network"] for row in levels] == ["Sigmoid", "ReLU"]
    assert [row["ranks"] for row in levels] == ["2 → 1", "1 → 2"]
    assert len(seeds) == 2 * 6
    for row in levels:
        own = [each["accuracy"] for each in seeds if each["network"] == row["network"]]
        assert row["accuracy"] == pytest.approx(np.mean(own))
    assert results.grid.setting(np.unravel_index(levels[0]["cell"], (2, 2)))["rate_multiple"] == 10.0
    assert best_chart(results.grid, _found(results))["datasets"]["seeds"] == seeds


def _found(results, factor="activation"):
    return each_at_its_best(scores_of(results), factor, common=default_rate(results.grid))


def test_a_cell_has_mean_spread_and_number():
    results = turned()
    values = results.test_accuracy[0, 1]
    cell = next(cell for cell in cells(results) if (cell["row"], cell["column"]) == ("Sigmoid", "10 ×"))
    assert cell["both"] == f"{100 * values.mean():.1f} ± {100 * values.std(ddof=1):.1f}"
    assert cell["seeds"] == "n = 6"


def test_what_diverged_and_what_is_not_there_yet_is_seen():
    done = np.ones((2, 2, 6), bool)
    done[1, 1] = False
    done[0, 0, 2:] = False
    results = results_of(noisy(TURNED_MEANS), done, **TURNED)
    results.diverged_at[0, 1, :2] = 3
    shown = {(cell["row"], cell["column"]): cell for cell in cells(results)}
    assert shown["Sigmoid", "10 ×"]["seeds"] == "n = 6, ∞ 2"
    assert shown["Sigmoid", "1 ×"]["seeds"] == "n = 2"
    assert shown["ReLU", "10 ×"]["mean"] is None and shown["ReLU", "10 ×"]["missing"] == 6
    assert "ReLU, 10 ×: not trained yet" in heat_map_text(results, usual(results.grid))


def test_the_levels_that_are_compared_are_brought_out_in_rows_or_columns():
    results = turned()
    assert {(cell["row"], cell["network"]) for cell in cells(results)} == {("Sigmoid", "Sigmoid"), ("ReLU", "ReLU")}
    swapped = cells(results, Shown("rate_multiple", "activation"))
    assert all(cell["network"] == cell["column"] for cell in swapped)


def test_curves_go_along_the_numbers_in_their_order():
    results = results_of(noisy(TURNED_MEANS[:, ::-1]), activation=("sigmoid", "relu"), rate_multiple=(10.0, 1.0))
    for shown in (Shown("activation", "rate_multiple"), Shown("rate_multiple", "activation")):
        rows = lines_chart(results, shown)["datasets"]["means"]
        assert [(row["network"], row["value"]) for row in rows[:2]] == [("Sigmoid", "1 ×"), ("Sigmoid", "10 ×")]
        assert rows[0]["mean"] == pytest.approx(results.test_accuracy[0, 1].mean())


def test_shares_name_what_mattered_and_sum_to_all():
    view = mattered_view(turned())
    assert "Activation function × Relative learning rate matters most" in view.says
    luck = mattered_view(results_of(noisy([[0.9, 0.9], [0.9, 0.9]]), **TURNED)).says
    assert "No choice is shown to matter" in luck


def test_no_winner_everywhere_is_seen():
    means = np.array([[0.95, 0.7], [0.7, 0.95]])
    view = ranks_view(results_of(noisy(means), activation=("relu", "tanh"), dataset=("moons", "xor")))
    assert "No winner everywhere" in view.says
    assert "cannot show any difference" in view.reading
    assert "Moons: best is ReLU; XOR: best is Tanh" in view.drawings[1][1]


def test_a_shared_rank_has_no_single_winner():
    view = ranks_view(results_of(np.full((2, 2, 5), 0.9), activation=("relu", "tanh"), dataset=("moons", "xor")))
    assert "ReLU and Tanh share the lowest rank, 1.5" in view.says
    assert "XOR: best is ReLU and Tanh" in view.drawings[1][1]


def test_nothing_is_at_its_best_where_nothing_else_is_chosen():
    says = best_view(results_of(noisy([0.8, 0.9]), activation=("sigmoid", "relu"))).says
    assert says.startswith("**ReLU has the highest mean")


def test_the_cheapest_setting_near_the_best_is_named():
    results = results_of(noisy([0.80, 0.946, 0.95], sd=0.0001), layers=(1, 2, 8))
    assert "2 hidden layers, with 94.6 %" in front_view(results).says


@pytest.mark.parametrize("factors", GRIDS.values(), ids=GRIDS)
@pytest.mark.parametrize("share", [0.0, 0.5, 1.0], ids=["nothing", "half", "all"])
def test_every_view_has_something_to_say_of_any_grid(factors, share):
    shape = tuple(len(values) for values in factors.values())
    values = np.random.default_rng(1).uniform(0.5, 1, (*shape, 4))
    results = results_of(values, np.random.default_rng(2).uniform(size=values.shape) < share, **factors)
    views = [best_view(results), cells_view(results, usual(results.grid)), *(view for _, view in other_views(results))]
    assert all(view.says or view.missing or view.drawings for view in views)
    for view in views:
        assert all(chart["datasets"] and text for chart, text in view.drawings)
