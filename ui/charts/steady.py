"""Charts whose specification stays as it is while their data change: the browser then gives what it has drawn the new
data, which takes a part of the time of making the chart anew.

So what follows from the data stands in a data set of its own: the chart in words, and the ends of its scales.
"""

from collections.abc import Sequence

from ui.charts.layers import layer, names

SAID, WORDS, ENDS = "said", "words", ("low", "high")  # the data set, and what its row has


def steady_scale(channel: str, **others: object) -> dict:
    """The scale of a channel, "x" or "y", that begins and ends where the data say; its chart is made `steady`."""
    ends = ", ".join(f"data('{SAID}')[0].{channel}_{end}" for end in ENDS)
    return {"nice": False} | others | {"domain": {"expr": f"[{ends}]"}}


def steady(specification: dict, text: str, **domains: Sequence[float]) -> dict:
    """The specification of layers with a text, and with the domain of each channel that has a `steady_scale`.

    The text describes a mark as large as the chart that nobody sees: one of the chart itself, as `alt`, is a part of
    its specification.  Axes are described by their titles: what Vega says of their ends it never says anew.
    """
    for name, channel in (both for each in specification["layer"] for both in each["encoding"].items()):
        if name in ("x", "y") and channel.get("type") == "quantitative":
            channel["axis"] = channel.get("axis", {}) | {"description": channel["title"]}
    said = layer(SAID, {"type": "rect", "fillOpacity": 0}, description=names(WORDS))
    said["mark"]["aria"] = True
    ends = {f"{channel}_{end}": float(at) for channel, both in domains.items() for end, at in zip(ENDS, both)}
    specification["layer"].insert(0, said)
    specification["datasets"][SAID] = [{WORDS: text} | ends]
    return specification
