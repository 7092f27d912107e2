"""Controls that a link hides or locks, on every page in AppTest: no widget, or one that changes nothing."""

from itertools import chain

import pytest

from core import DatasetSpec
from core.data.drawing import text_of_dataset
from tests.hostile.kinds import SHOWN, TEXTS
from tests.page import COMPARE, address, charts, choose, drawn_by, links, messages, opened, press, run
from ui.compare.presets import PRESETS
from ui.lessons.neuron.controls import TRIES
from ui.shell.page import PAGES
from ui.shell.settings import SETTINGS

pytestmark = pytest.mark.usefixtures("no_worker_processes")

KINDS = (
    "slider", "select_slider", "selectbox", "multiselect", "number_input", "text_input", "toggle", "checkbox", "radio",
    "button_group",
)  # fmt: skip
SMALL = {"epochs": "3", "samples": "50"}
DRAWING, _notes = text_of_dataset(DatasetSpec("moons", samples=40))
# A page and its address for each: together they have every control of every page.
VIEWS = {
    "compare": (
        COMPARE,
        SMALL | {"activations": ["relu", "tanh"], "seeds": "2", "log": "True", "inside": "relu", "shown_seed": "1"},
    ),
    "compare optimizers": (
        COMPARE, SMALL | {"compare": "optimizer", "optimizers": ["sgd", "adam"], "dataset": "spiral", "classes": "3"}
    ),
    "compare branches": (
        COMPARE,
        {"epochs": "3", "compare": "branch", "branch_epoch": "1", "branch_optimizer": "sgd", "dataset": "iris"},
    ),
    "compare on a formula": (COMPARE, SMALL | {"dataset": "by_formula", "formula": "y > x", "activations": "relu"}),
    "compare on a drawing": (COMPARE, {"epochs": "3", "dataset": "drawn", "points": DRAWING, "activations": "relu"}),
    **{
        f"compare {key}": (COMPARE, SMALL | {"compare": key})
        for key in ("learning_rate", "initializer", "l2", "l1", "dropout", "schedule")
    },
    "sweep": (
        "pages/sweep.py",
        SMALL | {
            "vary": ["activation", "optimizer", "layers"], "activations": ["relu", "tanh"], "seeds": "2",
            "optimizers": ["sgd", "adam"], "layer_counts": ["1", "2"], "only_layers": "1",
        },
    ),
    "neuron": ("pages/neuron.py", {"w1": "1.0"}),
    "activations": ("pages/activations.py", {"activations": ["relu", "elu"], "move": "2"}),
    "nonlinearity": ("pages/nonlinearity.py", {"layers": "2", "bent": "1"}),
    "vanishing": ("pages/vanishing.py", {"layers": "2", "epochs": "10"}),
    "dead_relu": ("pages/dead_relu.py", {"seed": "3"}),
    "optimizers": ("pages/optimizers.py", {"optimizers": ["sgd", "adam"], "start": "(1, 1)", "steps": "10"}),
    "softmax": ("pages/softmax.py", {"temperature": "2.0", "dataset": "iris"}),
    "claims": ("pages/claims.py", {"claim": "no_exp"}),
}  # fmt: skip
NO_SETTING = {"language", "listed setting", "own function"}  # which are in no address
KEPT_BUTTONS = {"reset", "present", "free all", "pin", "measure", "make your own"}  # which change no setting
LOG = "log switch"  # the widget of the setting "log"


def widgets(page) -> dict[str, object]:
    found = chain.from_iterable(page.get(kind) for kind in KINDS)
    return {widget.key: widget for widget in found if widget.key not in NO_SETTING}


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_that_is_locked_can_be_changed_and_nothing_that_is_hidden_is_drawn(view):
    path, asked = VIEWS[view]
    free = opened(path, **asked)
    assert "address" not in str(messages(free))
    assert not any("This link" in text.value for text in free.markdown)

    locked = opened(path, **asked, lock="all")
    assert widgets(locked).keys() == widgets(free).keys()
    assert all(widget.proto.disabled for widget in widgets(locked).values())
    assert {button.key for button in locked.button if not button.proto.disabled} <= KEPT_BUTTONS
    assert not drawn_by(locked, "pointing")
    there = address(free) | {"lock": ["all"]}
    assert address(locked) == there
    usual = opened(path).session_state
    for key in asked:  # as a button would that does not know of locks
        if key in usual:
            locked.session_state[key] = usual[key]
    run(locked)
    assert address(locked) == there
    press(locked, "reset")
    assert address(locked) == there
    assert charts(locked) == charts(free)
    assert drawn_by(locked, "pictures") == drawn_by(free, "pictures")

    hidden = opened(path, **asked, hide="all")
    assert not widgets(hidden)
    assert not hidden.sidebar.expander
    assert not drawn_by(hidden, "pointing") and not drawn_by(hidden, "drawing")
    assert charts(hidden) == charts(free)
    assert messages(hidden) == messages(free)
    press(hidden, "free all")
    assert widgets(hidden).keys() == widgets(free).keys()
    assert not any(
        widget.proto.disabled != widgets(free)[key].proto.disabled for key, widget in widgets(hidden).items()
    )
    assert address(hidden) == address(free)
    assert charts(hidden) == charts(free)


