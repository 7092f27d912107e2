"""Charts of a room's results: a dot for each participant's seed, and how the interval of the difference has narrowed.

Dots stay where they are while others come: their places follow from the participant's number, and the scales grow in
few steps.  `large` charts are for a projector.
"""

import math

from ui.charts.layers import between, in_lines, layer, quantity, title_in_lines
from ui.charts.layers import names as nominal
from ui.charts.lines import in_percent
from ui.charts.palette import LINE_COLOUR
from ui.shell.language import N_, _
from ui.shell.numbers import count
from ui.workshop.framed import framed, zoom_of
from ui.workshop.strips import Found, Strip, difference, difference_scale, intervals, middle, place_of, scale_in

# The title of rows, above their labels.
_ABOVE = {"titleAngle": 0, "titleAlign": "left", "titleY": -10, "titleX": 0, "titleAnchor": "start"}
OWN = "own"  # the parameter that has the number of the participant who looks
_ROW = 40  # pixels
_MOST_LARGE, _LETTERS_LARGE = 4, 60  # on a projector: rows of intervals, letters of a line of a title
_DIVERGED, _NEVER, _FURTHER = N_("{number} diverged"), N_("{number} never"), N_("{number} further out")
_TEXT = N_("{measure} of every participant's seed, and the middle of each network. {strips}.")
_STRIP, _STRIP_WITH = N_("{label}: {middle} ({people})"), N_("{label}: {middle} ({people}, {note})")
_NO_MIDDLE = N_("no value")
_DIFFERENCE = N_("{best} − {closest}")
_IN_POINTS = N_("{best} − {closest}, in percentage points")
_INTERVALS = N_("Mean difference and its 95 % confidence interval, after ever more participants. {looks}.")
_LOOK, _WITHOUT = N_("{people}: {lead} ({low} to {high})"), N_("{people}: {lead}, no interval")
_BETWEEN = N_("{low} to {high}")
# How to read the strips, by whether what is measured is counted.
READING = {
    False: N_("Dot: one participant's seed. Bar: mean."),
    True: N_("Dot: one participant's seed. Bar: median."),
}


def strip_chart(found: Found, large: bool = False) -> dict:
    """The Vega-Lite specification: a row for each strip, a dot for each participant and a bar at the middle.

    What is not on the scale is said at the right.  The own dot is a larger diamond with a frame, once the parameter
    `OWN` is set: see `with_own`."""
    measure, labels = found.measure, [strip.label for strip in found.strips]
    low, high = scale_in(found)
    zoom = zoom_of(large)
    dots = [
        {"strip": strip.label, "person": number, "participant": number + 1, "seed": seed, "value": value,
         "told": measure.write(value), "place": place_of(number)}
        for strip in found.strips
        for number, seed, value in strip.dots
        if low <= value <= high
    ]  # fmt: skip
    middles = [
        {"strip": strip.label, "value": middle(strip, measure), "told": measure.write(middle(strip, measure)),
         "people": strip.summary.people}
        for strip in found.strips
        if low <= middle(strip, measure) <= high
    ]  # fmt: skip
    notes = [{"strip": strip.label, "note": note} for strip in found.strips if (note := _note(strip, found))]
    wrapped, label_height = in_lines(labels)
    row = max(_ROW, label_height) * zoom
    x_axis = {"tickCount": 6, **({"labelExpr": in_percent()} if measure.in_percent else {})}
    x = quantity("value", _title(_(measure.label), large), scale=between(low, high), axis=x_axis)
    axis = {"ticks": False, "grid": True, "gridOpacity": 0.4, **wrapped, **_ABOVE}
    y = nominal("strip", found.title or None, scale={"domain": labels}, axis=axis)
    colour = {"field": "strip", "type": "nominal", "legend": None}
    colour["scale"] = {"domain": labels, "range": [strip.colour for strip in found.strips]}
    within = {"field": "place", "type": "quantitative", "scale": {"domain": [0, 1]}}
    of_dot = [nominal("strip", _("Network")), nominal("participant", _("Participant")), nominal("seed", _("Seed")),
              nominal("told", _(measure.label))]  # fmt: skip
    of_middle = [nominal("strip", _("Network")), nominal("told", _("Median") if measure.counted else _("Mean")),
                 nominal("people", _("Participants"))]  # fmt: skip
    place, is_own = {"x": x, "y": y}, f"datum.person === {OWN}"
    circle = {"type": "point", "filled": True, "size": 45 * zoom**2}
    diamond = {"type": "point", "shape": "diamond", "filled": True, "size": 260 * zoom**2, "strokeWidth": 2}
    diamond["aria"] = False  # the dots below are named already, and a projected chart has no own one
    bar = {"type": "tick", "thickness": 3 * zoom, "size": row - 6}
    layers = [
        layer("dots", circle | {"opacity": 0.65}, **place, yOffset=within, color=colour, tooltip=of_dot),
        layer("middles", bar, **place, yOffset={"datum": 0.5}, color=colour, tooltip=of_middle),
        layer(
            "dots",
            diamond | {"opacity": 1, "stroke": "currentColor"},
            **place,
            yOffset=within,
            fill=colour,
            tooltip=of_dot,
        ),
    ]
    layers[2]["transform"] = [{"filter": is_own}]
    if notes:
        text = {"type": "text", "align": "right", "baseline": "top", "dy": -row / 2 + 2, "fontSize": 12 * zoom}
        layers.append(layer("notes", text, x={"value": "width"}, y=y, text=nominal("note")))
    data = {"dots": dots or [_nothing(labels)], "middles": middles, "notes": notes}
    return framed(layers, row * len(labels), data, large) | {"params": [{"name": OWN, "value": -1}]}


