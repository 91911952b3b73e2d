"""Papers that lie are worse than none: every link leads somewhere, promises name tests that exist."""

import re
from pathlib import Path

import pytest

from qingyan.demo.cast import COLLEAGUES, DEMO_PASSWORD, WITH_SLIPS

ROOT = Path(__file__).resolve().parents[2]
PAPERS = [ROOT / "README.md", ROOT / "README.en.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def _links(paper: Path) -> list[str]:
    return [target for target in LINK.findall(paper.read_text("utf-8")) if "://" not in target]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.relative_to(ROOT).as_posix())
def test_every_link_leads_to_a_file(paper):
    assert [target for target in _links(paper) if not (paper.parent / target).exists()] == []


def test_the_tour_has_eight_stops_in_short_files():
    tour = (ROOT / "docs" / "tour.md").read_text("utf-8")
    stops = re.findall(r"^\d\. .*?\]\(([^)]+)\)", tour, re.MULTILINE)
    assert len(stops) == 8
    lengths = {stop: len((ROOT / "docs" / stop).read_text("utf-8").splitlines()) for stop in stops}
    assert {stop: length for stop, length in lengths.items() if length > 250} == {}


def test_every_promise_names_a_place_and_a_test():
    paper = (ROOT / "docs" / "safety-properties.md").read_text("utf-8")
    rows = [line for line in paper.splitlines() if re.match(r"\| \d+ \|", line)]
    assert len(rows) >= 12
    for row in rows:
        assert re.search(r"\]\(\.\./tests/[\w/]+/test_\w+\.py\)", row), row
        for place in re.findall(r"`([\w/]+/[\w/]*(?:\.py)?)`", row):
            assert (ROOT / "qingyan" / place).exists(), place


@pytest.mark.parametrize("name", ["README.md", "README.en.md"])
def test_the_sign_ins_of_the_readme_are_those_of_the_demo(name):
    text = (ROOT / name).read_text("utf-8")
    told = set(re.findall(r"^\| [^|]+ \| [^|]+ \| `(\w+)` \|", text, re.MULTILINE))
    assert told
    assert told <= {one.login for one in COLLEAGUES} | {one.slip_code for one in WITH_SLIPS}
    assert f"`{DEMO_PASSWORD}`" in text


def test_both_readmes_show_the_same_pictures_and_commands():
    chinese, english = ((ROOT / name).read_text("utf-8") for name in ("README.md", "README.en.md"))
    for pattern in (r"docs/images/[\w-]+\.png", r"^make [\w-]+", r"^\| `qingyan/\w+/`"):
        assert set(re.findall(pattern, chinese, re.MULTILINE)) == set(re.findall(pattern, english, re.MULTILINE))
