"""Codes that somebody types: right ones go through, wrong ones are counted, by where they come from and in sum.

A source over its limit is not told whether its next code is right; nor is anybody new, while codes are guessed from
everywhere.  But a class must be able to come in while somebody guesses behind the same address: from a source where
the room has people already, or its leader, the right code of this room goes through all the same.

Of a source, 16 bits of a hash are kept: enough to count by, and shared by 65,000 of the addresses that there are.
"""

import hashlib
from ipaddress import IPv6Address, ip_address

from sqlalchemy import Connection, Row, delete, exists, func, insert, select

from classroom.limits import SOURCE_CHARACTERS, WRONG_CODES, WRONG_CODES_IN, WRONG_CODES_OF_SOURCE
from classroom.refusals import NoRoom, TooMany
from classroom.store import Store
from classroom.tables import sources, wrong_codes


class Attempts(Store):
    """Of `Rooms`: what is done with a code that somebody typed."""

    def check(self, code: str, source: str) -> str:
        """The code as it is kept, for a page that shows a room to who has its code.

        Raises `NoRoom` for a wrong code, and `TooMany` instead of an answer after too many of them.
        """
        with self._reading() as connection:
            room = self._right_code(connection, code, source)
        if room is None:
            self._count_wrong_code(source)
            raise NoRoom
        return room.code

    def _right_code(self, connection: Connection, code: str, source: str) -> Row | None:
        """The room of a code, or None; reads only, so that guesses cost little."""
        try:
            room = self._of_code(connection, code)
        except NoRoom:
            room = None
        if self._too_many(connection, source) and not (room and _is_known(connection, room.id, source)):
            raise TooMany
        return room

    def _too_many(self, connection: Connection, source: str) -> bool:
        lately = wrong_codes.c.at > self._clock() - WRONG_CODES_IN
        of_source = func.count().filter(wrong_codes.c.source == kept_of(source))
        own, all_of_them = connection.execute(select(of_source, func.count()).where(lately)).one()
        return own >= WRONG_CODES_OF_SOURCE or all_of_them >= WRONG_CODES

    def _count_wrong_code(self, source: str) -> None:
        at = self._clock()
        old = select(wrong_codes.c.id).where(wrong_codes.c.at <= at - WRONG_CODES_IN)
        with self._writing() as connection:
            connection.execute(delete(wrong_codes).where(wrong_codes.c.id.in_(old.with_for_update(skip_locked=True))))
            connection.execute(insert(wrong_codes).values(source=kept_of(source), at=at))


def remember_source(connection: Connection, room_id: int, source: str) -> None:
    """From there, the room's code goes through whatever else comes from there."""
    if not _is_known(connection, room_id, source):
        connection.execute(insert(sources).values(room=room_id, source=kept_of(source)))


def _is_known(connection: Connection, room_id: int, source: str) -> bool:
    here = (sources.c.room == room_id) & (sources.c.source == kept_of(source))
    return connection.scalar(select(exists().where(here))) is True


def kept_of(source: str) -> int:
    """16 bits of a hash of the source.  One household has 2 ** 64 addresses of IPv6, which count as one."""
    source = source[:SOURCE_CHARACTERS]
    try:
        address = ip_address(source)
        if isinstance(address, IPv6Address):
            source = str(address.ipv4_mapped or int(address) >> 64)
    except ValueError:  # it is what it is
        pass
    return int.from_bytes(hashlib.sha256(source.encode(errors="surrogatepass")).digest()[:2])
