"""Pages in AppTest: the whole script, without a browser and without worker processes."""

import json
import re
import sys
from collections.abc import Mapping
from functools import cache

import numpy as np
import pandas as pd
import pyarrow as pa
from altair.utils.schemapi import disable_debug_mode
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import UnknownElement

from tests import ROOT
from ui.charts.steady import WORDS
from ui.compare.controls import DATA_SETTINGS, MORE_SETTINGS
from ui.compare.functions import FUNCTIONS
from ui.shell.folding import COME_LATER

COMPARE = "app.py"

disable_debug_mode()  # each chart is validated as a whole, so Altair need not look at each part before
# Each AppTest looks through all installed packages for components, which takes as long as a page: once is enough.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def opened(path: str = COMPARE, /, *, are_folded: bool = False, **address: str | list[str]) -> AppTest:
    """The page of that path at an address, with all that is folded on it, unless that shall come later, as it does for
    browsers."""
    page = AppTest.from_file(str(ROOT / COMPARE), default_timeout=300)
    for box in (DATA_SETTINGS, MORE_SETTINGS, FUNCTIONS):
        if not are_folded:
            page.session_state[COME_LATER + box] = False
    if path != COMPARE:
        page.switch_page(path)
    for key, value in address.items():
        page.query_params[key] = value
    return run(page)


def run(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception, page.exception
    return page


def choose(page: AppTest, widget: str, key: str, value: object) -> None:
    if value is None:  # which AppTest takes for no choice at all
        page.session_state[key] = None
    else:
        getattr(page, widget)(key=key).set_value(value)
    run(page)


def press(page: AppTest, key: str) -> None:
    page.button(key=key).click()
    run(page)


def upload(page, text: str, name: str = "own.csv", mime: str = "text/csv", key: str = "own file") -> None:
    page.file_uploader(key=key).upload(name, text.encode(), mime)
    run(page)


def drawn_by(page: AppTest, component: str) -> list[object]:
    """What the components of ours of that name on the page have been given to draw."""
    found = [element.proto for element in page.get("bidi_component")]
    return [
        json.loads(proto.bytes or proto.json or proto.mixed.json)
        for proto in found
        if proto.component_name == f"activation_lab_{component}"
    ]


def figures(page: AppTest) -> pd.DataFrame:
    """The table on the page: a row for each network, with the numbers by which it is sorted."""
    (table,) = drawn_by(page, "table")
    numbers = pd.DataFrame({column["name"]: np.array(column["numbers"], float) for column in table["columns"]})
    numbers = numbers.replace(sys.float_info.max, np.inf)
    return pd.concat([pd.Series([row["label"] for row in table["rows"]], name="network"), numbers], axis=1)


def charts(page: AppTest) -> list[dict]:
    return [json.loads(chart.proto.spec) for chart in page.get("vega_lite_chart")]


def chart_data(page: AppTest, column: str) -> list[dict]:
    """The rows of the first table with that column, of the page's first chart that has one."""
    for chart in page.get("vega_lite_chart"):
        for item in chart.proto.datasets:
            table = pa.ipc.open_stream(item.data.data).read_all()
            if column in table.column_names:
                return table.to_pylist()
    raise AssertionError(f"no chart has {column}")


def in_words(chart: UnknownElement) -> str:
    """What a chart tells those who cannot see it: its alternative text, and the words among its data."""
    tables = [pa.ipc.open_stream(item.data.data).read_all() for item in chart.proto.datasets]
    words = [word for table in tables if WORDS in table.column_names for word in table[WORDS].to_pylist()]
    return " ".join([chart.proto.alt, *words])


def result(page: AppTest) -> str:
    """All that the page shows of the networks: its table, and every chart with its data."""
    parts = [figures(page).to_csv(), *map(str, drawn_by(page, "pictures"))]
    for chart in page.get("vega_lite_chart"):
        parts += [chart.proto.spec, chart.proto.alt, *(repr(item.data.data) for item in chart.proto.datasets)]
    return "".join(parts)


def same_for_all(page: AppTest) -> str:
    """What is compared and what all networks have in common, folded below the pictures."""
    return " ".join(text.value for text in page.main.expander[0].markdown)


def address(page: AppTest) -> Mapping[str, list[str]]:
    asked = dict(page.query_params)
    return {key: value if isinstance(value, list) else [value] for key, value in asked.items()}


def links(page: AppTest) -> dict[str, str]:
    """Labels of the links in the page's main part, and where they lead: `vanishing?layers=3`."""
    found = {}
    for link in page.main.get("page_link"):
        asked = link.proto.query_string.lstrip("?")
        found[link.proto.label] = link.proto.page + (f"?{asked}" if asked else "")
    return found


def messages(page: AppTest) -> list[str]:
    """As they are read: without the backslashes that keep Markdown from being made of them."""
    return [re.sub(r"\\(.)", r"\1", message.value) for message in (*page.warning, *page.error, *page.info)]
