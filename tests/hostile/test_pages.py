"""Hostile addresses and files in AppTest: each page stands, and says what is wrong in a few plain words."""

from collections.abc import Iterator
from itertools import cycle, islice

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core import DatasetSpec, Experiment, Table
from tests import ROOT
from tests.hostile.kinds import SHOWN, TEXTS, bounded
from tests.page import COMPARE
from ui.shell.address import Address
from ui.shell.fixed import WORDS
from ui.shell.page import PAGES

pytestmark = pytest.mark.usefixtures("no_worker_processes")

EACH = 8  # addresses of each page, with another text for each of its settings
TABLE = Table(("a", "b"), ("p", "q"), [[i, i % 3] for i in range(20)], [0, 1] * 10)
EXPERIMENT = Experiment(DatasetSpec("own", table=TABLE), hidden=(4,), epochs=1).to_json()
FILES = {
    "half a letter in a class's name": EXPERIMENT.replace('"p"', r'"\ud800"'),
    "half a letter in a field's name": EXPERIMENT.replace('"epochs"', r'"\ud800"'),
    "a heading": EXPERIMENT.replace('"relu"', r'"x\n\n# A heading [a](https://evil.example/)"'),
    "a megabyte": EXPERIMENT.replace('"relu"', f'"{"x" * 1_000_000}"'),
    "no experiment": "[" * 100_000,
    "not JSON": "",
}


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
        asked |= {word: [stranger[:100], next(kinds)] for word in WORDS}
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


@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_cannot_be_opened_is_refused_in_a_few_plain_words(kind, controls_alone):
    page = opened("compare", {})
    page.file_uploader(key="experiment file").upload("e.json", FILES[kind].encode(), "application/json")
    with bounded(kind):
        page.run()
    assert not page.exception
    (said,) = (each.value for each in page.error)
    said.encode()
    assert len(said) < 2 * SHOWN
    assert "\n" not in said
    assert "evil.example/" not in said.replace("\\", "") or "\u2060" in said
