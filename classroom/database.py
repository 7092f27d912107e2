"""The database behind the rooms: SQLite in one file, or PostgreSQL; its schema, and transactions.

What is read in one transaction is of one moment.  What is written is on the disk when its transaction is over.
"""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, create_engine, event, make_url
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError, TimeoutError

from classroom.addresses import is_address
from classroom.refusals import NewerSchema, Unreachable

MIGRATIONS = Path(__file__).with_name("migrations")
PATIENCE = 20  # seconds that one waits for another process, or for a free connection
LOCK = 7_261_905_412  # any number that nobody else locks in the same database of PostgreSQL


# For how long PostgreSQL may be silent: else a machine that is gone without a word is waited for a quarter of an hour.
SILENCE = {
    "connect_timeout": PATIENCE, "tcp_user_timeout": 1000 * PATIENCE, "keepalives_idle": PATIENCE,
    "keepalives_interval": 5, "keepalives_count": 3,
}  # fmt: skip


class Database:
    """A database by its address; `writing` and `reading` give a connection in a transaction."""

    def __init__(self, url: str | URL) -> None:
        address = _address(url)
        self.is_sqlite = address.get_backend_name() == "sqlite"
        waits = {"timeout": PATIENCE} if self.is_sqlite else SILENCE
        self._engine = create_engine(
            address, connect_args=waits, hide_parameters=True, pool_pre_ping=True, pool_timeout=PATIENCE
        )
        if self.is_sqlite:
            with suppress(OSError):  # whoever connects is told
                Path(str(address.database)).touch(mode=0o600)  # SQLite's files beside it get the rights that it has
            event.listen(self._engine, "connect", _on_connect)
            event.listen(self._engine, "begin", _on_begin)
        reads: dict[str, Any] = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        self._read, self._write = self._engine.execution_options(**reads), self._engine.execution_options(writes=True)
        # SQLite has who waits look again now and then, and under load some wait for long.  Threads take turns instead.
        self._turn: AbstractContextManager[Any] = threading.Lock() if self.is_sqlite else nullcontext()
        self._bring_up_to_date()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is committed at the end, and undone by an exception."""
        with _reached(), self._turn, self._write.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that changes nothing."""
        with _reached(), self._read.begin() as connection:
            yield connection

    def dispose(self) -> None:
        """Closes the connections that nobody uses."""
        self._engine.dispose()

    def _bring_up_to_date(self) -> None:
        """All in one transaction, for which other processes wait: of two that start at once, one finds it done."""
        with self.writing() as connection:
            if not self.is_sqlite:
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
            upgrade(connection)


@contextmanager
def _reached() -> Iterator[None]:
    """Around a transaction: whatever keeps it from the database is one exception."""
    try:
        yield
    except (OperationalError, InterfaceError, InternalError, TimeoutError) as error:
        raise Unreachable(str(error)) from error


def upgrade(connection: Connection) -> None:
    """Brings the schema up to date.  Raises `NewerSchema` if this program does not know the database's version."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    current = MigrationContext.configure(connection).get_current_revision()
    scripts = ScriptDirectory.from_config(config)
    if current == scripts.get_current_head():
        return
    if current is not None and current not in {script.revision for script in scripts.walk_revisions()}:
        raise NewerSchema(
            f"The database of the rooms has version {current!r}, which a newer version of this program made. "
            "Run that one, or use another database."
        )
    command.upgrade(config, "head")


def _address(url: str | URL) -> URL:
    """With the driver that is used.  Raises `ValueError` for a text that is no address, without it: there may be a
    password in it."""
    if isinstance(url, str) and not is_address(url):
        raise ValueError(
            "The address of a database of rooms is one of PostgreSQL (postgresql://user:password@host/name) or of a "
            "file of SQLite (sqlite:////folder/rooms.sqlite)"
        )
    address = make_url(url)
    return address.set(drivername="sqlite" if address.get_backend_name() == "sqlite" else "postgresql+psycopg")


def _on_connect(connection: sqlite3.Connection, _record: object) -> None:
    """SQLite: transactions begin as `_on_begin` says, and what is committed is on the disk."""
    connection.isolation_level = None
    _write_ahead(connection)
    for setting in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {setting}")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Readers and a writer need not wait for each other then.  SQLite does not wait for the lock that a new file needs
    for it, so this does."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)


def _on_begin(connection: Connection) -> None:
    """Who will write waits at the beginning: a transaction that has read cannot wait any more."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
