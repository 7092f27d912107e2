"""What is said of an outcome, beside the prediction that was made before."""

import numpy as np

from ui.missions.measures import MEASURES, Measure
from ui.missions.mission import Mission, Scale
from ui.missions.outcomes import Outcome, cells, is_right, networks
from ui.missions.sight import most_in_sight
from ui.missions.words import answer, cell
from ui.shell.language import N_, _
from ui.shell.numbers import count
from ui.shell.plain import plain

_RIGHT = N_("**Your prediction is right: {answer}.** This is true for {holds} of {seeds} seeds.")
_WRONG = N_("**You predicted: {answer}. What happened: {right}.** This is true for {holds} of {seeds} seeds.")
_UNCLEAR = N_(
    "**You predicted: {answer}. The seeds do not agree.** The most frequent outcome is {right}, with {holds} of "
    "{seeds} seeds."
)
_NOTHING = N_("**You predicted: {answer}. None of the answers is right for most of the {seeds} seeds.**")
_NEAR = N_(
    "**Your prediction is near: you said {answer}, and the median of {seeds} seeds is {right}.** They go from {low} to "
    "{high}."
)
_NOT_NEAR = N_("**You predicted {answer}. The median of {seeds} seeds is {right}.** They go from {low} to {high}.")
_CHANGED = N_("**You changed the view.** With your settings: {right}. This is true for {holds} of {seeds} seeds.")
_CHANGED_ONE = N_(
    "**You changed the view.** With your settings, this is true for {network}: {right}. It holds for {holds} of "
    "{seeds} seeds."
)
_CHANGED_NUMBER = N_(
    "**You changed the view.** With your settings, the median of {seeds} seeds is {right}. They go from {low} to "
    "{high}."
)
_CHANGED_NOTHING = N_(
    "**You changed the view.** With your settings, none of the answers is right for most of the seeds."
)
_IN_WORDS = N_("{measure}, of {seeds}. {networks}.")
_OF_NETWORK = N_("{network}: median {median} (range: {span})")
_OF_NETWORK_ALIKE = N_("{network}: median {median}")
_NO_VALUE = N_("{network}: no value")
_NEVER = N_("**Not drawn**, because it never happened within the epochs: {networks}.")
_DIVERGED = N_("**Not drawn**, because the training diverged: {networks}.")
_NEVER_OF = N_("{network} ({number} of {seeds} seeds)")
_OUTSIDE = N_("**Too large for this chart**, and so not drawn: {networks}.")
_OUTSIDE_OF = N_("{network} ({number} of {seeds} seeds: {values})")
_CELL_AND_NETWORK = N_("{cell}, {network}")


def beside(mission: Mission, prediction: str, seen: Outcome) -> str:
    """The prediction, and what most seeds say."""
    facts = _facts(mission, seen) | {"answer": answer(mission, prediction)}
    if seen.right is None:
        return _(_NOTHING, **facts)
    hits = is_right(mission, prediction, seen.right)
    if isinstance(mission.answers, Scale):
        return _(_NEAR if hits else _NOT_NEAR, **facts)
    if not _agree(seen):
        return _(_UNCLEAR, **facts)
    return _(_RIGHT if hits else _WRONG, **facts)


def of_changed(mission: Mission, seen: Outcome) -> str:
    """What came out of a view that was changed after the prediction."""
    if isinstance(mission.answers, Scale):
        return _(_CHANGED_NUMBER, **_facts(mission, seen))
    if not _agree(seen):
        return _(_CHANGED_NOTHING)
    names = networks(mission)
    message = _CHANGED_ONE if mission.is_about_one and len(names) > 1 else _CHANGED
    return _(message, network=plain(names[mission.answers.network]), **_facts(mission, seen))


def rows(mission: Mission) -> tuple[str, ...]:
    """What the rows of the seeds' values are called: the networks, of each cell."""
    names = networks(mission)
    if not mission.cells:
        return names
    of_cells = map(cell, cells(mission))
    if len(names) == 1:
        return tuple(of_cells)
    return tuple(_(_CELL_AND_NETWORK, cell=each, network=name) for each in of_cells for name in names)


def in_words(mission: Mission, seen: Outcome) -> str:
    """Every row's median and range."""
    measure = MEASURES[mission.measure]
    parts = [_row_in_words(measure, name, row) for name, row in zip(rows(mission), seen.by_row)]
    return _(_IN_WORDS, measure=_(measure.label), seeds=count(seen.seeds, "seed"), networks="; ".join(parts))


def never(mission: Mission, seen: Outcome) -> str:
    """Which networks have seeds that no dot can be drawn of."""
    missing = (~np.isfinite(seen.by_row)).sum(axis=1)
    parts = [
        _(_NEVER_OF, network=plain(name), number=number, seeds=seen.seeds)
        for name, number in zip(rows(mission), missing)
        if number
    ]
    message = _NEVER if MEASURES[mission.measure].counted else _DIVERGED
    return _(message, networks="; ".join(parts)) if parts else ""


def outside(mission: Mission, seen: Outcome) -> str:
    """Which networks have seeds whose numbers are too large for the strip, and these numbers."""
    measure, most, parts = MEASURES[mission.measure], most_in_sight(mission, seen), []
    for name, row in zip(rows(mission), seen.by_row):
        if len(far := np.sort(row[np.isfinite(row) & (row > most)])):
            facts = {"network": plain(name), "number": len(far), "seeds": seen.seeds}
            parts.append(_(_OUTSIDE_OF, **facts, values=measure.span(far[0], far[-1])))
    return _(_OUTSIDE, networks="; ".join(parts)) if parts else ""


def _row_in_words(measure: Measure, name: str, row: np.ndarray) -> str:
    known = measure.known(row)
    if not len(known):
        return _(_NO_VALUE, network=name)
    median, span = measure.write(measure.median(row)), measure.span(known[0], known[-1])
    return _(_OF_NETWORK_ALIKE if span == median else _OF_NETWORK, network=name, median=median, span=span)


def _agree(seen: Outcome) -> bool:
    return seen.right is not None and 2 * seen.holds > seen.seeds


def _facts(mission: Mission, seen: Outcome) -> dict[str, object]:
    write, values = MEASURES[mission.measure].write, seen.values[..., mission.answers.network]
    facts = {"seeds": seen.seeds, "holds": seen.holds, "low": write(values.min()), "high": write(values.max())}
    return facts | ({} if seen.right is None else {"right": answer(mission, seen.right)})
