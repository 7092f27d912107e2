"""Addresses of databases, told from what is none without the libraries that reach them."""

import re

# As SQLAlchemy reads them, but for an @ after that of the user: where a password has one, what follows it in the
# password would be taken for the host, and be named in every message.
_POSTGRESQL = re.compile(
    r"postgres(ql)?(\+\w+)?://([^:/]*(:[^@]*)?@)?(\[[^]/?@]+\]|[^@:/?]*)(:\d*)?(/[^?@]*)?(\?.*)?", re.ASCII
)
_SQLITE = re.compile(r"sqlite(\+\w+)?:///(?!:memory:)[^?]+(\?.*)?", re.ASCII)


def is_address(text: str) -> bool:
    """Whether rooms can be kept there: in PostgreSQL, or in a file of SQLite."""
    return any(kind.fullmatch(text) for kind in (_POSTGRESQL, _SQLITE))
