"""What is in the file, what is refused, and that half a line is dropped."""

from contextlib import suppress

import pandas as pd
import pytest

from core import DatasetSpec, Experiment, Grid
from core.sweeps import command
from core.sweeps.command import main
from core.sweeps.results import Results
from core.sweeps.running import figures_of
from core.sweeps.saving import Saved

SMALL = Experiment(DatasetSpec("moons", samples=40), epochs=2, hidden=(3,))
# Values that a table could spoil: a list with a comma, an own formula, no number among numbers, a rate that diverges.
GRID = Grid(
    {"activation": [("relu", "sin"), "=x*x*x", "tanh"], "batch_size": [8, None], "learning_rate": [0.1 + 0.2, 1e6]},
    Experiment(DatasetSpec("moons", samples=40), epochs=2, hidden=(3, 3)),
    seeds=2,
)


@pytest.fixture(scope="module")
def trained() -> list:
    return [(block, figures_of(block)) for block in GRID.blocks()]


def put(path, pairs) -> Results:
    """Saves these blocks, one after the other."""
    saved = Saved(path, GRID)
    for block, figures in pairs:
        saved.results.put(block, figures)
        saved.add(block, saved.results)
    return saved


@pytest.mark.parametrize("name", ["out.csv", "out.parquet"])
def test_a_file_in_any_order_and_in_two_goes_is_the_file_in_one(tmp_path, trained, name):
    assert len(trained) > 2
    put(tmp_path / name, trained).finish()
    (tmp_path / "again").mkdir()
    put(tmp_path / "again" / name, trained[::-2])
    second = put(tmp_path / "again" / name, trained[::-1])
    second.finish()
    assert (tmp_path / "again" / name).read_bytes() == (tmp_path / name).read_bytes()
    assert [path.name for path in (tmp_path / "again").iterdir()] == [name], "nothing is left beside it"
    assert Saved(tmp_path / name, GRID).results.done.all()
    assert Saved(tmp_path / name, GRID).results.to_frame().equals(second.results.to_frame())


def test_a_damaged_parquet_file_is_refused_wherever_the_damage_is(tmp_path, trained):
    path = tmp_path / "out.parquet"
    put(path, trained).finish()
    whole = path.read_bytes()
    for place in range(len(whole) // 2, len(whole), 150):  # the second half says what the columns are
        path.write_bytes(whole[:place] + b"\xff" * 4 + whole[place + 4 :])
        with suppress(ValueError):
            Saved(path, GRID)


def test_rows_that_are_there_are_not_written_again(tmp_path, trained):
    saved = Saved(tmp_path / "out.csv", GRID)
    block, figures = trained[0]
    saved.results.put(block, figures)
    assert [saved.add(block, saved.results) for _ in range(2)] == [len(block.cells), 0]


def test_wherever_the_file_is_cut_off_it_goes_on_from_whole_lines(tmp_path, trained):
    path = tmp_path / "out.csv"
    put(path, trained).finish()
    whole = path.read_bytes()
    lines = whole.splitlines(keepends=True)
    for length in (0, 5, whole.index(b"\n"), whole.index(b"\n") + 1, len(whole) // 2, len(whole) - 1, len(whole)):
        path.write_bytes(whole[:length])
        saved = Saved(path, GRID)
        kept = whole[:length].count(b"\n")
        assert saved.half == (whole[:length][-1:] not in (b"", b"\n"))
        assert saved.results.done.sum() == max(kept - 1, 0)
        assert path.read_bytes() == b"".join(lines[:kept])
        put(path, trained).finish()
        assert path.read_bytes() == whole


@pytest.mark.parametrize(
    "other",
    [
        Grid(GRID.factors, SMALL.__class__(DatasetSpec("circles", samples=40), epochs=2, hidden=(3, 3)), seeds=2),
        Grid(GRID.factors, GRID.base, seeds=3),
        Grid({"l2": [0.0, 0.1]}, SMALL),
    ],
)
@pytest.mark.parametrize("name", ["out.csv", "out.parquet"])
def test_the_file_of_another_grid_is_refused_and_stays(tmp_path, trained, other, name):
    put(tmp_path / name, trained).finish()
    before = (tmp_path / name).read_bytes()
    with pytest.raises(ValueError, match=f"{name} holds"):
        Saved(tmp_path / name, other)
    assert (tmp_path / name).read_bytes() == before


@pytest.mark.parametrize("content", [b"something", b"a,b\n1,2\n", b"\x00\xff" * 50, b"activation,x"])
@pytest.mark.parametrize("name", ["out.csv", "out.parquet"])
def test_a_file_of_something_else_is_refused_and_stays(tmp_path, content, name):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ValueError, match=name):
        Saved(tmp_path / name, GRID)
    assert (tmp_path / name).read_bytes() == content


def test_the_command_writes_what_can_be_read_and_does_nothing_the_second_time(tmp_path, capsys):
    (tmp_path / "grid.json").write_text(Grid({"activation": ["relu", "sin"]}, SMALL, seeds=2).to_json())
    out = tmp_path / "out.csv"
    for _ in range(2):
        main([str(tmp_path / "grid.json"), "--out", str(out), "--workers", "1"])
        assert "All 4 networks are in" in capsys.readouterr().err
    frame = pd.read_csv(out)
    assert list(frame["activation"]) == ["relu", "relu", "sin", "sin"]
    assert list(frame["seed"]) == [0, 1, 0, 1]
    assert frame["test_accuracy"].between(0, 1).all()


@pytest.mark.parametrize(("out", "rows"), [("out.csv", "out.csv"), ("out.parquet", "out.parquet.csv")])
def test_a_command_that_is_stopped_names_the_file_that_has_what_is_done(tmp_path, capsys, monkeypatch, out, rows):
    (tmp_path / "grid.json").write_text(Grid({"activation": ["relu", "sin"]}, SMALL, seeds=2).to_json())

    def stopped_after_a_block(grid: Grid, results: Results, on_block, **_) -> None:
        block = grid.blocks()[0]
        results.put(block, figures_of(block))
        on_block(block, results)
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "sweep", stopped_after_a_block)
    with pytest.raises(SystemExit):
        main([str(tmp_path / "grid.json"), "--out", str(tmp_path / out)])
    said = capsys.readouterr().err
    assert f"2 of 4 networks are in {tmp_path / rows}; the same command goes on from there." in said
    assert len((tmp_path / rows).read_text().splitlines()) == 3


