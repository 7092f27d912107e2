"""Why a room refuses what somebody asked for.  Pages say it in their own words, in the language of who reads."""


class Unreachable(Exception):
    """The database does not answer, or cannot write; nothing is known of what was asked for.  Later it may work."""


class NewerSchema(Exception):
    """The database was brought up to date by a newer version of this program."""


class Refused(Exception):
    """What was asked for was not done, and nothing was changed."""


class NoRoom(Refused):
    """No room has this code, or none has this participant: never had, or the room is deleted, or they are removed."""


class Full(Refused):
    """The room has all the people that it can have, or the server all the rooms."""


class Shut(Refused):
    """The room's leader lets nobody new in."""


class TooMany(Refused):
    """Too many wrong codes came from there, or from everywhere: this one was not looked at."""


class Forged(Refused):
    """No room has a leader with this secret: never had, or the room is deleted."""


class Late(Refused):
    """The question takes no answers: it is closed or revealed, another one is asked, or the room is paused."""


class Moved(Refused):
    """The room was moved on meanwhile, from where the leader has seen it to somewhere else than they asked for."""


class Twice(Refused):
    """This participant has given this vote already; the first one stays."""
