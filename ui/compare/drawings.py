"""What Compare draws and says of a result, for a worker: each drawing a Vega-Lite specification with its text.

What stands together on the page is made together: each call takes the history to a worker, and the script looks it up.
"""

from dataclasses import dataclass

from core import History, load
from core.analysis.inside import look_inside
from core.analysis.luck import Contest, contest
from core.analysis.repeats import one_of_each, runs_by_setting
from core.analysis.summary import is_never_finite
from ui.charts.arrow import finished
from ui.charts.boundaries import packed_boundaries, reading_boundaries
from ui.charts.curves import (
    ACCURACIES,
    PARTS,
    TITLES,
    accuracy_chart,
    automatic_scale,
    loss_chart,
)
from ui.charts.rates import rates_chart
from ui.compare.figures import Figures, figures_of
from ui.compare.inside_charts import (
    confusion_chart,
    confusion_text,
    gradients_chart,
    gradients_text,
    outputs_chart,
    outputs_text,
)
from ui.compare.network_chart import left_out, network_chart, network_text
from ui.compare.reading import reading_loss, reading_units
from ui.compare.seeds_chart import seeds_chart, seeds_title
from ui.compare.unit_charts import KINDS, unit_chart
from ui.shell.language import _
from ui.shell.parts import shown

Drawing = tuple[dict, str]


def losses(history: History, log: bool, is_linked: bool, scale: dict[str, object] | None) -> list[Drawing]:
    """The curves of training and, if there are test data, of test loss: see `loss_chart`."""
    return [
        (finished(loss_chart, history, column, log, None, is_linked, scale), _(TITLES[column]))
        for column in shown(history.experiment.dataset, PARTS)
    ]


def curves(history: History, log: bool, scale: dict[str, object] | None) -> tuple[str, list[Drawing]]:
    """How to read the curves: those of the losses, of the accuracies and, if they change, of the learning rates."""
    columns = shown(history.experiment.dataset, ACCURACIES)
    accuracies = [(finished(accuracy_chart, history, column), _(TITLES[column])) for column in columns]
    drawn = losses(history, log, True, scale) + accuracies
    if history.experiment.schedule_epochs or any(run.rate != run.later.rate for run in history.experiment.runs):
        drawn.append((finished(rates_chart, history), _("Learning rate")))
    return reading_loss(history, log), drawn


def units(history: History, seeds: int) -> tuple[str, list[Drawing]]:
    """What to see in the strips of dead and of saturated units, and the strips, if any network has some."""
    kinds = {} if is_never_finite(history) else KINDS
    drawn = [(finished(unit_chart, history, column), _(kinds[column])) for column in kinds]
    return reading_units(history, seeds), drawn


def seeds_drawn(history: History, chance: float) -> Drawing:
    """The strip of every seed's result."""
    return finished(seeds_chart, history, chance), seeds_title(history)


@dataclass(frozen=True)
class OfOneSeed:
    """What the page shows of a single repeat: its `pictures` as `show_pictures` wants them, with how to read them, and
    `units` unless there are none."""

    pictures: bytes
    reading: str
    units: tuple[str, list[Drawing]] | None


def of_one_seed(history: History, repeat: int, seeds: int) -> OfOneSeed:
    """That of this repeat, which is one of so many seeds."""
    of_repeat = one_of_each(history, repeat)
    return OfOneSeed(
        pictures=packed_boundaries(of_repeat),
        reading=reading_boundaries(of_repeat.experiment),
        units=units(of_repeat, seeds) if history.experiment.hidden else None,
    )


@dataclass(frozen=True)
class OfAllSeeds:
    """What the page shows of all repeats together: `curves` on the scale that suits them, and the strip of `seeds` if
    there are several."""

    curves: tuple[str, list[Drawing]]
    contest: Contest
    seeds: Drawing | None
    figures: Figures


def of_all_seeds(history: History) -> OfAllSeeds:
    """That of these networks.  It is made after what is of one seed, and the browser draws that meanwhile."""
    found = contest(history)
    has_several = len(runs_by_setting(history.experiment)) < len(history.experiment.runs)
    return OfAllSeeds(
        curves=curves(history, automatic_scale(history), None),
        contest=found,
        seeds=seeds_drawn(history, found.chance) if has_several else None,
        figures=figures_of(history),
    )


@dataclass(frozen=True)
class Drawings:
    """`is_partial` says whether the network has more units or weights than are drawn; a network without a hidden layer
    has no `outputs`; one that was never finite has no `gradients`, and predicts nothing: it has no `confusion`."""

    network: Drawing
    outputs: Drawing | None
    gradients: Drawing | None
    confusion: Drawing | None
    is_partial: bool


def drawings(history: History, name: str) -> Drawings:
    """Those of the only network of this history, which is called by that name: for a worker."""
    inside, data, has_state = look_inside(history, 0), load(history.experiment.dataset), not is_never_finite(history)
    return Drawings(
        network=(network_chart(inside, data), network_text(name, inside)),
        outputs=(outputs_chart(inside), outputs_text(inside)) if inside.dead else None,
        gradients=(gradients_chart(inside), gradients_text(inside)) if has_state else None,
        confusion=(confusion_chart(inside, data), confusion_text(inside, data)) if has_state else None,
        is_partial=left_out(inside),
    )
