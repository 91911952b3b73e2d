"""Django refuses to start with a faulty library."""

from qingyan.instruments import api, apps
from qingyan.instruments.contracts import Problem


def test_a_sound_library_passes_the_system_check():
    assert apps.library_is_sound(None) == []


def test_a_fault_becomes_an_error_with_its_place(monkeypatch):
    monkeypatch.setattr(api, "check", lambda: [Problem("phq-9/1.0.yaml", "no examples")])
    (error,) = apps.library_is_sound(None)
    assert (error.id, error.msg) == ("instruments.E001", "phq-9/1.0.yaml: no examples")
