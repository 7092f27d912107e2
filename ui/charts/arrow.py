"""Charts as they are sent: with their data as Arrow, which Streamlit would else make of them in every run of a page."""

from collections.abc import Callable

import pyarrow as pa
from altair.utils.schemapi import debug_mode


def finished(chart: Callable[..., dict], *args) -> dict:
    """The specification that a chart's function gives for these arguments, its data as Arrow: for a worker."""
    with debug_mode(False):  # tests have Altair compare charts with its schema, which takes as long as all the rest
        specification = chart(*args)
    datasets = {name: arrow(rows) for name, rows in specification.get("datasets", {}).items()}
    return specification | ({"datasets": datasets} if datasets else {})


def arrow(rows: list[dict]) -> bytes:
    """The table of these rows, in the format in which Arrow is sent: NaN is no number.  By way of pandas it would take
    eight times as long."""
    names = dict.fromkeys(name for row in rows for name in row)
    table = pa.table({name: pa.array([row.get(name) for row in rows], from_pandas=True) for name in names})
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return sink.getvalue().to_pybytes()
