"""Fixing one mistake: what it does to that sample, and to the others."""

from core.lessons.correction import Mending
from ui.charts.layers import LEGEND, SCHEMA, layer, names, one_each, quantity
from ui.charts.lines import as_in_sentences
from ui.charts.palette import DASHES, LINE_COLOUR, NEGATIVE, POSITIVE, Look
from ui.shell.language import N_, _
from ui.shell.numbers import percent, written

HEIGHT, LEGEND_HEIGHT = 280, 40  # pixels
LOOKS = {N_("Now wrong"): Look(NEGATIVE, DASHES[0]), N_("Now right"): Look(POSITIVE, DASHES[1])}
_CHANGE = N_("Weight change, in % of the length")
_PROBABILITY, _OTHERS, _SAMPLES = N_("Probability"), N_("Other test samples"), N_("Samples")
_OF_THIS = N_("True class of this sample, at temperature 1")
_OF_OTHERS = N_("Other test samples that changed")
_PROBABILITY_TEXT = N_(
    "The true class's probability, at temperature 1, goes from {first} to {last} as the weights change by up to "
    "{change} of their length."
)
_OTHERS_TEXT = N_(
    "After a weight change of {change}, {broken} of the other test samples went from right to wrong, and {mended} from "
    "wrong to right."
)


def probability_chart(mending: Mending) -> dict:
    """The Vega-Lite specification of the true class's probability, over the change of the weights."""
    rows = [
        {"change": change, "probability": p}
        for change, p in zip(mending.change.tolist(), mending.probability.tolist())
    ]  # fmt: skip
    mark = {"type": "line", "color": LINE_COLOUR, "strokeWidth": 2.5, "point": {"size": 12, "color": LINE_COLOUR}}
    y = quantity("probability", _(_PROBABILITY), scale={"domain": [0, 1]}, axis={"tickCount": 5})
    told = [_told_change(), quantity("probability", _(_PROBABILITY), format=".3g")]
    line = layer(rows, mark, x=_across(), y=y, tooltip=told)
    layers = [*_rule(mending), line]
    return SCHEMA | {"title": _(_OF_THIS), "height": HEIGHT, "layer": layers, "config": as_in_sentences()}


def others_chart(mending: Mending) -> dict:
    """The Vega-Lite specification of how many other test samples become wrong and right, over the same change."""
    kinds = [_(name) for name in LOOKS]
    rows = [
        {"change": change, "others": kind, "samples": samples}
        for kind, counts in zip(kinds, (mending.broken, mending.mended))
        for change, samples in zip(mending.change.tolist(), counts.tolist())
    ]
    colours = one_each(kinds, [look.colour for look in LOOKS.values()])
    dashes = one_each(kinds, [list(look.dash) for look in LOOKS.values()])
    lines = layer(
        rows,
        {"type": "line", "strokeWidth": 2.5, "interpolate": "step-after"},
        x=_across(),
        y=quantity("samples", _(_SAMPLES), axis={"tickMinStep": 1}),
        color=names("others", scale=colours, legend=LEGEND),
        strokeDash=names("others", scale=dashes),
        tooltip=[_told_change(), names("others", _(_OTHERS)), quantity("samples", _(_SAMPLES))],
    )
    layers, height = [*_rule(mending), lines], HEIGHT + LEGEND_HEIGHT
    return SCHEMA | {"title": _(_OF_OTHERS), "height": height, "layer": layers, "config": as_in_sentences()}


def probability_text(mending: Mending) -> str:
    """The picture of `probability_chart` in words, for those who cannot see it."""
    first, last = (written(p, 3) for p in mending.probability[[0, -1]])
    return _(_PROBABILITY_TEXT, first=first, last=last, change=percent(mending.change[-1]))


def others_text(mending: Mending) -> str:
    """The picture of `others_chart` in words, for those who cannot see it."""
    change = percent(mending.change[-1])
    return _(_OTHERS_TEXT, change=change, broken=mending.broken[-1], mended=mending.mended[-1])


def _across() -> dict:
    return quantity("change", _(_CHANGE), axis={"format": ".1%", "tickCount": 5})


def _told_change() -> dict:
    return quantity("change", _(_CHANGE), format=".2%")


def _rule(mending: Mending) -> list[dict]:
    """Where the sample becomes right, if it does."""
    if mending.right_after is None:
        return []
    row = {"change": float(mending.change[mending.right_after])}
    return [layer([row], {"type": "rule", "color": LINE_COLOUR, "strokeDash": [3, 3]}, x=_across())]
