"""Only a file whose hash is in the lock may be used, and every fault of the folder is told."""

import shutil
from pathlib import Path

import pytest

from qingyan.instruments.contracts import InstrumentNotReleased, Problem
from qingyan.instruments.queries import library


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the library with two instruments, free to be spoiled."""
    for code in ("phq-9", "gad-7"):
        shutil.copytree(library.LIBRARY / code, tmp_path / code)
    lock = library.read_lock()
    lines = [f"{digest}  {name}" for name, digest in lock.items() if name.startswith(("phq-9", "gad-7"))]
    (tmp_path / "released.lock").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def fresh_caches():
    caches = (library.load_plan, library._lock)
    for cache in caches:
        cache.cache_clear()
    yield
    for cache in caches:
        cache.cache_clear()


def test_the_library_has_no_faults():
    assert list(library.problems()) == []


def test_the_lock_names_every_file_and_nothing_else():
    files = {f"{path.parent.name}/{path.name}" for path in library.LIBRARY.glob("*/*.yaml")}
    assert set(library.read_lock()) == files
    assert all(library.digest_of(library.LIBRARY / name) == digest for name, digest in library.read_lock().items())


def test_a_copy_of_a_sound_library_is_sound(copy):
    assert list(library.problems(copy)) == []


def test_a_change_after_release_is_a_fault(copy):
    path = copy / "phq-9" / "1.0.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert list(library.problems(copy)) == [
        Problem("released.lock", "phq-9/1.0.yaml was changed after its release; make a new version instead")
    ]


def test_a_file_without_a_line_in_the_lock_is_a_fault_with_the_line_to_add(copy):
    shutil.copy(copy / "phq-9" / "1.0.yaml", copy / "phq-9" / "1.1.yaml")
    faults = list(library.problems(copy))
    digest = library.digest_of(copy / "phq-9" / "1.1.yaml")
    assert Problem("phq-9/1.1.yaml", "says it is phq-9 1.0") in faults
    assert (
        Problem("released.lock", f"phq-9/1.1.yaml is not released; to release it add: {digest}  phq-9/1.1.yaml")
        in faults
    )


def test_a_released_file_that_is_gone_is_a_fault(copy):
    (copy / "gad-7" / "1.0.yaml").unlink()
    assert list(library.problems(copy)) == [Problem("released.lock", "gad-7/1.0.yaml was released and is gone")]


@pytest.mark.parametrize("text", ["code: [", "code: phq-9", "- a list"])
def test_a_broken_file_is_a_fault_and_not_a_crash(copy, text):
    (copy / "phq-9" / "1.0.yaml").write_text(text, encoding="utf-8")
    assert {problem.where for problem in library.problems(copy)} == {"phq-9/1.0.yaml", "released.lock"}


def test_a_changed_file_is_not_used_for_scoring(copy, fresh_caches, monkeypatch):
    monkeypatch.setattr(library, "LIBRARY", copy)
    path = copy / "phq-9" / "1.0.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("min_age: 18", "min_age: 3"), encoding="utf-8")
    with pytest.raises(InstrumentNotReleased, match="differs from the file that was released"):
        library.load_plan("phq-9")


@pytest.mark.parametrize(
    ("code", "version"), [("phq-9", "9.9"), ("no-such", None), ("no-such", "1.0"), ("../x", "1.0")]
)
def test_what_is_not_released_cannot_be_loaded(code, version):
    with pytest.raises(InstrumentNotReleased):
        library.load_plan(code, version)


def test_the_newest_version_is_chosen_by_number_not_by_letter(copy, fresh_caches, monkeypatch):
    text = (copy / "phq-9" / "1.0.yaml").read_text(encoding="utf-8")
    for version in ("1.9", "1.10"):
        (copy / "phq-9" / f"{version}.yaml").write_text(text.replace('"1.0"', f'"{version}"'), encoding="utf-8")
    names = ["phq-9/1.0.yaml", "phq-9/1.10.yaml", "phq-9/1.9.yaml"]
    digests = {name: library.digest_of(copy / name) for name in names}
    monkeypatch.setattr(library, "LIBRARY", copy)
    monkeypatch.setattr(library, "_lock", lambda: digests)
    assert library.load_plan("phq-9").version == "1.10"
    assert [summary.version for summary in library.summaries() if summary.latest] == ["1.10"]
    assert [summary.version for summary in library.summaries()] == ["1.0", "1.9", "1.10"]


def test_a_plan_is_compiled_once():
    assert library.load_plan("scl-90") is library.load_plan("scl-90", "1.0")
