"""The report of a room for its leader: one HTML file that needs nothing else, and prints.

All of it is made of elements, so no text becomes markup.  Made by a worker.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode

from classroom import Asked, GoalOf, Record
from ui.missions import words
from ui.missions.mission import ByHand, Mission
from ui.missions.outcomes import Cell, link_of
from ui.shell.language import N_, NN_, _, plural, spoken
from ui.workshop import ballots, board, report_drawings
from ui.workshop.markup import Element, document, element
from ui.workshop.names import shown
from ui.workshop.pooled_charts import READING, title_of_difference
from ui.workshop.pooled_words import people, said, said_of_right
from ui.workshop.questions import is_voted_on, readable
from ui.workshop.steps import FIRST_VOTE, SECOND_VOTE
from ui.workshop.strips import Found, difference, found_in, intervals

_STYLE = (Path(__file__).parent / "report.css").read_text()
_TITLE = N_("Workshop report")
_FACTS = N_("Room {code}, opened on {date}. {people}. {questions}.")
_QUESTIONS = NN_("{number} question", "{number} questions")
_NAMES = N_("The participants have made-up names: {names}.")
_LINKS = N_("Links to Compare begin with {address}. They work while the app runs there.")
_NUMBERED = N_("{number}. {question}")
_UNREADABLE = N_("This question cannot be read any more. Its answers are in the table of all answers.")
_NOT_ASKED = N_("Nobody has answered this question.")
_ALL_RESULTS = N_("All results, with links to Compare")
_RIGHT, _RIGHT_IN_IT = N_("Right answer"), N_("The right answer is in this range")
_OPEN, _OPEN_ALL = N_("Open in Compare"), N_("Open the networks of this question in Compare")
_WHY = N_("Why")


def report(record: Record, root: str, made: datetime) -> str:
    """The HTML of a room's report; links begin at the `root` of the app."""
    room = record.room
    facts = {
        "code": room.code, "date": said_date(room.opened), "people": people(len(record.participants)),
        "questions": plural(*_QUESTIONS, len(record.asked)),
    }  # fmt: skip
    names = ", ".join(shown(each.name) for each in record.participants)
    return document(
        element(
            "html",
            _head(made),
            element(
                "body",
                element("h1", _(_TITLE)),
                element("p", _(_FACTS, **facts)),
                element("p", _(_NAMES, names=names)) if names else None,
                element("p", _(_LINKS, address=root)),
                *(_question(asked, root) for asked in record.asked),
            ),
            lang=spoken(),
        )
    )


def question_of(asked: Asked) -> str:
    """The words of a question, without markup."""
    mission = readable(asked.text)
    if mission is None:
        return asked.text
    return _(mission.question) if mission.name else mission.question


def said_date(at: datetime) -> str:
    """The day, in the form that is the same everywhere."""
    return at.strftime("%Y-%m-%d")


def link_to(root: str, mission: Mission, seed: int = 0, cell: Cell | None = None, seeds: int = 1) -> str:
    """The address of these networks in Compare."""
    _page, query = link_of(mission, seed, cell, seeds)
    return f"{root}/?{urlencode(query, doseq=True)}"


def link_to_attempt(root: str, mission: Mission, attempt: GoalOf) -> str:
    """The address of an attempt at a goal, with the seeds that it was checked with; empty for weights set by hand.

    Its settings are all there are: with another dataset, those of the mission's own data do not hold.
    """
    if isinstance(mission.answers, ByHand):
        return ""
    return link_to(root, replace(mission, settings=attempt.settings), seeds=attempt.of)


def _head(made: datetime) -> Element:
    nothing_foreign = "default-src 'none'; style-src 'unsafe-inline'"
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=nothing_foreign),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", f"{_(_TITLE)} {said_date(made)}"),
        element("style", _STYLE),
    )


def _question(asked: Asked, root: str) -> Element:
    mission = readable(asked.text)
    heading = element("h2", _(_NUMBERED, number=asked.position + 1, question=question_of(asked)))
    if mission is None:
        return element("section", heading, element("p", _(_UNREADABLE)))
    found = found_in(mission, asked.found)
    return element(
        "section",
        heading,
        *(_votes(asked, mission, found) if is_voted_on(mission) else _board(asked, mission, root)),
        *(_found(asked, mission, found, root) if found.pooled.people else []),
        *(_reason(mission, root)),
    )


