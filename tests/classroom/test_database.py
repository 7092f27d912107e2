"""The database: how it is brought up to date, by whom, and what many do with it at the same time."""

import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text

from classroom import Late, Moved, NoRoom, Refused, State, Twice, Unreachable
from classroom.database import Database, NewerSchema
from classroom.rooms import Rooms
from classroom.tables import metadata
from tests import ROOT

GUARD = 60  # seconds, after which a test that hangs fails
MANY = 24  # threads at once
SERVER = """
import sys
from classroom.rooms import Rooms
print("imported", flush=True)
sys.stdin.readline()
rooms = Rooms(sys.argv[1])
print(rooms.open(["first"]).code)
"""


def at_once(acts: list[Callable[[], object]]) -> list[object]:
    """What the acts gave, or how they were refused; each in a thread of its own, and none before all are there."""
    start = threading.Barrier(len(acts))

    def do(act: Callable[[], object]) -> object:
        start.wait(GUARD)
        try:
            return act()
        except Refused as refused:
            return type(refused)

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(do, acts, timeout=GUARD))


def test_the_steps_lead_to_the_tables_as_they_stand(rooms: Rooms, database):
    with Database(database).reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_a_database_that_cannot_be_reached_is_said_to_be_so(tmp_path):
    with pytest.raises(Unreachable):
        Rooms(f"sqlite:///{tmp_path}/no folder/rooms.sqlite")


