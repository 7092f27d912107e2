"""Addresses that are not what they should be: each page stands, and says so in a few plain words."""

from collections.abc import Iterator
from itertools import cycle, islice

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests import ROOT
from tests.hostile.kinds import SHOWN, TEXTS, bounded
from tests.page import COMPARE
from ui.shell.address import Address, texts
from ui.shell.factors import layer_activations
from ui.shell.page import PAGES
from ui.shell.plain import plain
from ui.shell.settings import SETTINGS

pytestmark = pytest.mark.usefixtures("no_worker_processes")

EACH = 8  # addresses of each page, with another text for each of its settings


@pytest.mark.parametrize("kind", TEXTS)
def test_a_setting_is_read_or_refused_in_a_few_words(kind):
    readers = {key: setting.parse() for key, setting in SETTINGS.items()} | {
        "activations": lambda texts: layer_activations(texts[-1])
    }
    for key, parse in readers.items():
        for asked in ([TEXTS[kind]], [TEXTS[kind], "relu"], [f"{TEXTS[kind][:100]}{i}" for i in range(5000)]):
            with bounded(f"{key}={kind}"):
                for text in texts(parse(asked)):
                    text.encode()


@pytest.mark.parametrize("kind", TEXTS)
def test_nothing_of_a_strangers_text_is_read_as_markdown(kind):
    """What is left of it can be read by Streamlit in no other way; the browser's test looks at what it does with it."""
    shown = plain(TEXTS[kind])
    assert len(shown) < 2 * SHOWN
    assert shown.isprintable() or "\u2060" in shown
    assert "\n" not in shown
    for mark in ("http://", "https://", "www.", "evil.example/a)", ":material", ":smile", "@evil"):
        assert mark not in shown.replace("\\", "")
    for mark in "[]`*_$<>#":
        assert shown.replace(f"\\{mark}", "").count(mark) == 0


@pytest.fixture
def controls_alone(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Every page ends after its controls; the keys of the settings that it has."""
    keys: set[str] = set()
    setting, write = Address.setting, Address.write

    def listed(address: Address, key: str, *args: object, **options: object):
        keys.add(key)
        return setting(address, key, *args, **options)

    def last(address: Address) -> None:
        write(address)
        st.stop()

    monkeypatch.setattr(Address, "setting", listed)
    monkeypatch.setattr(Address, "write", last)
    return keys


def addresses(keys: list[str]) -> Iterator[dict[str, str | list[str]]]:
    """Each with another text for each of the keys, and settings that no page has."""
    kinds = cycle(text[:300] for text in TEXTS.values())
    for number in range(EACH):
        asked: dict[str, str | list[str]] = dict(zip(keys, islice(kinds, len(keys))))
        stranger = next(kinds)
        yield asked | {f"x{stranger[:100]}": stranger, "__class__": "self", "embed_options": [stranger] * number}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_stands_and_says_what_is_wrong(name, controls_alone):
    opened(name, {})
    keys = sorted(controls_alone)
    assert keys
    for asked in addresses(keys):
        with bounded(f"{name}: {asked}"[:2000]):
            page = opened(name, asked)
        assert not page.exception, (asked, page.exception)
        said = [each.value for each in (*page.warning, *page.error)]
        assert said
        assert sum(map(len, said)) < 3 * SHOWN * len(keys)
        assert all("evil.example/" not in each.replace("\\", "") or "\u2060" in each for each in said)


def opened(name: str, asked: dict[str, str | list[str]]) -> AppTest:
    page = AppTest.from_file(str(ROOT / COMPARE), default_timeout=300)
    if PAGES[name].path != COMPARE:
        page.switch_page(PAGES[name].path)
    for key, value in asked.items():
        page.query_params[key] = value
    return page.run()
