"""Every text that the pages show, in many of their states: said by the catalogue, plain, and short.

The pages speak a language whose messages wear marks (see tests/saying.py), so that what was put on screen past the
catalogue is found, too.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module

import pytest
from streamlit.runtime.context import ContextProxy

from classroom import State
from core import ACTIVATIONS, DATASETS, MADE_FEATURES, OPTIMIZERS, DatasetSpec, load
from core.claims import kept
from tests.page import charts, opened, press, run
from tests.saying import MARKED, Marked, taken_apart, texts, unmarked
from tests.wording import CODE_NAMES, complaints
from ui.compare.own_table import read_file
from ui.compare.presets import PRESETS
from ui.jobs import results
from ui.jobs.rooms import rooms
from ui.shell import language, remembering, speaking
from ui.shell.page import PAGES
from ui.shell.readers import texts as as_texts
from ui.shell.settings import query
from ui.workshop.own_part import part_asked

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("marked")]

SHORT = {"epochs": "3"}
STATES = {
    "a blow-up": {"activations": ["relu", "tanh"], "optimizer": "sgd", "learning_rate": "100", "seeds": "3", **SHORT},
    "never finite": {"activations": ["relu"], "optimizer": "sgd", "learning_rate": "100000000", **SHORT},
    "one network": {"activations": ["relu"], "inside": "relu", **SHORT},
    "five seeds": {"activations": ["relu", "tanh"], "seeds": "5", "redraw": "everything", **SHORT},
    "no hidden layer": {"layers": "0", **SHORT},
    "nothing chosen": {"activations": [""]},
    "optimizers": {"compare": "optimizer", "optimizers": ["sgd", "adam"], "activation": "tanh,relu", **SHORT},
    "penalties": {"compare": "l2", "log": "True", **SHORT},
    "dropout": {"compare": "dropout", "layers": "0", "schedule": "warm_up", **SHORT},
    "schedules": {"compare": "schedule", "dropout": "0.2", **SHORT},
    "a branch": {"compare": "branch", "branch_epoch": "1", "branch_optimizer": "sgd", "seeds": "3", **SHORT},
    "a branch of nothing": {"compare": "branch", "branch_epoch": "1", **SHORT},
    "own data, none yet": {"dataset": "own"},
    "a drawing, none yet": {"dataset": "drawn"},
    "a drawing of four points": {"dataset": "drawn", "points": "AAAe5V.eo89R4", "activations": ["relu"], **SHORT},
    "a setting that is none": {"nonsense": "1", **SHORT},
    "locked and hidden controls": {"hide": "seed,nonsense", "lock": "epochs", **SHORT},
    "hidden controls": {"hide": "seed,noise", **SHORT},
    "a locked control": {"lock": "all", "except": "seed", **SHORT},
}
# Words that nobody translates: mathematics, names of tools and files, and what is not a number.
OF_NO_LANGUAGE = {
    "exp", "log", "max", "min", "tanh", "sin", "erf", "ln", "e", "nan", "inf", "NumPy", "numpy", "PyTorch", "Keras",
    "CSV", "JSON", "SVG", "PNG", "ms", "px", "float32", "float64", "pca2", "class", "nonsense",
}  # fmt: skip
A_WORD = re.compile(r"[A-Za-z]{2,}")
A_SMALL_WORD = re.compile(r"[a-z]{2,}\b(?! [A-Za-z]$)")  # titles begin with a capital, but not tanh z
# Icons, pictures and links, formulas, code, what somebody typed, tags, entities, badges, colours, fields, and a name.
WORDLESS = re.compile(
    r":material/\w+:|!?\[[^\]]*\]\([^)]*\)|\$\$?[^$]+\$\$?|`[^`]*`|'[^']*'|<[^>]*>|&\w+;|:[\w-]+\[|https?:\S+|\S+/join|/workshop\?\S+"
    r"|\\(?:begin|end)\{\w+\}|\\[A-Za-z]+|#[0-9A-Fa-f]{6}|\{\w+\}|Activation Lab"
)


@pytest.fixture
def marked(no_worker_processes: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(language, "USUAL", MARKED)
    monkeypatch.setattr(speaking, "LANGUAGES", {})
    with language.speaking(MARKED):  # AppTest says the choices of widgets in this thread
        yield


@cache
def names() -> set[str]:
    """Words of data, of papers and of formulas, which stand in no catalogue."""
    found = set(OF_NO_LANGUAGE)
    for name in DATASETS:
        data = load(DatasetSpec(name))
        found |= {word for text in (*data.feature_names, *data.class_names) for word in A_WORD.findall(text)}
    found |= {*A_WORD.findall(kept().machine)}
    for record in (*ACTIVATIONS.values(), *OPTIMIZERS.values()):
        found |= {*A_WORD.findall(record.source)}
    for made in MADE_FEATURES.values():
        found |= {*A_WORD.findall(made.label)}
    return found


def unsaid(text: str) -> list[str]:
    """The words of a text that no message has."""
    return [word for word in A_WORD.findall(WORDLESS.sub(" ", text)) if word not in names()]


def wrong(page) -> list[str]:
    found = []
    for text in dict.fromkeys(texts(page)):
        said = taken_apart(text)
        found += [complaint for part in (*said.messages, *said.fields) for complaint in complaints(part)]
        for part in (*said.fields, said.rest):
            if words := unsaid(part):
                found.append(f"not of the catalogue: {' '.join(words)[:80]!r} in: {unmarked(text)[:200]}")
    for title in (title for chart in charts(page) for title in told_titles(chart)):
        said = taken_apart(title)
        if said.messages and not said.fields and A_SMALL_WORD.match(unmarked(title)):  # those with fields name networks
            found.append(f"a tooltip has: {title}")
    return list(dict.fromkeys(found))


def told_titles(part: object) -> Iterator[str]:
    """What the tooltips of a chart call the values that they tell."""
    if isinstance(part, list):
        for each in part:
            yield from told_titles(each)
    elif isinstance(part, dict):
        told = part.get("tooltip")
        yield from (each["title"] for each in (told if isinstance(told, list) else [told]) if each and "title" in each)
        for each in part.values():
            yield from told_titles(each)


def hold(page) -> None:
    if found := wrong(page):
        pytest.fail("\n".join(found), pytrace=False)


def tries() -> list[tuple[str, dict[str, object]]]:
    """What the buttons of the lessons set."""
    found = []
    for name in PAGES:
        try:
            controls = import_module(f"ui.lessons.{name}.controls")
        except ModuleNotFoundError:
            continue
        found += [(name, each.settings) for each in getattr(controls, "TRIES", ())]
    return found


@pytest.mark.parametrize("name", PAGES)
def test_a_page_at_its_defaults(name):
    hold(opened(PAGES[name].path))


@pytest.mark.parametrize(("name", "settings"), tries())
def test_a_lesson_where_its_buttons_lead(name, settings):
    hold(opened(PAGES[name].path, **{key: as_texts(value) for key, value in settings.items()}))


@pytest.mark.parametrize("name", PRESETS)
def test_compare_at_its_presets(name):
    """Trained for a moment only: what to notice in them is read in tests/test_catalogue.py."""
    hold(opened(**(query(PRESETS[name].settings) | SHORT)))


@pytest.mark.parametrize("state", STATES)
def test_compare_where_something_is_unusual(state):
    hold(opened(**STATES[state]))


@pytest.mark.parametrize(
    ("name", "answer"),
    [("adam_early", "answer 2"), ("dead_at_a_rate", "answer predict"), ("near_a_saddle", "answer 0")],
)
def test_a_mission_before_and_after_the_prediction(name, answer):
    page = opened(PAGES["mission"].path, mission=name)
    hold(page)
    press(page, answer)
    hold(page)


@pytest.mark.parametrize("state", [None, *State])
def test_a_room_as_its_leader_and_all_others_see_it(state, monkeypatch):
    monkeypatch.setattr(ContextProxy, "url", property(lambda self: "https://lab.example/workshop"))
    room = rooms().open(["mission=line_on_circles", "mission=spiral_first"])
    names().update((room.code, room.secret))
    people = [rooms().join(room.code, "somewhere").token for _ in range(4)]
    if state:
        for step in State:
            rooms().go_to(room.secret, 1, step)
            if step in (State.OPEN, State.SECOND):
                for number, token in enumerate(people):
                    rooms().answer(token, 1, str(number % 3))
        for seed, token in enumerate(people):
            rooms().keep_found(token, 1, None, seed, [40, 10 + seed, 20, 12 - 3 * seed], "3")
        rooms().stuck(people[0], True)
        rooms().go_to(room.secret, 1, state)
        rooms().pause(room.secret, True)
    hold(opened("pages/workshop.py", leader=room.secret))
    hold(opened("pages/screen.py", room=room.code))
    for person in rooms().participants(room.code):
        names().update(person.name.split())
    monkeypatch.setattr(remembering, "_cookies", lambda: {f"activation_lab_room_{room.code}": people[0]})
    phone = opened("pages/join.py", room=room.code)
    hold(phone)
    rooms().pause(room.secret, False)
    results.training(part_asked("mission=spiral_first", 0).experiment).wait(60)
    hold(run(phone))
    rooms().follow(room.secret, False)
    hold(run(phone))


@pytest.mark.parametrize(
    ("path", "asked"), [("pages/workshop.py", "leader"), ("pages/screen.py", "room"), ("pages/join.py", "room")]
)
def test_a_room_that_is_not_there(path, asked):
    hold(opened(path, **{asked: "ZZZZZ"}))


@pytest.mark.parametrize("name", ["ring_with_few_weights", "bias_by_hand"])
def test_a_task(name):
    page = opened(PAGES["mission"].path, mission=name)
    hold(page)
    if "check" in {button.key for button in page.button}:
        press(page, "check")
        hold(page)


@pytest.mark.parametrize("activations", [["relu"], ["relu", "tanh"]])
def test_the_form_for_a_link_of_ones_own(activations):
    page = opened(activations=activations, **SHORT)
    page.session_state["own word"] = "lock"
    page.session_state["own question"] = "7?"
    press(page, "make your own")
    hold(page)


def test_compare_with_own_data():
    page = opened(dataset="own", activations=["relu"], **SHORT)
    rows = "".join(f"{math.sin(k):.3f},{math.cos(2 * k):.3f},{'ab'[k % 2]}\n" for k in range(40))
    page.session_state["own table"] = read_file("7", f"7 7\nx,y,k\n{rows}1,NA,a\n".encode())
    hold(run(page))
    assert charts(page)


def test_compare_stopped():
    address = {"activations": ["relu", "tanh"], "epochs": "7"}
    page = opened(**address)
    experiment = next(reversed(results._trainings()._jobs))
    page.session_state["stopped"] = {experiment: replace(experiment, epochs=2)}
    hold(run(page))
    assert any("7" in message.value for message in page.warning)


def test_what_was_not_said_and_what_is_not_plain_is_found():
    mark = Marked.wearing
    text = f"A word and {mark('the {name} network').format(name='leaky_relu')}, {mark('for ever')}."
    said = taken_apart(text)
    assert Marked().gettext("what no catalogue has") == "what no catalogue has"
    assert (said.messages, said.fields) == (["the {x} network", "for ever"], ["leaky_relu"])
    assert unsaid(said.rest) == ["word", "and"]
    assert [*complaints(said.fields[0])] == [f"'leaky_relu' (rather: {CODE_NAMES['leaky_relu']}): leaky_relu"]
    assert len([*complaints(said.messages[1])]) == 1
