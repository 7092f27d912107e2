from urllib.parse import parse_qs, urlencode

import pytest

from tests.hostile.kinds import TEXTS
from ui.missions import words
from ui.missions.address import KEYS, MOST_LETTERS, can_be_free, mission_of, params_of
from ui.missions.asked import with_settings
from ui.missions.mission import Choices
from ui.missions.outcomes import experiment_of
from ui.missions.records import MISSIONS
from ui.shell.settings import SETTINGS

OWN = {
    "question": ["Which one *wins*?"], "reason": ["Because."], "measure": ["test_loss"], "dataset": ["moons"],
    "activations": ["relu", "tanh,relu", "=x*sigmoid(2*x)"], "units": ["7,3"], "learning_rate": ["0.02"],
    "lesson": ["dead_relu"], "free": ["layers", "noise"],
}  # fmt: skip


def sent(params) -> dict[str, list[str]]:
    """As a room keeps it, and reads it again."""
    return parse_qs(urlencode(params, doseq=True), keep_blank_values=True)


@pytest.mark.parametrize("name", MISSIONS)
def test_a_mission_goes_by_its_name(name):
    assert mission_of(sent(params_of(MISSIONS[name]))) is MISSIONS[name]


def test_an_own_mission_comes_back_from_its_address():
    mission = mission_of(OWN)
    assert mission.settings["units"] == "7,3"
    assert isinstance(mission.answers, Choices) and mission.answers.none
    assert mission_of(sent(params_of(mission))) == mission
    assert sent(params_of(mission)).keys() == OWN.keys()


def test_bounds_make_ranges_of_one_networks_value():
    mission = mission_of({"question": ["How much?"], "activations": ["relu"], "bounds": ["0.5", "0.75"]})
    assert words.answers(mission) == ("Less than 50 %", "From 50 % to less than 75 %", "75 % or more")
    assert mission_of(sent(params_of(mission))) == mission


def test_its_words_are_shown_as_they_are():
    mission = mission_of(OWN | {"question": ["**Bold** [link](https://evil.example) $x$ :smile:"]})
    assert "[" not in words.question(mission).replace(r"\[", "")
    assert "**" not in words.question(mission).replace(r"\*", "")
    assert words.title(mission) != mission.title


@pytest.mark.parametrize(
    "wrong",
    [
        {"question": [""]},
        {"question": ["x" * (MOST_LETTERS + 1)]},
        {"reason": ["x" * (MOST_LETTERS + 1)]},
        {"measure": ["speed"]},
        {"lesson": ["nowhere"]},
        {"activations": ["relu"]},
        {"activations": [f"={number}*x" for number in range(2, 12)]},
        {"bounds": ["0.5", "0.4"]},
        {"bounds": ["nan"]},
        {"bounds": [str(number) for number in range(10)]},
        {"free": ["seeds"]},
        {"free": ["activation"]},
        {"dataset": ["own"]},
        {"dataset": ["moons"], "classes": ["3"]},
        {"epochs": ["1000000"]},
        {"layers": ["20"], "units": ["512"], "epochs": ["2000"]},
    ],
)
def test_what_cannot_be_asked_is_refused(wrong):
    with pytest.raises(ValueError):
        mission_of(OWN | wrong)


@pytest.mark.parametrize("params", [{}, {"mission": ["nothing"]}, {"mission": []}, {"measure": ["test_loss"]}])
def test_an_address_without_a_mission_is_refused(params):
    with pytest.raises(ValueError):
        mission_of(params)


@pytest.mark.parametrize("kind", TEXTS)
def test_a_hostile_text_in_any_part_is_read_or_refused_in_a_short_sentence(kind):
    for key in KEYS:
        try:
            mission = mission_of(OWN | {key: [TEXTS[kind]]})
        except ValueError as error:
            assert len(str(error)) < 1000
        else:
            assert all(map(str, (words.question(mission), words.answers(mission), words.view(mission))))


@pytest.mark.parametrize("settings", [{}, {"compare": "optimizer", "dataset": "digits"}, {"dataset": "spiral"}])
def test_what_can_be_free_changes_the_networks(settings):
    mission = mission_of({"question": ["?"], **{key: [value] for key, value in settings.items()}})
    before = experiment_of(mission, 0)
    free = can_be_free(mission.settings)
    assert {"layers", "dataset", "epochs"} <= set(free)
    for key in set(free) - {"dataset", "schedule_epochs"}:
        choices = SETTINGS[key].choices
        values = [[choice] for choice in choices] if isinstance(SETTINGS[key].default, list) else choices
        changed = (with_settings(mission, {key: value}) for value in values)
        assert any(experiment_of(each, 0) != before for each in changed), key
