"""All drawings of the inside of one network, each a Vega-Lite specification with its text."""

from dataclasses import dataclass

from core import History, load
from core.analysis.inside import look_inside
from ui.compare.inside_charts import (
    confusion_chart,
    confusion_text,
    gradients_chart,
    gradients_text,
    outputs_chart,
    outputs_text,
)
from ui.compare.network_chart import left_out, network_chart, network_text

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


def drawings(history: History, name: str) -> Drawings:
    """Those of the only network of this history, which is called by that name: for a worker."""
    inside, data = look_inside(history, 0), load(history.experiment.dataset)
    return Drawings(
        network=(network_chart(inside, data), network_text(name, inside)),
        outputs=(outputs_chart(inside), outputs_text(inside)) if inside.dead else None,
        gradients=(gradients_chart(inside), gradients_text(inside)),
        confusion=(confusion_chart(inside, data), confusion_text(inside, data)),
        is_partial=left_out(inside),
    )
