"""What the tests of `classroom` show of rooms in SQLite holds in PostgreSQL."""

from tests.classroom.test_answering import *  # noqa: F403
from tests.classroom.test_attempts import *  # noqa: F403
from tests.classroom.test_database import *  # noqa: F403
from tests.classroom.test_joining import *  # noqa: F403
from tests.classroom.test_leading import *  # noqa: F403
from tests.classroom.test_removing import *  # noqa: F403
from tests.classroom.test_showing import *  # noqa: F403
