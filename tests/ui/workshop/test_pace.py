"""How often the store is asked what there is to see."""

import pytest

from classroom import NoRoom, Shown
from tests.ui.workshop.made_up import results, votes
from ui.workshop.pace import MOST, PACE, Pace


class Store:
    """Gives what it is told to, and counts how often it is asked; its clock stands still until it is moved."""

    def __init__(self) -> None:
        self.shown, self.asked, self.now = Shown(votes(("0", None)), (), ()), 0, 0.0

    def __call__(self, code: str, position: int) -> Shown:
        self.asked += 1
        if self.shown is None:
            raise NoRoom
        return self.shown


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def pace(store: Store) -> Pace:
    return Pace(store, lambda: store.now)


def test_all_who_look_within_its_pace_see_the_same_for_one_question_to_the_store(store, pace):
    store.shown = Shown(votes(("0", None), ("1", None)), tuple(results([0.5])), ())
    seen = [pace.seen("ABCDE", 0) for _ in range(100)]
    assert store.asked == 1
    assert all(each is seen[0] for each in seen)
    assert (seen[0].number, seen[0].is_whole) == (1, False)


def test_later_they_see_what_has_come(store, pace):
    assert pace.seen("ABCDE", 0).number == 0
    store.shown = Shown(votes(("0", None)), tuple(results([0.5])), ())
    store.now += PACE - 0.1
    assert pace.seen("ABCDE", 0).number == 0
    store.now += 0.1
    assert (pace.seen("ABCDE", 0).number, pace.seen("ABCDE", 0).is_whole) == (1, True)
    assert store.asked == 2


def test_questions_and_rooms_are_kept_apart(store, pace):
    for key in (("ABCDE", 0), ("ABCDE", 1), ("FGHJK", 0)):
        pace.seen(*key)
    assert store.asked == 3


def test_what_is_not_revealed_is_asked_for_each_time_and_seen_as_soon_as_it_is(store, pace):
    store.shown = Shown(None, (), ())
    assert [pace.seen("ABCDE", 0).votes for _ in range(3)] == [None] * 3
    store.shown = Shown(votes(("0", None)), (), ())
    assert pace.seen("ABCDE", 0).votes is not None
    assert store.asked == 4


def test_what_is_hidden_again_is_forgotten(store, pace):
    pace.seen("ABCDE", 0)
    store.shown, store.now = Shown(None, (), ()), PACE
    assert pace.seen("ABCDE", 0).votes is None
    store.now = PACE + 0.1
    assert pace.seen("ABCDE", 0).votes is None


def test_a_room_that_is_gone_is_gone(store, pace):
    pace.seen("ABCDE", 0)
    store.shown, store.now = None, PACE
    for _ in range(2):
        with pytest.raises(NoRoom):
            pace.seen("ABCDE", 0)


def test_it_remembers_a_bounded_number_of_questions(store, pace):
    for number in range(MOST + 50):
        pace.seen("ABCDE", number)
    asked = store.asked
    pace.seen("ABCDE", MOST + 49)
    assert store.asked == asked
    pace.seen("ABCDE", 0)
    assert store.asked == asked + 1