def _votes(asked: Asked, mission: Mission, found: Found) -> Iterable[Element]:
    """Both votes side by side, and what they say."""
    given = ballots.ballots_of(mission, asked.votes, found.right)
    if not given.first and not given.second:
        yield element("p", _(_NOT_ASKED))
        return
    votes = [_(FIRST_VOTE), _(SECOND_VOTE)] if given.second else [_("Answers")]
    most = max(max(answer.first, answer.second) for answer in given.answers)
    rows = []
    for answer in given.answers:
        numbers = zip(("first", "second"), (answer.first, answer.second)[: len(votes)])
        right = _(_RIGHT_IN_IT if given.in_ranges else _RIGHT) if answer.is_right else ""
        cells = [_bar(number, most, which) for which, number in numbers]
        rows.append(
            element("tr", _head_of_row(answer.label), *cells, element("td", right), class_="right" if right else None)
        )
    yield _table([_("Answer"), *votes, _("Outcome")], rows)
    yield element("p", " ".join(filter(None, (said_of_right(mission, found), *ballots.sentences(given)))))


def _bar(number: int, most: int, which: str) -> Element:
    bar = element("span", class_=f"bar {which}", style=f"width: {round(60 * number / max(most, 1))}%")
    return element("td", bar, f"{number}", class_="votes")


def _board(asked: Asked, mission: Mission, root: str) -> Iterable[Element]:
    """Who has reached a goal."""
    yield element("p", board.said(mission, asked.board))
    if asked.board:
        rows = [
            element(
                "tr", _head_of_row(f"{line.place}"), element("td", line.cost, class_="cost"),
                element("td", line.settings), element("td", line.name),
                element("td", _link(link_to_attempt(root, mission, attempt))),
            )
            for line, attempt in zip(board.lines(mission, asked.board), asked.board)
        ]  # fmt: skip
        yield _table([_("Place"), _("Cost"), _("Settings"), _("Participant"), _("Link")], rows)


def _link(address: str) -> Element | None:
    """A link to Compare, if there is an address."""
    return element("a", _(_OPEN), href=address) if address else None


def _found(asked: Asked, mission: Mission, found: Found, root: str) -> Iterable[Element]:
    """What the room has found: sentences, the drawing, the intervals, and every result with its link."""
    told = said(mission, found)
    yield element("h3", _("What the room has found"))
    yield element("p", element("strong", told.headline), " " + " ".join(told.sentences))
    yield report_drawings.strips(found)
    yield element("p", _(READING[found.measure.counted]))
    if len(found.pooled.looks) > 1 and not found.has_cells:
        yield _intervals(found)
    yield element("details", element("summary", _(_ALL_RESULTS)), _results(asked, mission, found, root))


def _intervals(found: Found) -> Element:
    """How the interval of the difference has narrowed."""
    rows = [
        element("tr", *map(_number, (f"{number}", *(difference(each, found.measure) for each in figures))))
        for number, *figures in intervals(found)
    ]
    title = title_of_difference(found)
    return _table([_("Participants"), title, _("95 % interval: from"), _("to")], rows, numbers=True)


def _results(asked: Asked, mission: Mission, found: Found, root: str) -> Element:
    cells = [_("Choice")] if found.has_cells else []
    rows = [
        element(
            "tr", _head_of_row(shown(each.name)), _number(f"{each.seed}"),
            *([element("td", words.cell(each.cell))] if found.has_cells else []),
            *(_number(found.measure.write(value)) for value in each.values),
            element("td", _link(link_to(root, mission, each.seed, each.cell))),
        )
        for each in asked.found
        if len(each.values) == len(found.networks)
    ]  # fmt: skip
    return _table([_("Participant"), _("Seed"), *cells, *found.networks, _("Link")], rows, is_short=False)


def _reason(mission: Mission, root: str) -> Iterable[Element]:
    if reason := _(mission.reason) if mission.name else mission.reason:
        yield element("h3", _(_WHY))
        yield element("p", reason)
    yield element("p", element("a", _(_OPEN_ALL), href=link_to(root, mission, seeds=5)))


def _table(heads: list[str], rows: list[Element], numbers: bool = False, is_short: bool = True) -> Element:
    row = element("tr", *(element("th", head, scope="col", class_="number" if numbers else None) for head in heads))
    kind = "short" if is_short and len(rows) <= 20 else None
    return element("table", element("thead", row), element("tbody", *rows), class_=kind)


def _head_of_row(text: str) -> Element:
    return element("th", text, scope="row")


def _number(text: str) -> Element:
    return element("td", text, class_="number")
