import pytest

from core import DatasetSpec, load
from core.data.made_features import MADE_FEATURES
from ui.shell.classes import OF_BREAST_CANCER, said_classes
from ui.shell.features import OF_IRIS, made_features, said_feature, said_features
from ui.shell.language import TRANSLATIONS, speaking


class Loud:
    """A language in which every message is shouted."""

    def gettext(self, message: str) -> str:
        return f"{message}!"


@pytest.fixture
def shouted(monkeypatch):
    monkeypatch.setitem(TRANSLATIONS, "loud", Loud())
    with speaking("loud"):
        yield


def test_the_names_are_those_of_the_library():
    assert load(DatasetSpec("iris", view="all")).feature_names == OF_IRIS
    assert load(DatasetSpec("breast_cancer")).class_names == OF_BREAST_CANCER


@pytest.mark.parametrize("name", ["wine", "breast_cancer", "moons"])
def test_no_class_has_a_code_name(shouted, name):
    names = load(DatasetSpec(name)).class_names
    assert not [said for said in said_classes(names) if "_" in said or said in names]


@pytest.mark.parametrize(("name", "made"), [("iris", "({0}) · ({1})"), ("moons", "{0} · {1}")])
def test_features_are_made_of_what_the_inputs_are_called(shouted, name, made):
    data = load(DatasetSpec(name, made_features=("x1_x2",)))
    assert made_features(data) == made.format(*map(said_feature, data.feature_names[:2]))


def test_in_english_they_are_called_as_in_core():
    data = load(DatasetSpec("iris", made_features=tuple(MADE_FEATURES)))
    assert made_features(data) == ", ".join(data.feature_names[2:])
    assert said_features(data) == list(data.feature_names)


def test_a_name_of_a_table_is_nobodys_message(shouted):
    names = load(DatasetSpec("iris")).plane_names
    assert [said_feature(name) for name in ("row", *names)] == ["row", *(f"{name}!" for name in names)]
