"""What the page shows of a grid's results, for a worker: sentences and finished charts, what stands together at once.

All of it is of as many networks as there are yet, and says how many.
"""

from dataclasses import dataclass, field

import numpy as np

from core import OPTIMIZERS, Grid, Results
from core.sweeps.best import each_at_its_best
from core.sweeps.front import front_of
from core.sweeps.ranks import average_ranks
from core.sweeps.scores import CONDITIONS, chances_of, scores_of
from core.sweeps.shares import variance_shares
from core.sweeps.tuning import RATES, tuning_of
from ui.charts.arrow import finished
from ui.charts.palette import Look
from ui.shell.columns import Column
from ui.shell.language import N_, _
from ui.sweep import best_words, front, mattered, ranks
from ui.sweep.best_chart import best_chart, best_columns, best_text
from ui.sweep.heat_map import heat_map_chart, heat_map_text
from ui.sweep.lines_chart import lines_chart, lines_text
from ui.sweep.naming import setting_label, value_label, value_looks
from ui.sweep.shown import NUMBERS, Shown, cells_to_choose, compared, index_of, varied, varied_scores

Drawing = tuple[dict, str]
_NEEDS_OTHERS = N_(
    "To show each at its best, the networks must also differ in something that can be chosen for each, such as the "
    "learning rate."
)
_NEEDS_TWO = N_("To show each at its best, all networks of two seeds must be trained.")
_NO_SHARES = N_("Shares of variance need two whole seeds, two settings, and accuracies that differ.")
_NO_DATASETS = N_("Average ranks need several datasets or levels of noise, and something to rank on them.")
_NO_WHOLE_SEED = N_("Ranks and work need a seed of which every network is trained.")
_ONE_COST = N_("All networks cost the same multiply-adds and epochs, so accuracy against cost is not shown.")
_NO_LINES = N_("There is no chart of curves here, because neither rows nor columns are numbers.")


@dataclass(frozen=True)
class View:
    """A view of the page: what it says, how to read it, its charts; or why there is none, as `missing`."""

    says: str = ""
    reading: str = ""
    drawings: tuple[Drawing, ...] = ()
    missing: str = ""
    looks: dict[str, Look] = field(default_factory=dict)
    columns: tuple[Column, ...] = ()
    choices: dict[int, str] = field(default_factory=dict)  # labels of the settings that can be chosen, by their number


def best_view(results: Results) -> View:
    """Each at its best beside the ranking at one common setting."""
    grid, scores = results.grid, varied_scores(scores_of(results))
    factor = compared(grid)
    tuned = tuning_of(scores, factor)
    if not tuned:
        return View(missing=_(_NEEDS_OTHERS))
    default = default_rate(grid) if set(tuned) <= set(RATES) else None
    found = each_at_its_best(scores, factor, tuned, default, chances_of(grid).mean(axis=0))
    if found is None:
        return View(missing=_(_NEEDS_TWO))
    looks = value_looks(grid, factor)
    reading = f"{best_words.reading(found)} {best_words.basis(found.basis)}"
    averaged = [name for name in varied(grid) if name not in (factor, *tuned)]
    names = [value_label(factor, found.best.levels[level]) for level in found.best.order]
    return View(
        best_words.message(found, default is not None),
        f"{reading}\n\n{best_words.rule(found, default is not None, averaged)}".strip(),
        ((finished(best_chart, grid, found), best_text(found)),),
        looks={name: looks[name] for name in names},
        columns=tuple(best_columns(found)) if len(varied(grid)) > 1 else (),
    )


def cells_view(results: Results, shown: Shown) -> View:
    """The heat map of two factors, and the curves of the same cells."""
    grid = results.grid
    cells = cells_to_choose(grid, scores_of(results), shown).ravel().tolist()
    choices = {cell: setting_label(grid, index_of(grid, cell)) for cell in cells if cell >= 0}
    drawings = [(finished(heat_map_chart, results, shown), heat_map_text(results, shown))]
    if shown.columns not in NUMBERS and shown.rows not in NUMBERS:
        return View(drawings=tuple(drawings), missing=_(_NO_LINES), choices=choices)
    drawings.append((finished(lines_chart, results, shown), lines_text(results, shown)))
    return View(drawings=tuple(drawings), choices=choices)


def other_views(results: Results) -> list[tuple[str, View]]:
    """What mattered, the datasets, accuracy against its cost: with their headings."""
    return [
        (_("What mattered"), mattered_view(results)),
        (_("Over datasets"), ranks_view(results)),
        (_("Accuracy and cost"), front_view(results)),
    ]


def mattered_view(results: Results) -> View:
    """The shares of variance."""
    found = variance_shares(scores_of(results))
    if found is None:
        return View(missing=_(_NO_SHARES))
    reading = f"{mattered.reading(found)} {best_words.basis(found.basis)}"
    return View(mattered.message(found), reading, ((finished(mattered.shares_chart, found), mattered.text(found)),))


def ranks_view(results: Results) -> View:
    """Average ranks over the datasets, and the rank on each."""
    grid, scores = results.grid, scores_of(results)
    factor = compared(grid)
    if factor in CONDITIONS or not {*varied(grid)} & {*CONDITIONS} or len(dict(grid.factors)[factor]) < 2:
        return View(missing=_(_NO_DATASETS))
    tuned = [name for name in tuning_of(scores, factor) if name in varied(grid)]
    found = average_ranks(scores, factor, tuned)
    if found is None:
        return View(missing=_(_NO_WHOLE_SEED))
    drawings = (
        (finished(ranks.average_chart, grid, found), ranks.average_text(found)),
        (finished(ranks.ranks_chart, grid, found), ranks.ranks_text(found)),
    )
    return View(ranks.message(found), f"{ranks.reading(found)} {best_words.basis(found.basis)}", drawings)


def front_view(results: Results) -> View:
    """Accuracy against multiply-adds, and against the epochs until it is reached."""
    found = [front_of(results, cost) for cost in ("work", "epochs")]
    if found[0] is None:
        return View(missing=_(_NO_WHOLE_SEED))
    shown = [each for each in found if len(np.unique(each.cost[np.isfinite(each.cost)])) > 1]
    if not shown:
        return View(missing=_(_ONE_COST))
    costs = ["work" if each is found[0] else "epochs" for each in shown]
    drawings = tuple(
        (finished(front.front_chart, results.grid, each, cost), front.text(results.grid, each, cost))
        for each, cost in zip(shown, costs)
    )
    reading = f"{front.reading(costs)} {best_words.basis(found[0].basis)}"
    return View(front.message(results.grid, shown[0], costs[0]), reading, drawings)


def default_rate(grid: Grid) -> dict[str, float] | None:
    """The common learning rate that people take without a sweep: the optimizer's own, if it is in the grid."""
    values = dict(grid.factors)
    if 1.0 in values.get("rate_multiple", ()):
        return {"rate_multiple": 1.0}
    optimizers = values.get("optimizer", (grid.base.runs[0].optimizer,))
    rates = {OPTIMIZERS[name].learning_rate for name in optimizers}
    return {"learning_rate": rates.pop()} if len(rates) == 1 and rates <= {*values.get("learning_rate", ())} else None
