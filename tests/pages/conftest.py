"""What pages are tested with."""

import pytest


@pytest.fixture
def cookies(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Those of the browser, in which there are none at first."""
    cookies: dict[str, str] = {}
    monkeypatch.setattr("ui.shell.remembering._cookies", lambda: cookies)
    return cookies
