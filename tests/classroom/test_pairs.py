"""Who changed to what between the two votes."""

from classroom import State
from classroom.rooms import Rooms


def test_pairs_count_first_and_second_answers_of_those_who_gave_both(rooms: Rooms):
    opened = rooms.open(["first"])
    tokens = [rooms.join(opened.code, "here").token for _ in range(5)]
    rooms.go_to(opened.secret, 0, State.OPEN)
    for token, answer in zip(tokens, "0010"):
        rooms.answer(token, 0, answer)
    rooms.go_to(opened.secret, 0, State.SECOND)
    for token, answer in zip(tokens[1:], "0110"):
        rooms.answer(token, 0, answer)
    votes = rooms.votes(opened.secret, 0)
    assert votes.pairs == {("0", "0"): 1, ("1", "1"): 1, ("0", "1"): 1}
    assert (votes.first, votes.second) == ({"0": 3, "1": 1}, {"0": 2, "1": 2})
    rooms.go_to(opened.secret, 0, State.REVEALED)
    assert rooms.shown(opened.code, 0).votes == rooms.votes(opened.secret, 0)
