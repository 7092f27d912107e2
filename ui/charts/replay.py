"""What lets a chart follow the page's replay bar (`ui.shell.replay`): a parameter `record`, a recorded epoch's place.

The parameter is bound to an input of the chart's own, which the page hides and its bar moves, so that all charts go
through the training together, in the browser alone.
"""

from core import Experiment, History
from ui.charts.layers import layer
from ui.charts.palette import LINE_COLOUR
from ui.shell.language import N_, _

RECORD, RECORDS = "record", "records"
_BRANCH = N_("Branch")
AT_RECORD = f"datum.{RECORD} == {RECORD}"


def with_record(specification: dict, records: int) -> dict:
    """The Vega-Lite specification with the replay's parameter, which starts at the last of so many recorded epochs."""
    last = records - 1
    bind = {"input": "range", "min": 0, "max": last, "step": 1}
    specification["params"] = [{"name": RECORD, "value": last, "bind": bind}, *specification.get("params", [])]
    return specification


def at_record(field: str) -> str:
    """An expression: the entry for the epoch shown of a field that holds a list, one entry for each recorded epoch."""
    return f"datum.{field}[{RECORD}]"


def inlined(specification: dict) -> dict:
    """The Vega-Lite specification with its data as JSON where they are used.

    Streamlit makes Arrow of data at the top, and of data sets, in which expressions cannot read lists.
    """
    datasets = specification.pop("datasets", {})

    def fill(part):
        if isinstance(part, list):
            return [fill(each) for each in part]
        if not isinstance(part, dict):
            return part
        if set(part) == {"name"} and part["name"] in datasets:
            return {"values": datasets[part["name"]]}
        return {key: fill(value) for key, value in part.items()}

    outside = {key: specification.pop(key) for key in ("$schema", "config") if key in specification}
    return outside | {"vconcat": [fill(specification)]}


def record_rule(x: dict) -> dict:
    """The layer of a rule at the epoch that the replay shows, for a chart with that channel of epochs and the data set
    of `records`."""
    rule = layer(RECORDS, {"type": "rule", "color": LINE_COLOUR, "strokeWidth": 1.5}, x=x)
    return rule | {"transform": [{"filter": AT_RECORD}]}


def branch_rule(experiment: Experiment, x: dict) -> list[dict]:
    """The layers of a rule at the epoch after which networks branch off, and of its label; none where none does."""
    if experiment.branch_epoch is None:
        return []
    at, is_late = [{x["field"]: experiment.branch_epoch}], experiment.branch_epoch > experiment.epochs / 2
    rule = layer(at, {"type": "rule", "color": LINE_COLOUR, "strokeDash": [5, 4]}, x=x)
    mark = {"type": "text", "align": "right" if is_late else "left", "dx": -4 if is_late else 4, "baseline": "top"}
    text = layer(at, mark | {"fontSize": 12}, x=x, y={"value": 2}, text={"value": _(_BRANCH)})
    return [rule, text]


def records(history: History) -> dict[str, list[dict]]:
    """The data set of `record_rule`, by its name."""
    return {RECORDS: [{RECORD: place, "epoch": epoch} for place, epoch in enumerate(history.epochs.tolist())]}
