"""What somebody who means no good, or a program gone wrong, may put into an address, a table or an experiment."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy

MEGABYTE = 1_000_000
CPU_SECONDS = 1.0  # that one of them may take of the process: many times what it does take
SHOWN = 1200  # characters of a message: what `ui.shell.plain` lets through, and its backslashes

TEXTS = {
    "empty": "",
    "spaces": "   ",
    "many spaces": " " * MEGABYTE,
    "nan": "nan",
    "infinity": "-inf",
    "huge": "1e999",
    "many digits": "9" * 5000,
    "a megabyte of digits": "9" * MEGABYTE,
    "small": "1e-320",
    "negative": "-1",
    "hexadecimal": "0x10",
    "underscores": "1_000",
    "Arabic digits": "١٢",
    "a fraction": "½",
    "a megabyte": "a" * MEGABYTE,
    "commas": "," * MEGABYTE,
    "many names": "relu," * 10_000,
    "a name with spaces around": f"{' ' * 5000}relu{' ' * 5000}",
    "nul": "a\0b",
    "escape": "\x1b[31mred",
    "line separator": "a\u2028b",
    "right to left": "\u202eabc",
    "isolate": "\u2067abc",
    "byte order mark": "\ufeffrelu",
    "accents": "e" + "\u0301" * 2000,
    "emoji": "👩‍👩‍👧‍👦",
    "private use": "\U0010ffff",
    "script": "<script>alert(1)</script>",
    "image tag": "<img src=x onerror=alert(1)>",
    "entity": "&lt;b&gt; &#58;smile&#58;",
    "link": "[press here](https://evil.example)",
    "image": "![i](https://evil.example/i.png)",
    "address": "https://evil.example/a",
    "short address": "www.evil.example",
    "mail": "someone@evil.example",
    "heading": "x\n\n# A heading",
    "underlined": "x\n===\n",
    "rule": "x\n\n---\n\ny",
    "code": "x\n\n    code\n\n`code`",
    "list": "x\n\n* one\n* two",
    "table": "x\n\n| a |\n| - |\n| 1 |",
    "formula": "$\\frac{1}{2}$ $$x$$",
    "colour": ":red[hot] :blue-background[cold]",
    "icon": ":material/home: :streamlit: :smile:",
    "fields": "{0.__class__} {kind} %s %n",
    "attribute": "__class__",
    "self": "self",
    "None": "None",
    "backslashes": "\\" * 1000,
    "JSON": '{"a": [1, 2',
}

# As JSON has them, which has no other types.
VALUES = [
    None, True, -1, 0, 1, 10**400, 0.5, float("nan"), float("inf"), "", "relu", "\ud800", "a\0b", "x" * MEGABYTE,
    [], {}, [[]], [None], [{}], ["relu"] * 5000, {"__class__": 1}, {"self": 1}, [[[[[[1]]]]]], [1e308] * 50,
]  # fmt: skip


def files(experiment: str) -> Iterator[tuple[str, str]]:
    """Experiments' files with what each of them is, made of a good one with a table."""
    good = json.loads(experiment)
    for path in _paths(good):
        for place, value in enumerate(VALUES):
            yield f"{'.'.join(map(str, path))} is value {place}", json.dumps(_with(good, path, value))
        yield f"{'.'.join(map(str, path))} is twice there", _twice(experiment, str(path[-1]))
    for name in ("self", "cls", "__class__", "__init__", "\ud800", "x" * MEGABYTE, "", "# A heading", "runs "):
        for part in ((), ("dataset",), ("runs", 0), ("dataset", "table")):
            yield f"{part} has a field {name[:20]!r}", json.dumps(_with(good, (*part, name), 1))
    yield from _texts(experiment)


def grids(grid: str) -> Iterator[tuple[str, str]]:
    """The same of grids, made of a good one."""
    good = json.loads(grid)
    for path in _paths(good):
        for place, value in enumerate(VALUES):
            yield f"{'.'.join(map(str, path))} is value {place}", json.dumps(_with(good, path, value))
    many = {"noise": [k / 200 for k in range(400)], "batch_size": [1, 2, 3, 4, 5]}  # all stacks that a grid may have
    more = {"learning_rate": [1e-8 * (k + 1) for k in range(400)], "l2": [k / 1e3 for k in range(400)]}
    base = {"dataset": {"name": "moons"}}
    for name, factors in {"many stacks": many, "too many networks": many | more}.items():
        yield name, json.dumps(good | {"factors": factors, "base": base})
    yield from _texts(json.dumps(good["base"]))


