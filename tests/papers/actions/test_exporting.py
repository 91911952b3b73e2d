"""A file with names needs two people, a purpose and a day; whatever changes voids the approval."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.papers.actions import exporting
from qingyan.papers.models import Export, ExportDownload
from tests.cases.setting import colleague, counsellor, leader, opened
from tests.cases.web.test_pages import trail
from tests.factories.city import Cast

NOW = timezone.now()


def asked(cast: Cast, purpose: str = "交接给下学期的负责老师") -> Export:
    who = counsellor(cast)
    with entered(who):
        return exporting.ask(kind="register_open", purpose=purpose, by=who, now=NOW)


def answered(cast: Cast, export: Export, *, agrees: bool = True, who=None) -> Export:
    by = who or leader(cast)
    with entered(by):
        return exporting.answer(export=export, agrees=agrees, by=by, now=NOW)


def taken(cast: Cast, export: Export, *, later: timedelta = timedelta(), kind: str = "pdf", who=None):
    by = who or counsellor(cast)
    with entered(by):
        return exporting.take(export=export, kind=kind, by=by, now=NOW + later)


def test_asked_by_one_approved_by_another_taken_by_the_first_and_each_time_recorded(cast):
    opened(cast)
    export = answered(cast, asked(cast))
    for kind in exporting.FORMATS:
        made = taken(cast, export, kind=kind)
    assert made.data["cases"][0]["pupil"] == cast.home.pupil.name
    assert made.mark.words.startswith(cast.home.counsellor.name)
    assert made.mark.words.endswith("交接给下学期的负责老师")
    with entered(counsellor(cast)):
        assert ExportDownload.objects.count() == 3
    assert trail(cast, "export.taken") == 3


def test_a_purpose_and_a_known_kind_are_needed(cast):
    who = counsellor(cast)
    with entered(who):
        for kind, purpose in (("register_open", "  "), ("everything", "x")):
            with pytest.raises(NotAllowed):
                exporting.ask(kind=kind, purpose=purpose, by=who, now=NOW)


def test_nobody_approves_the_own_request_not_even_past_the_code(cast):
    export = asked(cast)
    with pytest.raises(NotVisible):
        answered(cast, export, who=counsellor(cast))
    export.asked_by_id = leader(cast).id
    with pytest.raises(NotVisible):
        answered(cast, export)
    with entered(counsellor(cast)), pytest.raises(IntegrityError), transaction.atomic():
        Export.objects.update(
            state="approved", answered_by=cast.home.counsellor, answered_at=NOW, expires_at=NOW + timedelta(days=1)
        )


@pytest.mark.parametrize(("hours", "holds"), [(23, True), (24, False), (48, False)])
def test_an_approval_holds_for_a_day(cast, hours, holds):
    opened(cast)
    export = answered(cast, asked(cast))
    if holds:
        assert taken(cast, export, later=timedelta(hours=hours)).data["total"] == "1"
        return
    with pytest.raises(exporting.NotNow) as refusal:
        taken(cast, export, later=timedelta(hours=hours))
    assert refusal.value.why == "expired"


def test_a_list_that_has_changed_since_is_not_taken(cast):
    export = answered(cast, asked(cast))
    opened(cast)
    with pytest.raises(exporting.NotNow) as refusal:
        taken(cast, export)
    assert refusal.value.why == "changed"
    assert trail(cast, "export.taken") == 0


def test_without_a_yes_nothing_is_taken_and_a_no_stays_a_no(cast):
    export = asked(cast)
    with pytest.raises(exporting.NotNow):
        taken(cast, export)
    answered(cast, export, agrees=False)
    with pytest.raises(exporting.NotNow):
        taken(cast, export)
    with pytest.raises(NotAllowed):
        answered(cast, export)


def test_only_who_asked_takes_it(cast):
    export = answered(cast, asked(cast))
    for who in (colleague(cast), leader(cast)):
        with pytest.raises(NotVisible):
            taken(cast, export, who=who)
