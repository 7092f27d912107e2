"""How a hosted server starts, and when it does not."""

import pytest

from tests.browser.running import PATIENCE
from tests.deploy.serving import server

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ACTIVATION_LAB_WORKERS", "abc"),
        ("ACTIVATION_LAB_WARM_UP", "everything"),
        ("ACTIVATION_LAB_FRAME_ANCESTORS", "self"),
        ("DATABASE_URL", "mysql://me:hush@host/name"),
    ],
)
def test_a_wrong_variable_ends_it_with_a_sentence(tmp_path, name, value):
    log = tmp_path / "log.txt"
    with server(log, **{name: value}) as running:
        assert running.process.wait(PATIENCE)
    text = log.read_text()
    assert f"The server does not start. The environment variable {name} " in text
    assert "Traceback" not in text and "hush" not in text
