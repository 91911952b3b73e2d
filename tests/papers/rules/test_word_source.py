"""What a brought template may say, and every way we know to make it say more."""

import pytest

from qingyan.papers.rules.forms import MEETING, form
from qingyan.papers.rules.word_source import FORBIDDEN, UNKNOWN, UNREADABLE, source_faults

MINUTES = form(MEETING)


@pytest.mark.parametrize(
    "source",
    [
        "{{ pupil }}",
        "{% for row in seats %}{{ row.name }} {{ row.vote }}{% endfor %}",
        "{% for one in seats %}{{ one.name }} {{ pupil }}{% else %}{{ school }}{% endfor %}",
        "{% if answer and not brief %}{{ minutes }}{% else %}{{ school }}{% endif %}",
        "no fields at all",
    ],
)
def test_values_lists_and_questions_are_allowed(source):
    assert source_faults(source, MINUTES) == []


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("{{ phone }}", (UNKNOWN, "phone")),
        ("{% for row in seats %}{{ row.phone }}{% endfor %}", (UNKNOWN, "row.phone")),
        ("{% for row in pupils %}{{ row.name }}{% endfor %}", (UNKNOWN, "pupils")),
        ("{{ row.name }}", (UNKNOWN, "row.name")),
        ("{{ pupil.__class__ }}", (UNKNOWN, "pupil.__class__")),
        ("{{ pupil.__class__.__mro__ }}", (UNKNOWN, "__mro__")),
        ("{{ ''.__class__ }}", (UNKNOWN, "__class__")),
        ("{% for row in seats %}{{ row.__class__ }}{% endfor %}", (UNKNOWN, "row.__class__")),
        ("{{ pupil['name'] }}", (FORBIDDEN, "Getitem")),
        ("{{ pupil() }}", (FORBIDDEN, "Call")),
        ("{{ cycler.__init__.__globals__.os.popen('id').read() }}", (FORBIDDEN, "Call")),
        ("{{ 7 * 7 }}", (FORBIDDEN, "Mul")),
        ("{{ pupil|safe }}", (FORBIDDEN, "Filter")),
        ("{% set x = pupil %}", (FORBIDDEN, "Assign")),
        ("{% include 'x' %}", (FORBIDDEN, "Include")),
        ("{% import 'x' as y %}", (FORBIDDEN, "Import")),
        ("{% macro m() %}{% endmacro %}", (FORBIDDEN, "Macro")),
        ("{% for row in seats recursive %}{% endfor %}", (FORBIDDEN, "For")),
        ("{% for row in seats if row.name %}{% endfor %}", (FORBIDDEN, "For")),
        ("{% for a, b in seats %}{% endfor %}", (FORBIDDEN, "For")),
        ("{{ pupil", (UNREADABLE, "unexpected end of template, expected 'end of print statement'.")),
    ],
)
def test_everything_else_is_a_fault(source, fault):
    assert fault in source_faults(source, MINUTES)
