import numpy as np
import pytest

from core import DatasetSpec, Experiment, Run, train
from tests.ui.charts.test_charts import layers_of
from ui.charts.rates import HEADROOM, MOST_POINTS, rates_chart, rates_text
from ui.charts.steady import SAID, steady_scale
from ui.compare.drawings import curves

MOONS = DatasetSpec("moons", samples=50)
RUNS = [Run("relu", "sgd", 0.5, schedule=name, seed=seed) for name in ("step", "cosine") for seed in (0, 1)]


def test_each_setting_has_a_line_through_the_rate_of_every_epoch():
    history = train(Experiment(MOONS, RUNS, (4,), epochs=8))
    chart = rates_chart(history)
    rows = chart["datasets"]["rates"]
    assert [layer["encoding"]["y"]["scale"] for layer in layers_of(chart, "line")] == [steady_scale("y")]
    (said,) = chart["datasets"][SAID]
    assert (said["y_low"], said["y_high"]) == (0, 0.5 * HEADROOM)
    steps = [row["drawn"] for row in rows if row["network"] == "In steps"]
    assert [row["epoch"] for row in rows] == [*range(9)] * 2
    assert steps == pytest.approx([0.5] * 5 + [0.05] * 2 + [0.005] * 2)
    assert rates_text(history) == (
        "Learning rate of each epoch. In steps: 0.5 in the first epoch, 0.005 in the last; Cosine: 0.5 in the first "
        "epoch, 0.019 in the last."
    )


def test_a_long_training_has_no_more_points_than_can_be_seen():
    history = train(Experiment(DatasetSpec("moons", samples=20), RUNS[:1], (2,), epochs=500, batch_size=None))
    epochs = [row["epoch"] for row in rates_chart(history)["datasets"]["rates"]]
    assert len(epochs) == MOST_POINTS + 1
    assert (epochs[0], epochs[-1]) == (0, 500)
    assert np.diff(epochs).max() <= 3


@pytest.mark.parametrize(("schedule", "charts"), [("constant", 4), ("cosine", 5)])
def test_there_is_a_picture_of_the_rate_only_where_it_changes(schedule, charts):
    history = train(Experiment(MOONS, (Run(schedule=schedule),), (4,), epochs=2))
    assert len(curves(history, False, None)[1]) == charts


def test_before_the_first_epoch_the_rate_is_that_of_the_first():
    history = train(Experiment(MOONS, (Run(schedule="warm_up"),), (4,), epochs=0))
    assert [row["drawn"] for row in rates_chart(history)["datasets"]["rates"]] == pytest.approx([0.001])
