"""All drawings of the inside of one network, each a Vega-Lite specification with its text."""

from dataclasses import dataclass

from core import Dataset, History, load
from core.analysis.inside import Inside, look_inside
from core.analysis.summary import network_names
from ui.compare.inside_charts import (
    confusion_chart,
    confusion_text,
    gradients_chart,
    gradients_text,
    outputs_chart,
    outputs_text,
)
from ui.compare.network_chart import left_out, network_chart, network_text
from ui.jobs.results import or_a_sentence, shared
from ui.jobs.workers import call

Drawing = tuple[dict, str]


@dataclass(frozen=True)
class Drawings:
    """`is_partial` says whether the network has more units or weights than are drawn; a network without a hidden layer
    has no `outputs`."""

    network: Drawing
    outputs: Drawing | None
    gradients: Drawing
    confusion: Drawing
    is_partial: bool


@or_a_sentence
def drawings(history: History, name: str) -> Drawings:
    """Those of the network of that name, computed by a worker and kept for all sessions."""
    return _kept_drawings(history, name)


@shared()
def _kept_drawings(history: History, name: str) -> Drawings:
    experiment = history.experiment
    run = network_names(experiment).index(name)
    return _draw(call(look_inside, history.select([run]), 0), load(experiment.dataset), name)


def _draw(inside: Inside, data: Dataset, name: str) -> Drawings:
    return Drawings(
        network=(network_chart(inside, data), network_text(name, inside)),
        outputs=(outputs_chart(inside), outputs_text(inside)) if inside.dead else None,
        gradients=(gradients_chart(inside), gradients_text(inside)),
        confusion=(confusion_chart(inside, data), confusion_text(inside, data)),
        is_partial=left_out(inside),
    )
