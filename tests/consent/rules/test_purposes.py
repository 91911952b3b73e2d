"""The file of purposes is sound, and a faulty one is refused."""

import copy

import pytest
import yaml

from qingyan.consent.queries.purposes import FILE, purposes
from qingyan.consent.rules.purposes import read

RAW = yaml.safe_load(FILE.read_text(encoding="utf-8"))


def test_every_purpose_asks_the_guardian_of_a_child_under_fourteen_and_names_its_ground():
    assert list(purposes()) == ["screening", "counselling", "hospital", "research"]
    for one in purposes().values():
        assert one.guardian.needed_below >= 14
        assert one.own.from_age == 14
        assert one.basis


@pytest.mark.parametrize(
    ("key", "value"), [("guardian", {"needed_below": 13, "no_counts": True}), ("basis", []), ("nonsense", 1)]
)
def test_a_faulty_purpose_is_refused(key, value):
    raw = copy.deepcopy(RAW)
    raw[0][key] = value
    with pytest.raises(ValueError, match=key):
        read(raw)


def test_a_purpose_written_twice_is_refused():
    with pytest.raises(ValueError, match="twice"):
        read([RAW[0], RAW[0]])
