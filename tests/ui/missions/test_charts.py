"""The strip of every seed: valid Vega-Lite, with a title that fits a phone."""

import altair as alt
import numpy as np
import pytest

from ui.charts.layers import TITLE
from ui.missions.charts import strip_chart
from ui.missions.measures import MEASURES
from ui.missions.mission import ByHand, Mission
from ui.missions.outcomes import Outcome, cells, networks
from ui.missions.records import MISSIONS

TRAINED = [name for name, mission in MISSIONS.items() if not isinstance(mission.answers, ByHand)]


def made_up(mission: Mission) -> Outcome:
    """Three seeds' values, which nobody had to train for."""
    values = np.linspace(0.2, 0.9, len(cells(mission)) * 3 * len(networks(mission)))
    return Outcome(values.reshape(len(cells(mission)), 3, -1), ("0",) * 3, "0", 3)


@pytest.mark.parametrize("name", TRAINED)
def test_a_strips_title_is_all_there_in_lines_that_fit_a_phone(name):
    mission = MISSIONS[name]
    chart = strip_chart(mission, made_up(mission))
    alt.LayerChart.from_dict(chart)
    for part in chart["layer"]:
        title = part["encoding"]["x"]["title"]
        assert " ".join(title) == MEASURES[mission.measure].label
        assert all(len(line) <= TITLE for line in title)
