"""Addresses of a room's pages, wherever the app is."""

import pytest
from streamlit.runtime.context import ContextProxy

from ui.workshop import addresses
from ui.workshop.addresses import JOIN, SCREEN, address_for_others, address_of, is_from_this_computer, spoken


@pytest.fixture
def opened_at(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(addresses, "get_internal_ip", lambda: "192.0.2.7")
    return lambda url: monkeypatch.setattr(ContextProxy, "url", property(lambda self: url))


@pytest.mark.parametrize("page", ["", "/", "/workshop", "/workshop/", "/screen", "/join"])
@pytest.mark.parametrize("root", ["https://lab.example", "https://lab.example:8501", "https://lab.example/base"])
def test_all_pages_are_beside_the_one_that_is_looked_at(opened_at, root, page):
    opened_at(root + page)
    assert address_of(SCREEN, room="ABCDE") == f"{root}/screen?room=ABCDE"
    assert address_for_others(JOIN, room="ABCDE") == f"{root}/join?room=ABCDE"
    assert spoken(address_of(JOIN)) == f"{root.removeprefix('https://')}/join"
    assert not is_from_this_computer()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_others_are_not_invited_to_a_name_that_each_computer_has_for_itself(opened_at, host):
    opened_at(f"http://{host}:8501/base/workshop")
    assert address_of(SCREEN) == f"http://{host}:8501/base/screen"
    assert address_for_others(JOIN, room="ABCDE") == "http://192.0.2.7:8501/base/join?room=ABCDE"
    assert is_from_this_computer()


def test_what_is_asked_is_not_mistaken_for_more(opened_at):
    opened_at("https://lab.example/workshop")
    assert address_of(JOIN, room="A&b=c d") == "https://lab.example/join?room=A%26b%3Dc+d"
