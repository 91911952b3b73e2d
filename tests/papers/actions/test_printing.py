"""Making a paper: permitted for this case, recorded, with the maker's name on it."""

import pytest
from django.utils import timezone

from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.papers.actions.printing import NoSuchPaper, Printable, print_of_case, printables
from qingyan.papers.rules.forms import MEETING, NOTICE, TALK
from tests.cases.setting import colleague, counsellor, held_panel, interviewed
from tests.cases.web.test_pages import trail

NOW = timezone.now()


def test_what_can_be_printed_follows_what_was_written(cast):
    case, who = interviewed(cast), counsellor(cast)
    with entered(who):
        assert {one.form for one in printables(case_id=case.id, by=who, now=NOW)[1]} == {NOTICE, TALK}
    held_panel(cast, case, "yellow")
    with entered(who):
        assert MEETING in {one.form for one in printables(case_id=case.id, by=who, now=NOW)[1]}
    assert trail(cast, "paper.list") == 2


def test_a_colleague_who_does_not_carry_the_case_makes_no_paper_of_it(cast):
    case, other = interviewed(cast), colleague(cast)
    for form in (NOTICE, TALK, MEETING):
        with entered(other), pytest.raises(NotVisible):
            print_of_case(case_id=case.id, asked=Printable(form, 0, ""), kind="pdf", by=other, now=NOW)
    assert trail(cast, "paper.made") == 0


@pytest.mark.parametrize(("form", "number", "kind"), [(TALK, 1, "pdf"), (MEETING, 0, "pdf"), (TALK, 0, "exe")])
def test_what_does_not_exist_is_not_made(cast, form, number, kind):
    case, who = interviewed(cast), counsellor(cast)
    with entered(who):
        assert print_of_case(case_id=case.id, asked=Printable(TALK, 0, ""), kind="pdf", by=who, now=NOW).mark.viewer
        with pytest.raises(NoSuchPaper):
            print_of_case(case_id=case.id, asked=Printable(form, number, ""), kind=kind, by=who, now=NOW)
