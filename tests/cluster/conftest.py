"""One cluster for all tests that do not end it."""

from collections.abc import Iterator

import pytest

from tests.cluster.running import Running, running_cluster


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A scheduler and three workers."""
    with running_cluster(tmp_path_factory.mktemp("cluster"), 3) as running:
        yield running
