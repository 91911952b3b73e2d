"""Faults in words."""

from qingyan.foundation.audit.findings import SENTENCES, Fault, Finding


def test_every_fault_has_a_sentence():
    assert set(SENTENCES) == set(Fault)


def test_a_finding_says_where_and_what():
    assert str(Finding(Fault.GAP, 3, 7)).startswith("3/7 gap: ")