def with_own(specification: dict, number: int | None) -> dict:
    """The chart with the dots of the participant of this number marked: what a script's thread can do."""
    if number is None:
        return specification
    return specification | {"params": [{"name": OWN, "value": number}]}


def _title(title: str, large: bool) -> list[str]:
    return title_in_lines(title, _LETTERS_LARGE) if large else title_in_lines(title)


def _nothing(labels: list[str]) -> dict:
    """A row that nobody sees: of an empty data set, its fields are not known."""
    return {"strip": labels[0], "person": -2, "participant": 0, "seed": 0, "value": None, "told": "", "place": 0.5}


def _note(strip: Strip, found: Found) -> str:
    """What of a strip is not on the scale."""
    low, high = scale_in(found)
    further = sum(math.isfinite(value) and not low <= value <= high for _, _, value in strip.dots)
    said = [(_NEVER if found.measure.counted else _DIVERGED, strip.summary.diverged), (_FURTHER, further)]
    return " · ".join(_(message, number=number) for message, number in said if number)


def strip_text(found: Found) -> str:
    """The strips in words."""
    strips = []
    for strip in found.strips:
        value = middle(strip, found.measure)
        said = {
            "label": strip.label, "people": count(strip.summary.people, "participant"),
            "middle": found.measure.write(value) if value == value else _(_NO_MIDDLE), "note": _note(strip, found),
        }  # fmt: skip
        strips.append(_(_STRIP_WITH if said["note"] else _STRIP, **said))
    return _(_TEXT, measure=_(found.measure.label), strips="; ".join(strips))


def interval_chart(found: Found, large: bool = False) -> dict:
    """The Vega-Lite specification: a row for each number of participants, a bar from the lower to the upper end of the
    interval and a tick at the mean; an end beyond the scale has an arrow.  Dashed: no difference."""
    reach, zoom = difference_scale(found), zoom_of(large)
    rows = []
    shown = intervals(found)[-_MOST_LARGE if large else 0 :]
    for number, lead, low, high in shown:
        said = [difference(each, found.measure) for each in (lead, low, high)]
        rows.append(
            {"people": f"{number}", "lead": lead if abs(lead) <= reach else None,
             "low": max(low, -reach), "high": min(high, reach),
             "below": -reach if low < -reach else None, "above": reach if high > reach else None,
             "told": said[0], "interval": _(_BETWEEN, low=said[1], high=said[2]), "last": number == shown[-1][0]}
        )  # fmt: skip
    row = 26 * zoom
    percent_axis = {"labelExpr": "replace(format(round(1000 * datum.value) / 10, '~g'), '-', '−')"}
    axis = {"tickCount": 5, **(percent_axis if found.measure.in_percent else {})}
    x = {"scale": between(-reach, reach), "axis": axis, "title": _title(title_of_difference(found), large)}
    y = nominal("people", _("Participants"), sort=None, scale={"domain": [each["people"] for each in rows]})
    y["axis"] = {"ticks": False, **_ABOVE}
    colour = {
        "condition": {"test": "datum.last", "value": found.strips[found.pooled.pair[0]].colour},
        "value": LINE_COLOUR,
    }
    told = [nominal("people", _("Participants")), nominal("told", _("Mean difference")),
            nominal("interval", _("95 % confidence interval"))]  # fmt: skip
    ends = {"x": quantity("low") | x, "x2": {"field": "high"}, "y": y, "color": colour, "tooltip": told}
    arrow = {"type": "point", "filled": True, "size": 90 * zoom**2, "opacity": 1}
    layers = [
        layer([{"none": 0}], {"type": "rule", "color": LINE_COLOUR, "strokeDash": [5, 4], "strokeWidth": zoom},
              x=quantity("none") | x),
        layer("looks", {"type": "rule", "strokeWidth": 5 * zoom, "opacity": 0.75}, **ends),
        layer("looks", {"type": "tick", "thickness": 4 * zoom, "size": row - 8, "opacity": 1},
              x=quantity("lead") | x, y=y, color=colour, tooltip=told),
        layer("looks", arrow | {"shape": "triangle-left"}, x=quantity("below") | x, y=y, color=colour),
        layer("looks", arrow | {"shape": "triangle-right"}, x=quantity("above") | x, y=y, color=colour),
    ]  # fmt: skip
    for part in layers[2:]:
        part["transform"] = [{"filter": f"isValid(datum.{part['encoding']['x']['field']})"}]
    return framed(layers, row * len(rows), {"looks": rows}, large)


def interval_text(found: Found) -> str:
    """The intervals in words."""
    looks = []
    for number, *figures in intervals(found):
        lead, low, high = (difference(each, found.measure) for each in figures)
        message = _LOOK if math.isfinite(figures[1]) else _WITHOUT
        looks.append(_(message, people=count(number, "participant"), lead=lead, low=low, high=high))
    return _(_INTERVALS, looks="; ".join(looks))


def title_of_difference(found: Found) -> str:
    """What the intervals are of."""
    best, closest = (found.networks[place] for place in found.pooled.pair)
    return _(_IN_POINTS if found.measure.in_percent else _DIFFERENCE, best=best, closest=closest)
