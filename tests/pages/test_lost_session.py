"""A browser that comes back to another session, in AppTest: it sends its address, and what its widgets stand at.

And one that sends what its widgets stand at while a page has not yet taken its settings from the address.
"""

from collections.abc import Callable

import pytest
from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx
from streamlit.testing.v1 import AppTest

from tests import ROOT
from tests.page import COMPARE, address, messages, opened, run
from ui.shell import page as parts_of_pages
from ui.shell.address import Address

pytestmark = pytest.mark.usefixtures("no_worker_processes")


def come_back(page: AppTest, before: dict[str, list[str]]) -> AppTest:
    """The page in a session that knows nothing of it, while the address is still that of before the last change."""
    again = AppTest.from_file(str(ROOT / COMPARE), default_timeout=300)
    for key, value in before.items():
        again.query_params[key] = value
    again._run(page._tree.get_widget_states())  # as the browser has them
    assert not again.exception
    return again


def test_what_was_changed_stays():
    page = opened(activations="relu", epochs="1", layers="3", noise="0.3")
    before = dict(address(page))
    page.slider(key="layers").set_value(5)
    again = come_back(page, before)
    assert again.slider(key="layers").value == 5
    assert address(again) == before | {"layers": ["5"]}


def test_what_was_pressed_is_done():
    page = opened(activations="relu", epochs="1")
    page.button(key="reset").click()
    assert address(come_back(page, dict(address(page)))) == {}


def test_what_a_change_brings_along_happens():
    page = opened(activations="relu", epochs="1", noise="0.3")
    before = dict(address(page))
    page.selectbox(key="dataset").set_value("moons")
    assert address(come_back(page, before)) == {"activations": ["relu"], "epochs": ["1"], "dataset": ["moons"]}


def test_a_file_has_to_be_chosen_again_and_the_page_says_so():
    page = opened(dataset="own", activations="relu", epochs="1")
    assert not asks_again(page)
    rows = "".join(f"{i % 7},{i % 5},{'xy'[i % 2]}\n" for i in range(60))
    file = ("mine.csv", f"a,b,kind\n{rows}".encode(), "text/csv")
    page.file_uploader(key="own file").upload(*file)
    run(page)
    assert not asks_again(page)
    again = come_back(page, dict(address(page)))
    assert asks_again(again)
    again.file_uploader(key="own file").upload(*file)
    assert not asks_again(run(again))


def test_a_change_while_it_comes_back_loses_nothing(while_it_opens):
    page = opened(dataset="own", activations="relu", epochs="1", layers="3")
    before = dict(address(page))
    page.file_uploader(key="own file").upload("mine.csv", b"a,b,kind\n", "text/csv")
    run(page)
    page.slider(key="layers").set_value(4)
    while_it_opens(page)
    again = come_back(page, before)
    assert asks_again(again)
    assert again.slider(key="layers").value == 4
    assert address(again) == before | {"layers": ["4"]}


def test_what_is_pressed_on_a_page_half_drawn_is_done_once(while_it_opens, monkeypatch):
    done = []
    monkeypatch.setattr(parts_of_pages, "_reset", lambda *asked: done.append(asked))
    page = opened(activations="relu", epochs="1")
    page.button(key="reset").click()
    while_it_opens(page)
    opened(activations="relu", epochs="1")
    assert len(done) == 1


def test_a_change_on_a_page_half_drawn_stays(while_it_opens):
    page = opened(activations="relu", epochs="1", layers="3")
    page.slider(key="layers").set_value(4)
    while_it_opens(page)
    again = opened("pages/claims.py")
    again.switch_page(COMPARE)
    for key, value in address(page).items():
        again.query_params[key] = value
    assert run(again).slider(key="layers").value == 4


@pytest.fixture
def while_it_opens(monkeypatch: pytest.MonkeyPatch) -> Callable[[AppTest], None]:
    """A function that takes a page: what its widgets stand at is asked for, once, in the next run that opens Compare,
    when its controls are drawn and its address is not written."""
    write = Address.write

    def from_now_on(page: AppTest) -> None:
        states = [page._tree.get_widget_states()]

        def write_and_be_asked(address: Address) -> None:
            if states and address.is_read and "layers" in address.here:
                context = get_script_run_ctx()
                context.yield_check.__self__.request_rerun(
                    RerunData(context.query_string, states.pop(), page_script_hash=context.page_script_hash)
                )
            write(address)

        monkeypatch.setattr(Address, "write", write_and_be_asked)

    return from_now_on


def asks_again(page: AppTest) -> bool:
    return any("choose it again" in message for message in messages(page))
