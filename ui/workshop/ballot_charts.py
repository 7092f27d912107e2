"""Charts of votes: both votes side by side, answers in their order, and who changed to what.

The right answer has a sign before it and a frame around its bars: it is not known by a colour alone.
"""

import json

from ui.charts.layers import in_lines, layer, one_each, quantity
from ui.charts.layers import names as nominal
from ui.charts.palette import LINE_COLOUR, POSITIVE
from ui.shell.language import N_, _
from ui.workshop.ballots import Answer, Ballots
from ui.workshop.framed import framed, zoom_of
from ui.workshop.steps import FIRST_VOTE, SECOND_VOTE

_ROW, _NUMBERS = 52, 40  # pixels of an answer, and of the numbers at the right
_LETTERS = 24  # of a line
MOST, MOST_LARGE = 6, 3  # ways to change that are shown, and on a projector
_BARE = {"ticks": False, "domain": False}
_RIGHT = N_("✓ {answer}")
_TEXT, _ANSWER = N_("Votes. {answers}."), N_("{answer}: {first} in the first vote, {second} in the second")
_ANSWER_ONCE = N_("{answer}: {first}")
_CHANGES = N_("Changes from the first to the second vote. {changes}.")
_FROM = N_("{before} →")
_CHANGE, _CHANGED = N_("{before} → {after}"), N_("{change}: {number}")


def votes_chart(ballots: Ballots, large: bool = False) -> dict:
    """The Vega-Lite specification: a bar for each answer in each vote, with its number of votes."""
    zoom, labels = zoom_of(large), [marked(answer) for answer in ballots.answers]
    votes = [_(FIRST_VOTE), _(SECOND_VOTE)] if ballots.second else [_(FIRST_VOTE)]
    rows = [
        {"answer": label, "vote": vote, "number": number, "of": f"{number}", "right": answer.is_right}
        for label, answer in zip(labels, ballots.answers)
        for vote, number in zip(votes, (answer.first, answer.second))
    ]
    wrapped, height = in_lines(labels)
    row = max(_ROW if len(votes) > 1 else _ROW * 0.7, height) * zoom
    legend = {"title": None, "orient": "top", "symbolType": "square", "symbolStrokeWidth": 0, "columns": 1}
    colours = one_each(votes, [LINE_COLOUR, POSITIVE] if len(votes) > 1 else [POSITIVE])
    colour = nominal("vote", scale=colours, legend=legend if len(votes) > 1 else None)
    place = {
        "x": _number([row["number"] for row in rows]),
        "y": nominal("answer", scale={"domain": labels}, axis=_BARE | wrapped),
        "yOffset": nominal("vote", sort=None, scale={"domain": votes, "paddingInner": 0.15}),
    }
    told = [nominal("answer", _("Answer")), nominal("vote", _("Vote")), quantity("number", _("Participants"))]
    frame = {"condition": {"test": "datum.right", "value": 2.5}, "value": 0}
    stroke = {"value": "currentColor"}
    layers = [
        layer("votes", {"type": "bar"}, **place, fill=colour, stroke=stroke, strokeWidth=frame, tooltip=told),
        layer("votes", _text(zoom), **place, text=nominal("of"), tooltip=told),
    ]
    return framed(layers, row * len(labels), {"votes": rows}, large, _NUMBERS)


def votes_text(ballots: Ballots) -> str:
    """The bars in words."""
    message = _ANSWER if ballots.second else _ANSWER_ONCE
    answers = [_(message, answer=marked(each), first=each.first, second=each.second) for each in ballots.answers]
    return _(_TEXT, answers="; ".join(answers))


def changes_chart(ballots: Ballots, large: bool = False) -> dict:
    """The Vega-Lite specification: a bar for each way in which answers have changed, the most frequent ones; those to
    the right answer are filled, and all others hollow."""
    zoom, changes = zoom_of(large), _changes(ballots)[: MOST_LARGE if large else MOST]
    rows = [
        {"change": _changed(before, after), "number": number, "of": f"{number}", "right": right}
        for before, after, number, right in changes
    ]
    lines = {_changed(before, after): _lines(before, after) for before, after, *_others in changes}
    wrapped = {"labelExpr": f"{json.dumps(lines)}[datum.value]", "labelLimit": 0}
    y = nominal("change", scale={"domain": list(lines), "paddingInner": 0.3}, axis=_BARE | wrapped)
    place = {"x": _number([row["number"] for row in rows]), "y": y}
    filled = {"condition": {"test": "datum.right", "value": 1}, "value": 0}
    told = [nominal("change", _("Change")), quantity("number", _("Participants"))]
    bar, text = {"type": "bar", "fill": POSITIVE, "stroke": LINE_COLOUR, "strokeWidth": 2}, _text(zoom)
    layers = [
        layer("changes", bar, **place, fillOpacity=filled, tooltip=told),
        layer("changes", text, **place, text=nominal("of"), tooltip=told),
    ]
    row = _ROW * (0.85 if max(map(len, lines.values()), default=1) > 1 else 0.6)
    return framed(layers, row * zoom * len(rows), {"changes": rows}, large, _NUMBERS)


def changes_text(ballots: Ballots) -> str:
    """The changes in words."""
    changes = (
        _(_CHANGED, change=_changed(before, after), number=number)
        for before, after, number, _right in _changes(ballots)[:MOST]
    )
    return _(_CHANGES, changes="; ".join(changes))


def _changes(ballots: Ballots) -> list[tuple[str, str, int, bool]]:
    """The most frequent changes: both answers, how many made them, and whether the second one is right."""
    labels = [marked(answer) for answer in ballots.answers]
    changes = sorted(ballots.changes, key=lambda change: -change[2])
    return [
        (labels[before], labels[after], number, ballots.answers[after].is_right) for before, after, number in changes
    ]


def _changed(before: str, after: str) -> str:
    return _(_CHANGE, before=before, after=after)


def _lines(before: str, after: str) -> list[str]:
    """A change in one line, or each of its answers in its own."""
    change = _changed(before, after)
    return [change] if len(change) <= _LETTERS else [_(_FROM, before=_cut(before)), _cut(after)]


def _cut(label: str) -> str:
    """A label that has one line."""
    return label if len(label) <= _LETTERS else f"{label[: _LETTERS - 1]}…"


def marked(answer: Answer) -> str:
    """The label of an answer, with a sign if it is the right one."""
    return _(_RIGHT, answer=answer.label) if answer.is_right else answer.label


def _number(numbers: list[int]) -> dict:
    """Of people, as long as a bar; the number stands beside it."""
    return quantity("number", scale={"domain": [0, max([1, *numbers])], "nice": False}, axis=None)


def _text(zoom: float) -> dict:
    return {"type": "text", "align": "left", "dx": 6, "fontSize": 14 * zoom, "fontWeight": "bold"}
