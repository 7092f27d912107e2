"""What can be taken away from a sweep."""

import io

import pandas as pd

from tests.ui.sweep.grids import noisy, results_of
from ui.sweep.exports import parquet


def test_parquet_has_the_same_table():
    results = results_of(noisy([[0.8, 0.9], [0.7, 0.6]]), activation=("relu", "tanh"), batch_size=(8, None))
    read = pd.read_parquet(io.BytesIO(parquet(results)))
    table = results.to_frame()
    assert list(read.columns) == list(table.columns)
    assert read["batch_size"].tolist() == [str(size) for size in table["batch_size"]]
    pd.testing.assert_frame_equal(
        read.drop(columns=["activation", "batch_size"]), table.drop(columns=["activation", "batch_size"])
    )