@pytest.mark.parametrize(
    ("grid", "out", "said"),
    [
        (None, "out.csv", "No such file"),
        ("{", "out.csv", "Nothing was done"),
        ('{"factors": {"activatoin": ["relu"]}}', "out.csv", "did you mean 'activation'"),
        ('{"factors": {"activation": ["relu"]}}', "out.xlsx", "as .csv or .parquet"),
        ('{"factors": {"activation": ["relu"]}}', "none/out.csv", "Nothing was done: there is no folder"),
        ('{"factors": {"activation": ["relu"]}}', "none/out.parquet", "Nothing was done: there is no folder"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(tmp_path, grid, out, said):
    if grid is not None:
        (tmp_path / "grid.json").write_text(grid)
    with pytest.raises(SystemExit) as end:
        main([str(tmp_path / "grid.json"), "--out", str(tmp_path / out)])
    assert said in str(end.value)
    assert "networks are in" not in str(end.value)
    assert not (tmp_path / out).exists()


def test_networks_that_were_trained_and_could_not_be_written_are_not_counted(tmp_path, monkeypatch):
    """The folder goes away while they are trained."""
    (tmp_path / "grid.json").write_text(Grid({"activation": ["relu"]}, SMALL, seeds=2).to_json())
    out, add = tmp_path / "results" / "out.csv", Saved.add
    out.parent.mkdir()

    def lose_and_add(saved, block, results):
        assert results.done.any()
        out.parent.rmdir()
        return add(saved, block, results)

    monkeypatch.setattr(Saved, "add", lose_and_add)
    with pytest.raises(SystemExit) as end:
        main([str(tmp_path / "grid.json"), "--out", str(out), "--workers", "1"])
    assert "The results cannot be written" in str(end.value)
    assert "0 of 2 networks are in" in str(end.value)


@pytest.mark.parametrize("workers", ["0", "-1", "two", "1.5"])
def test_what_is_no_number_of_workers_is_said_without_code(tmp_path, capsys, workers):
    with pytest.raises(SystemExit):
        main([str(tmp_path / "grid.json"), "--out", "out.csv", f"--workers={workers}"])
    assert f"{workers!r} is not a number of processes" in capsys.readouterr().err


def test_the_function_of_its_name_stays_where_the_module_is_imported():
    import importlib

    import core

    importlib.import_module("core.sweep")
    assert core.sweep is core.sweeps.running.sweep
