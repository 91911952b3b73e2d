"""The front door of consent gives what it names."""

from qingyan.consent import api


def test_everything_that_is_promised_is_there():
    assert [name for name in api.__all__ if not hasattr(api, name)] == []


def test_screening_is_one_of_the_purposes():
    assert api.purpose(api.SCREENING).code in api.purposes()
