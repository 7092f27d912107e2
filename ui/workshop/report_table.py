"""All answers and results of a room as one table (CSV): a row for each answer, and for each network of each result."""

import csv
import io
from collections.abc import Iterable
from contextlib import suppress

from classroom import AnswerOf, Asked, FoundOf, GoalOf, Record
from ui.missions import words
from ui.missions.mission import Mission
from ui.missions.outcomes import networks
from ui.workshop import board
from ui.workshop.names import shown
from ui.workshop.questions import readable
from ui.workshop.report import link_to, link_to_attempt, question_of
from ui.workshop.strips import answer

COLUMNS = (
    "question", "text", "kind", "participant", "name", "answer", "seed", "choice", "network", "measure", "value",
    "time", "link",
)  # fmt: skip
_FORMULA = "=+-@\t\r"  # what a cell of a spreadsheet begins with that is computed


def report_table(record: Record, root: str) -> bytes:
    """The table of a room.  It is UTF-8 that says so, as spreadsheets want it; no text in it is a formula."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for asked in record.asked:
        mission = readable(asked.text)
        shared = {"question": asked.position + 1, "text": question_of(asked)}
        for row in _rows(asked, mission, root):
            writer.writerow({key: safe(value) for key, value in (shared | row).items()})
    return text.getvalue().encode("utf-8-sig", errors="replace")


def safe(value: object) -> object:
    """A value that no spreadsheet takes for a formula: a text that begins like one has an apostrophe before it."""
    if not isinstance(value, str):
        return value
    return f"'{value}" if value.lstrip(" ").startswith(tuple(_FORMULA)) else value


def _rows(asked: Asked, mission: Mission | None, root: str) -> Iterable[dict[str, object]]:
    said = {text: _answer(mission, text) for text in {each.text for each in asked.answers}}
    for each in asked.answers:
        yield _of(each) | {"kind": f"vote {each.vote}", "answer": said[each.text], "time": each.at.isoformat()}
    if mission is None:
        return
    labels = networks(mission)
    for each in asked.found:
        result = _of(each) | {
            "kind": "result", "seed": each.seed, "choice": words.cell(each.cell) if each.cell else "",
            "measure": mission.measure, "link": link_to(root, mission, each.seed, each.cell),
        }  # fmt: skip
        for network, value in zip(labels, each.values):
            yield result | {"network": network, "value": value}
    for each in asked.goals:
        yield _of(each) | {
            "kind": "goal", "answer": "reached" if each.holds else "not reached", "measure": "cost", "value": each.cost,
            "choice": board.settings(mission, each), "link": link_to_attempt(root, mission, each),
        }  # fmt: skip


def _answer(mission: Mission | None, text: str) -> str:
    """The label of an answer, or the text as it is kept if it is none."""
    with suppress(ValueError, IndexError):
        return answer(mission, text) if mission else text
    return text


def _of(each: AnswerOf | FoundOf | GoalOf) -> dict[str, object]:
    return {"participant": each.number + 1, "name": shown(each.name)}
