"""The parts of a claim's experiment and what its figures come from, as people read them.

Rows are kept with code names and in English: each kind of detail is read by its pattern, and said again as a message.
"""

import re

from core.claims import Row
from core.data.datasets import DATASETS
from ui.shell.labels import label
from ui.shell.language import N_, _
from ui.shell.numbers import written

_NUMBER = r"[-+.\d]+(?:e[-+]?\d+)?"
_PATTERNS = {
    r"median epochs: {a} {x} \(rate {r}\), {b} {y} \(rate {s}\)": N_(
        "median epochs: {a} {x} (learning rate {r}), {b} {y} (learning rate {s})"
    ),
    r"medians: {a} {x} µs, {b} {y} µs": N_("medians: {a} {x} µs, {b} {y} µs"),
    r"rate {r}": N_("learning rate {r}"),
    r"medians: {a} {x} %, {b} {y} %": N_("medians: {a} {x} %, {b} {y} %"),
    r"median norms: {n} layers {x}, {m} layers {y}": N_("median norms: {n} layers {x}, {m} layers {y}"),
    r"median norms: first layer {x}, output layer {y}": N_("median norms: first layer {x}, output layer {y}"),
    r"median test losses at training loss {l}: {a} {x}, {b} {y}": N_(
        "median test losses at training loss {l}: {a} {x}, {b} {y}"
    ),
    r"median {x} % of the outputs": N_("median {x} % of the outputs"),
    r"{x} % zeros, {n} units, {m} samples": N_("{x} % zeros, {n} units, {m} samples"),
    r"median accuracy: {a} {x} %, {b} {y} %": N_("median test accuracy: {a} {x} %, {b} {y} %"),
    r"medians of {n} units: {a} {x} silent, {r} dead; {b} {y} silent, {s} dead": N_(
        "medians of {n} units: {a} {x} silent, {r} dead; {b} {y} silent, {s} dead"
    ),
    r"medians: {a} {x} % \(rate {r}\), {b} {y} % \(rate {s}\)": N_(
        "medians: {a} {x} % (learning rate {r}), {b} {y} % (learning rate {s})"
    ),
    r"median: {a} {x} % \(rate {r}\)": N_("median: {a} {x} % (learning rate {r})"),
}
_NETWORK = re.compile(r"(?P<layers>\d+) × (?P<units>\d+) units, batch (?P<samples>\d+)")
_OF_A_NETWORK = N_("{layers} × {units} units, batch {samples}")


def _compiled(pattern: str) -> re.Pattern:
    """A pattern with its fields: `a` and `b` are activations, all others are numbers."""
    kinds = {"a": r"\w+", "b": r"\w+"}
    return re.compile(re.sub(r"{(\w)}", lambda field: f"(?P<{field[1]}>{kinds.get(field[1], _NUMBER)})", pattern))


_KINDS = {_compiled(pattern): message for pattern, message in _PATTERNS.items()}


def detail(row: Row) -> str:
    """What a row's figures come from."""
    for pattern, message in _KINDS.items():
        if found := pattern.fullmatch(row.detail):
            fields = {name: label("activation", text) if name in "ab" else _figure(text)
                      for name, text in found.groupdict().items()}  # fmt: skip
            return _(message, **fields)
    return row.detail


def _figure(text: str) -> str:
    """A number that Python has written."""
    return written(float(text)) if "e" in text else text.replace("-", "−")


def part_label(part: str) -> str:
    """A dataset's label, or a network's size in words."""
    if part in DATASETS:
        return label("dataset", part)
    found = _NETWORK.fullmatch(part)
    return _(_OF_A_NETWORK, **found.groupdict()) if found else part