def test_these_views_have_every_control_of_compare():
    views = [opened(path, **asked) for path, asked in VIEWS.values() if path == COMPARE]
    drawn = {key for page in views for key in widgets(page)} | {"points"}
    assert {key for key in SETTINGS if key != "log"} <= drawn
    assert LOG in drawn
    assert {path for path, _asked in VIEWS.values()} >= {
        page.path for name, page in PAGES.items() if name not in ("mission", "workshop")
    }


def test_a_link_names_what_it_hides_and_locks_or_what_it_leaves_free():
    page = opened(noise="0.5", hide="noise,seed", lock="epochs", **{"activations": "relu"})
    assert "This link hides 2 controls and locks 1." in [text.value for text in page.main.markdown]
    assert page.button(key="free all").label == "Show and unlock all"
    assert {"noise", "seed"}.isdisjoint(widgets(page))
    assert widgets(page)["epochs"].proto.disabled and not widgets(page)["layers"].proto.disabled
    assert page.session_state["noise"] == 0.5

    page = opened(activations="relu", hide="all", lock="epochs", **{"except": "layers"})
    assert list(widgets(page)) == ["layers", "epochs"]
    assert "This link locks" not in str(page.markdown)
    choose(page, "slider", "layers", 4)
    assert address(page) == {
        "activations": ["relu"], "layers": ["4"], "hide": ["all"], "lock": ["epochs"], "except": ["layers"]
    }  # fmt: skip


def test_it_stays_while_one_works_and_on_other_pages():
    page = opened(epochs="3", hide="noise", lock="seed", noise="0.3", seed="7")
    fixed = {"noise": ["0.3"], "seed": ["7"], "hide": ["noise"], "lock": ["seed"]}
    choose(page, "slider", "layers", 3)
    assert address(page) == {"epochs": ["3"], "layers": ["3"]} | fixed
    press(page, "reset")
    assert address(page) == fixed
    choose(page, "selectbox", "dataset", "iris")  # which has no noise
    assert address(page) == fixed | {"dataset": ["iris"]}
    assert not messages(opened(**address(page)))
    choose(page, "selectbox", "dataset", "circles")
    assert page.session_state["noise"] == 0.3
    assert address(page) == fixed | {"dataset": ["circles"]}
    page.switch_page("pages/neuron.py")
    run(page)
    assert "This link" not in str([text.value for text in page.markdown])
    (link,) = [link.proto for link in page.sidebar.get("page_link") if link.proto.label == "Compare"]
    assert "hide=noise&lock=seed" in link.query_string


def test_what_would_change_a_locked_control_is_not_offered():
    there = {f"preset {number}" for number in range(len(PRESETS))}
    page = opened(lock="seed")
    assert there < {button.key for button in page.button}, "no preset has another seed"
    press(page, "preset 0")
    assert page.info[0].value == next(iter(PRESETS.values())).notice
    assert address(page)["lock"] == ["seed"]
    page = opened(lock="epochs", epochs="30", activations="relu")
    keys = {button.key for button in page.button}
    assert "train on" not in keys
    assert len(there & keys) == sum(preset.settings.get("epochs") == 30 for preset in PRESETS.values())
    assert "Open an experiment" not in [part.label for part in page.sidebar.expander]
    page = opened("pages/neuron.py", lock="w1", w1="0.0")
    tries = [number for number, each in enumerate(TRIES) if each.settings.get("w1") == 0.0]
    assert [key for key in (button.key for button in page.button) if key.startswith("try ")] == [f"try {tries[0]}"]


def test_a_place_can_be_pointed_at_while_it_is_free():
    assert len(drawn_by(opened("pages/neuron.py", lock="w1"), "pointing")) == 2
    assert not drawn_by(opened("pages/neuron.py", lock="x1"), "pointing")
    assert not drawn_by(opened("pages/optimizers.py", hide="start"), "pointing")


def test_a_canvas_can_be_locked_or_hidden():
    path, asked = VIEWS["compare on a drawing"]
    assert [data["locked"] for data in drawn_by(opened(path, **asked), "drawing")] == [False]
    assert [data["locked"] for data in drawn_by(opened(path, **asked, lock="points"), "drawing")] == [True]
    assert not drawn_by(opened(path, **asked, hide="points"), "drawing")


def test_wrong_names_and_wrong_values_are_said():
    page = opened(activations="relu", hide="nois,seed", lock="epochs", noise="9", epochs="abc", seed="-1")
    said = messages(page)
    assert any("settings that this page does not have: nois." in message for message in said)
    assert any("seed is '-1'" in message for message in said), "although it is hidden"
    assert any("epochs is 'abc'" in message for message in said)
    assert address(page) == {"activations": ["relu"], "hide": ["seed"], "lock": ["epochs"]}
    assert page.session_state["seed"] == SETTINGS["seed"].default
    page = opened("pages/softmax.py", hide="temperature,rate", temperature="77")
    assert any("rate" in message for message in messages(page))
    assert any("temperature is '77'" in message for message in messages(page))
    assert address(page) == {"hide": ["temperature"]}


@pytest.mark.parametrize("kind", TEXTS)
def test_any_text_can_stand_in_the_place_of_names(kind):
    text = TEXTS[kind][:50_000]  # of a longer address, Streamlit takes nothing
    page = opened("pages/claims.py", hide=text, lock=[text, "claim"])
    assert all(len(message) < 2 * SHOWN for message in messages(page))
    assert address(page) in ({"lock": ["claim"]}, {}), "of too many names, none"
    assert links(page)
