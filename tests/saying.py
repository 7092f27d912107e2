"""Which of the texts on a page were said by the catalogue: a language in which every message wears marks.

    ⟦Test accuracy ⟨accuracy⟩ of ⟨⟦Leaky ReLU⟧⟩⟧

A message stands between double brackets, what was filled into it between angle ones.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from gettext import NullTranslations

import pyarrow as pa
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from ui.shell.catalogue import template
from ui.shell.language import TRANSLATIONS

_FIELD = re.compile(r"(?<![{\\])\{(\w+)\}(?!\})")
_MARKS = str.maketrans("", "", "⟦⟧⟨⟩")
# What people read, of Streamlit's elements; of those with text that nobody reads, nothing.
_READ = {"alt", "body", "captions", "caption", "content", "help", "label", "options", "placeholder", "text"}
_UNREAD = {"ArrowNamedDataSet", "Code", "Html", "PandasStyler"}
_CATEGORIES = ("nominal", "ordinal")


@cache
def _known() -> set[str]:
    """All messages of the catalogue."""
    ids = [message.id for message in template()]
    return {text for each in ids for text in ([each] if isinstance(each, str) else each)}


class Marked(NullTranslations):
    """English with its marks."""

    def gettext(self, message: str) -> str:
        return self.wearing(message) if message in _known() else message  # which nobody can translate

    @staticmethod
    def wearing(message: str) -> str:
        return "⟦" + _FIELD.sub(r"⟨{\1}⟩", message) + "⟧"

    def ngettext(self, one: str, several: str, number: int) -> str:
        return self.gettext(one if number == 1 else several)


MARKED = "marked"  # the code of this language
TRANSLATIONS[MARKED] = Marked()


@dataclass
class Said:
    """A text taken apart, a message within another one word `{x}` of it: all its messages, what was filled into them,
    and what stands outside of all."""

    messages: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    rest: str = ""


def taken_apart(text: str) -> Said:
    said, open_parts = Said(), [""]
    for sign in text:
        if sign in "⟦⟨":
            open_parts.append("")
        elif sign in "⟧⟩" and len(open_parts) > 1:
            (said.messages if sign == "⟧" else said.fields).append(open_parts.pop())
            open_parts[-1] += "{x}"
        else:
            open_parts[-1] += sign
    said.rest = "".join(open_parts)
    return said


def unmarked(text: str) -> str:
    return text.translate(_MARKS)


def texts(page: AppTest) -> Iterator[str]:
    """All that people read on a page: text, controls and their help, tables, charts and their alternative texts."""
    for node in _nodes(page._tree):
        proto = getattr(node, "proto", None)
        if proto is not None:
            yield from _of_element(proto)
    for table in (*page.dataframe, *page.table):
        yield from (cell for column in table.value for cell in table.value[column] if isinstance(cell, str))
    for table in page.table:  # of a data frame, the labels of its columns were among its settings
        yield from map(str, [*table.value.columns, *table.value.index, *filter(None, table.value.index.names)])


def _nodes(node) -> Iterator:
    yield node
    for child in getattr(node, "children", {}).values():
        yield from _nodes(child)


def _of_element(proto: Message) -> Iterator[str]:
    kind = proto.DESCRIPTOR.name
    if kind in _UNREAD:
        return
    for entry, value in proto.ListFields():
        items = [value] if isinstance(value, str | bytes | Message | int | float) else value
        for item in items:
            if isinstance(item, Message):
                yield from _of_element(item)
            elif kind == "BidiComponent" and entry.name == "json":
                yield from _sentences(json.loads(item))
            elif kind == "VegaLiteChart" and entry.name == "spec":
                yield from of_chart(json.loads(item), {each.name: each.data.data for each in proto.datasets})
            elif kind == "Dataframe" and entry.name == "columns":
                yield from (column[name] for column in json.loads(item).values() for name in _READ & column.keys())
            elif isinstance(item, str) and entry.name in _READ:
                yield item


def _sentences(data) -> Iterator[str]:
    """The texts among a component's data: what has a space, and is no picture."""
    if isinstance(data, str):
        if " " in data and not data.lstrip().startswith(("data:", "<")):
            yield data
    elif isinstance(data, dict | list):
        for item in data.values() if isinstance(data, dict) else data:
            yield from _sentences(item)


def of_chart(spec: dict, tables: dict[str, bytes]) -> Iterator[str]:
    """Titles, texts and labels of a chart, those in its data among them."""
    shown = set()
    for part in _parts(spec):
        for name in ("title", "subtitle", "description"):
            title = part.get(name)
            yield from [title] if isinstance(title, str) else [item for item in title or () if isinstance(title, list)]
        text = part.get("text")
        if isinstance(text, str) and part.keys() & {"anchor", "type", "subtitle"}:
            yield text
        if isinstance(text, dict) and isinstance(text.get("value"), str):
            yield text["value"]
        for channel, encoding in part.get("encoding", {}).items():
            for each in encoding if isinstance(encoding, list) else [encoding]:
                guides = [each.get("legend", {}), each.get("axis", {})]
                hidden = None in guides or any("labelExpr" in guide for guide in guides if isinstance(guide, dict))
                if "field" in each and each.get("type") in _CATEGORIES and not hidden and channel not in _UNLABELLED:
                    shown.add(each["field"])
    rows = [row for part in _parts(spec) if isinstance(part.get("values"), list) for row in part["values"]]
    rows += [row for named in spec.get("datasets", {}).values() for row in named]
    for table in tables.values():
        rows += pa.ipc.open_stream(table).read_all().to_pylist()
    for row in rows:
        if isinstance(row, dict):
            yield from (text for name in shown if isinstance(text := row.get(name), str) and text[:5] != "data:")


_UNLABELLED = {"detail", "url", "key", "order", "href"}


def _parts(spec) -> Iterator[dict]:
    if isinstance(spec, dict):
        yield spec
    for item in spec.values() if isinstance(spec, dict) else spec if isinstance(spec, list) else ():
        yield from _parts(item)
