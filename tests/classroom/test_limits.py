"""The limits, and what hosts are told of them."""

from classroom import limits
from tests import ROOT


def test_the_hosts_document_has_the_limits_as_they_are():
    text = " ".join((ROOT / "docs" / "hosting.md").read_text(encoding="utf-8").split())
    minutes = limits.WRONG_CODES_IN.total_seconds() / 60
    assert minutes == 10
    assert f"{limits.WRONG_CODES_OF_SOURCE} from one address in ten minutes, {limits.WRONG_CODES:,} in sum" in text
    assert f"at most {limits.PEOPLE} people in a room and {limits.ROOMS} rooms" in text
    assert (
        f"for {limits.LIFE.days} days after it was opened ({limits.UNUSED.days} days if nobody has entered it" in text
    )


def test_there_is_room_for_a_class_and_little_for_who_guesses():
    letters, days = 24**5, 365
    guesses = limits.WRONG_CODES * days * 24 * 6  # from everywhere, in a year
    assert limits.PEOPLE >= 100
    assert limits.WRONG_CODES_OF_SOURCE < 0.1 * limits.WRONG_CODES < 1000
    assert guesses / letters < 25, "a room is found once in two weeks, by guesses from everywhere"
