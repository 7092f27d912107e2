"""Threads that go on whatever goes wrong."""

from ui.jobs.threads import again_and_again

GUARD = 15  # seconds, after which a test that hangs fails


def test_what_goes_wrong_is_logged_and_the_next_step_is_done(caplog):
    steps = iter([None, ValueError("wrong"), None, False, None])

    def step():
        found = next(steps)
        if found:
            raise found
        return found

    thread = again_and_again("an example", step)
    thread.join(GUARD)
    assert not thread.is_alive()
    assert list(steps) == [None], "False was the last one"
    (record,) = caplog.records
    assert "an example" in record.getMessage()
    assert record.exc_info[1].args == ("wrong",)
