"""What lets a chart follow which network is brought out on the page, and whose curves are hidden (`ui.shell.linked`):
two parameters that are bound to inputs of the chart's own, which the page hides and its legend moves.

The field `network` of a chart's data is the network's label.
"""

HIGHLIGHTED, HIDDEN = "highlighted", "hidden"
FADED = 0.12  # opacity of all others, while one is brought out
_IS_BROUGHT_OUT = f"{HIGHLIGHTED} == '' || {HIGHLIGHTED} == datum.network"
_IS_HIDDEN = f"indexof({HIDDEN}, '|' + datum.network + '|') >= 0"


def linked(specification: dict) -> dict:
    """The Vega-Lite specification with the parameters; at first none is brought out, and none hidden."""
    own = [{"name": name, "value": "", "bind": {"input": "text"}} for name in (HIGHLIGHTED, HIDDEN)]
    specification["params"] = [*own, *specification.get("params", [])]
    return specification


def visible(full: float = 1.0, faded: float = FADED) -> dict:
    """The value of a channel of opacity for curves: `full`, or `faded` while another network is brought out, or 0 for
    one that is hidden."""
    return {"condition": [{"test": _IS_HIDDEN, "value": 0}, {"test": _IS_BROUGHT_OUT, "value": full}], "value": faded}


def brought_out(full: float = 1.0, faded: float = FADED) -> dict:
    """The same for marks that are never hidden."""
    return {"condition": {"test": _IS_BROUGHT_OUT, "value": full}, "value": faded}
