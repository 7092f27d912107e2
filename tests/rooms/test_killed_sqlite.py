"""`kill -9` in the middle of votes, with SQLite: every answer that was said to be received is there."""

from tests.rooms.lives import KILLS, answers_survive


def test_no_answer_that_was_received_is_lost(sqlite, tmp_path):
    assert answers_survive(sqlite, tmp_path) >= KILLS