@pytest.mark.slow
def test_processes_that_start_at_once_on_an_empty_database_do_not_trip_over_each_other(database, tmp_path):
    """In another folder than the program's."""
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{SERVER}", database]
    servers = [
        subprocess.Popen(command, cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    for server in servers:
        assert server.stdout.readline() == "imported\n"
    for server in servers:
        server.stdin.write("\n")
        server.stdin.flush()
    codes = [server.communicate(timeout=GUARD)[0].strip() for server in servers]
    assert [server.returncode for server in servers] == [0, 0, 0]
    rooms = Rooms(database)
    assert [rooms.room(code).code for code in codes] == codes
    rooms.dispose()


def test_what_is_there_stays_when_a_server_starts_again(rooms: Rooms, database, clock):
    opened = rooms.open(["first"])
    token = rooms.join(opened.code, "here").token
    rooms.dispose()
    again = Rooms(database, clock=clock)
    assert again.code_of(opened.secret) == again.participant(token).code == opened.code
    again.dispose()


def test_a_room_from_before_there_were_doors_admits_people(rooms: Rooms, database, clock):
    opened = rooms.open(["first"])
    rooms.dispose()
    engine = create_engine(database.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE rooms DROP COLUMN admits"))
        connection.execute(text("UPDATE alembic_version SET version_num = '2'"))
    engine.dispose()
    again = Rooms(database, clock=clock)
    assert again.room(opened.code).admits
    again.dispose()


def test_a_database_of_a_newer_version_is_refused_in_a_sentence_and_stays_as_it_is(rooms: Rooms, database):
    engine = create_engine(database.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerSchema, match=r"version '9999', which a newer version of this program made\. Run that one"):
        Rooms(database)
    with engine.begin() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "9999"
    engine.dispose()


def test_a_step_that_fails_leaves_nothing(database):
    engine = create_engine(database.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE sources (it INTEGER)"))  # the last one of the first step
    with pytest.raises(Exception, match="sources"):
        Rooms(database)
    assert inspect(engine).get_table_names() == ["sources"]
    engine.dispose()


def test_two_servers_show_the_same_room(rooms: Rooms, database, clock):
    other = Rooms(database, clock=clock)
    opened = rooms.open(["first"])
    token = other.join(opened.code, "here").token
    versions = [rooms.version(opened.code)]
    rooms.go_to(opened.secret, 0, State.OPEN)
    other.answer(token, 0, "1")
    with pytest.raises(Twice):
        rooms.answer(token, 0, "1")
    versions.append(other.version(opened.code))
    assert versions == [2, 4]
    assert rooms.everything(opened.secret) == other.everything(opened.secret)
    rooms.close(opened.secret)
    assert other.participant(token) is None
    other.dispose()


def test_many_who_join_and_vote_twice_at_once_are_each_counted_once(rooms: Rooms, database, clock):
    """By two servers, and each vote is sent to both."""
    other = Rooms(database, clock=clock)
    opened = rooms.open(["first"])
    rooms.go_to(opened.secret, 0, State.OPEN)
    joined = at_once(
        [lambda server=server: server.join(opened.code, "here") for server in (rooms, other)] * (MANY // 2)
    )
    assert sorted(each.number for each in joined) == list(range(MANY))
    assert len({each.name for each in joined}) == MANY
    before = rooms.version(opened.code)
    outcomes = at_once(
        [
            lambda server=server, each=each: server.answer(each.token, 0, str(each.number))
            for each in joined
            for server in (rooms, other)
        ]
    )
    assert outcomes.count(Twice) == MANY
    assert rooms.votes(opened.secret, 0).first == {str(number): 1 for number in range(MANY)}
    assert rooms.version(opened.code) == before + MANY
    other.dispose()


def test_votes_that_race_with_the_closing_are_received_or_late_and_never_both(rooms: Rooms):
    opened = rooms.open(["first"])
    tokens = [rooms.join(opened.code, "here").token for _ in range(MANY)]
    rooms.go_to(opened.secret, 0, State.OPEN)
    votes = [lambda token=token: rooms.answer(token, 0, "1") for token in tokens]
    votes.insert(MANY // 2, lambda: rooms.go_to(opened.secret, 0, State.CLOSED))
    outcomes = at_once(votes)
    received = [number for number, outcome in enumerate(outcomes) if outcome not in (Late, None)]
    assert len(received) + outcomes.count(Late) == MANY
    assert rooms.votes(opened.secret, 0).first == ({"1": len(received)} if received else {})
    closed = rooms.version(opened.code)
    with pytest.raises((Late, Twice)):
        rooms.answer(tokens[0], 0, "1")
    assert rooms.version(opened.code) == closed


def test_what_races_with_a_removal_is_received_or_refused_and_nothing_is_left_of_it(rooms: Rooms):
    opened = rooms.open(["first"])
    tokens = [rooms.join(opened.code, "here").token for _ in range(MANY)]
    found = [lambda token=token: rooms.keep_found(token, 0, None, 0, [1.0], None) for token in tokens]
    found.insert(MANY // 2, lambda: rooms.remove(opened.secret, range(MANY)))
    assert set(at_once(found)) <= {None, NoRoom, ()}
    assert rooms.found(opened.secret, 0) == rooms.participants(opened.code) == ()


def test_of_steps_to_different_places_that_race_one_is_taken(rooms: Rooms):
    opened = rooms.open(["first", "second"])
    rooms.go_to(opened.secret, 0, State.CLOSED)
    seen = rooms.room(opened.code)
    places = [(0, State.OPEN), (0, State.SECOND), (0, State.REVEALED), (1, State.OPEN)]
    outcomes = at_once([lambda place=place: rooms.go_to(opened.secret, *place, seen) for place in places])
    assert sorted(map(str, outcomes)) == sorted(["None", *[str(Moved)] * 3])
    now = rooms.room(opened.code)
    assert (now.position, now.state) == places[outcomes.index(None)]
    assert now.version == seen.version + 1


def test_who_answers_while_silent_people_are_removed_stays_or_was_told_that_they_are_gone(rooms: Rooms):
    opened = rooms.open(["first"])
    tokens = [rooms.join(opened.code, "here").token for _ in range(MANY)]
    rooms.go_to(opened.secret, 0, State.OPEN)
    acts = [lambda token=token: rooms.answer(token, 0, "1") for token in tokens]
    acts.insert(MANY // 2, lambda: rooms.remove(opened.secret, range(MANY), silent=range(MANY)))
    outcomes = at_once(acts)
    spared = outcomes.pop(MANY // 2)
    received = [number for number, outcome in enumerate(outcomes) if outcome is not NoRoom]
    assert received == list(spared) == [each.number for each in rooms.participants(opened.code)]


def test_many_who_read_while_others_write_all_get_an_answer(rooms: Rooms):
    opened = rooms.open(["first"])
    rooms.go_to(opened.secret, 0, State.REVEALED)
    reads = [rooms.version, rooms.room, rooms.participants, lambda code: rooms.shown(code, 0)]
    acts = [lambda read=read: read(opened.code) for read in reads] * (MANY // 8)
    acts += [lambda: rooms.join(opened.code, "here")] * (MANY // 2)
    assert not [outcome for outcome in at_once(acts) if isinstance(outcome, type)]
    assert len(rooms.participants(opened.code)) == MANY // 2


def test_a_reader_sees_one_moment_while_others_write(rooms: Rooms):
    opened = rooms.open(["first"])
    with rooms._reading() as connection:
        before = rooms._of_code(connection, opened.code).version
        rooms.join(opened.code, "here")
        assert rooms._of_code(connection, opened.code).version == before
    assert rooms.version(opened.code) == before + 1


@pytest.mark.parametrize("url", ["mysql://host/rooms", "sqlite://", "sqlite:///:memory:", "postgresqlx://host/rooms"])
def test_another_kind_of_database_is_refused_in_a_sentence(url):
    with pytest.raises(ValueError, match=r"is one of PostgreSQL .* or of a file of SQLite"):
        Rooms(url)


def test_a_password_is_not_in_what_is_said_of_an_address():
    with pytest.raises(ValueError) as refused:
        Rooms("mysql://me:hush@host/rooms")
    assert "hush" not in str(refused.value)
