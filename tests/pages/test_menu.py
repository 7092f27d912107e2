"""The menu and the links between pages, in AppTest."""

import pytest

from core import DATASETS
from tests.page import address, choose, opened, run
from ui.shell.factors import DEFAULT_DATASET
from ui.shell.page import LESSONS, PAGES, TOOLS
from ui.shell.settings import unusual

NOISE = DATASETS[DEFAULT_DATASET].noise

pytestmark = pytest.mark.usefixtures("no_worker_processes")


def menu(page) -> dict[str, str]:
    """Labels, without the lessons' numbers, and query strings."""
    links = page.sidebar.get("page_link")
    return {link.proto.label.rpartition(" · ")[2]: link.proto.query_string for link in links}


def test_every_page_is_in_the_menu_in_the_order_of_the_book():
    page = opened("pages/nonlinearity.py")
    assert list(menu(page)) == [each.label for each in PAGES.values()]
    labels = [link.proto.label for link in page.sidebar.get("page_link")]
    assert [label.split(" · ")[0] for label in labels] == [
        *(PAGES[name].label for name in TOOLS), *map(str, range(1, len(LESSONS) + 1))
    ]  # fmt: skip


def test_a_page_that_was_left_is_found_again_as_it_was():
    page = opened("pages/nonlinearity.py", dataset="xor")
    choose(page, "slider", "layers", 5)
    page.switch_page("pages/softmax.py")
    assert menu(run(page))[PAGES["nonlinearity"].label] == "dataset=xor&layers=5"
    assert menu(page)[PAGES["neuron"].label] == "", "it was not opened yet"


def test_a_link_to_compare_has_what_differs_from_its_defaults_and_so_its_address_stays_as_it_is():
    assert unusual({"dataset": DEFAULT_DATASET, "layers": 2, "optimizer": "adam", "activations": ["relu"]}) == {
        "activations": ["relu"]
    }
    assert unusual({"compare": "optimizer", "optimizers": ["sgd"], "noise": NOISE, "layers": 3}) == {
        "compare": "optimizer",
        "optimizers": ["sgd"],
        "layers": 3,
    }
    for dataset in DATASETS:
        asked = {"dataset": dataset, "layers": 1, "epochs": 3, "activation": "tanh", "compare": "initializer"}
        page = opened(**{key: str(value) for key, value in unusual(asked).items()})
        assert address(page) == {key: [str(value)] for key, value in unusual(asked).items()}


def test_what_is_wrong_in_a_lessons_address_is_said_in_one_box():
    page = opened("pages/neuron.py", x1="abc", w1="1e9", activation="rleu")
    (warning,) = page.main.warning
    for wrong in ("'abc'", "'1e9'", "'rleu'"):
        assert wrong in warning.value