def _texts(experiment: str) -> Iterator[tuple[str, str]]:
    good = json.loads(experiment)
    yield "empty runs", json.dumps(good | {"runs": [{}] * 1_600_000})
    yield "many runs", json.dumps(good | {"runs": [good["runs"][0]] * 301})
    yield "many layers", json.dumps(good | {"hidden": [1] * 100_000})
    yield "many names", json.dumps(_with(good, ("dataset", "table", "class_names"), [f"c{i}" for i in range(100_000)]))
    yield "many columns", json.dumps(_with(good, ("dataset", "table", "X"), [[1] * 100_000] * 4))
    yield "long texts as numbers", json.dumps(_with(good, ("dataset", "table", "X"), [["x" * 1000] * 2] * 4000))
    yield (
        "one long text among numbers",
        json.dumps(_with(good, ("dataset", "table", "X"), [["x" * MEGABYTE, 1]] + [[1, 2]] * 4000)),
    )
    yield "deep lists", "[" * 100_000
    yield "lists as deep as may be", "[" * 900 + "]" * 900
    yield "deep objects", '{"a":' * 100_000
    yield "large", "[" + "1," * 6_000_000
    yield "digits", "1" * 5_000_000
    yield "a fraction", "0." + "1" * 5_000_000
    yield "a long text", '"' + "x" * 5_000_000
    yield "open", experiment[:-1]
    yield "more", experiment + experiment
    yield "a mark before", "\ufeff" + experiment
    for text in TEXTS.values():
        yield f"the text {text[:20]!r}", text
        for field in ("class_names", "feature_names"):
            yield f"{field} with {text[:20]!r}", json.dumps(_with(good, ("dataset", "table", field), [text, "b"]))


def tables() -> Iterator[tuple[str, bytes]]:
    """Files that say they are CSV."""
    rows = "".join(f"{i % 7},{i % 5},{'pq'[i % 2]}\n" for i in range(40))
    for name, text in TEXTS.items():
        yield f"a header with {name}", f"{text},b,kind\n{rows}".encode()
        yield f"a cell with {name}", f"a,b,kind\n{text},1,p\n{rows}".encode()
        yield f"a class with {name}", f"a,b,kind\n{rows}1,2,{text}\n".encode()
        yield f"nothing but {name}", text.encode()
    yield "bytes", bytes(range(256)) * 100
    yield "half a letter", b"a,b,kind\n\xed\xa0\x80,1,p\n"
    yield "nothing", b""
    yield "lines", b"\n" * MEGABYTE
    yield "columns", b"," * (MEGABYTE - 1)
    yield "quotes", b'"' * (MEGABYTE - 1)
    yield "one open quote", b'"' + b"a,b\n" * 200_000
    yield "too large", b"a" * (MEGABYTE + 1)
    yield "many classes", b"a,b,kind\n" + b"".join(b"%d,%d,c%d\n" % (i, i * i, i) for i in range(4000))


@contextmanager
def bounded(name: str) -> Iterator[None]:
    """Within it, one of them is read: it may end in a `ValueError` of bounded length and take a bounded time."""
    start = time.process_time()
    try:
        yield
    except ValueError as error:
        if not isinstance(error, UnicodeError):
            assert len(str(error)) < SHOWN, f"{name}: {str(error)[:300]}"
    took = time.process_time() - start
    assert took < CPU_SECONDS, f"{name} took {took:.2f} s"


def _paths(fields: object, before: tuple = ()) -> Iterator[tuple]:
    """Places in nested objects, of each list the first only."""
    items: Callable = fields.items if isinstance(fields, dict) else lambda: enumerate(fields[:1])
    for key, value in items():
        yield (*before, key)
        if isinstance(value, dict | list):
            yield from _paths(value, (*before, key))


def _with(good: dict, path: tuple, value: object) -> dict:
    """A copy of an object with that value at a place."""
    changed = deepcopy(good)
    inner = changed
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return changed


def _twice(experiment: str, name: str) -> str:
    """A file with the first field of that name twice."""
    return experiment.replace(f'"{name}":', f'"{name}": 1, "{name}":', 1)
