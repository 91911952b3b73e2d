"""Talks with guardians and plans: appended, sealed, by two; never with a guardian who may be the source of harm."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from qingyan.cases.actions.planning import GuardianWithheld, Told, talk_with_guardian, write_plan
from qingyan.cases.models import GuardianTalk, Plan, PlanTask, ToDo
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.pure.workflow import NotAllowed
from tests.cases.setting import WORDS, counsellor, in_care, interviewed, leader

SAFETY = {"signs": WORDS, "adults": "林老师", "lines": "12356"}
CARE = {"goals": "睡好", "who": "林老师每周"}


def told(cast, **changes) -> Told:
    given = {"second": cast.home.homeroom_teacher.id, "relation": "mother", "outcome": "received", "witness": ""}
    return Told(**{"at": timezone.now() - timedelta(hours=1), "words": WORDS, **given, **changes})


def open_kinds() -> set[str]:
    return set(ToDo.objects.filter(done_at__isnull=True, dropped_at__isnull=True).values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("outcome", "witness", "left"), [("received", "", False), ("refused", "周老师", False), ("unreachable", "", True)]
)
def test_a_talk_is_done_when_the_notice_was_received_or_refused_and_not_when_nobody_was_reached(
    cast, outcome, witness, left
):
    case, by = in_care(cast, "red"), counsellor(cast)
    with entered(by):
        talk_with_guardian(case=case, told=told(cast, outcome=outcome, witness=witness), by=by, now=timezone.now())
        assert ("guardian_talk" in open_kinds()) is left
        assert GuardianTalk.objects.get().words == WORDS


@pytest.mark.parametrize("change", ["alone", "stranger", "no_witness", "later", "no_words"])
def test_one_person_alone_or_a_refusal_without_a_witness_is_no_record(cast, change):
    case, by = in_care(cast, "red"), counsellor(cast)
    changes = {
        "alone": {"second": by.id},
        "stranger": {"second": cast.other.counsellor.id},
        "no_witness": {"outcome": "refused"},
        "later": {"at": timezone.now() + timedelta(days=1)},
        "no_words": {"words": " "},
    }[change]
    with entered(by):
        with pytest.raises(NotAllowed):
            talk_with_guardian(case=case, told=told(cast, **changes), by=by, now=timezone.now())
        assert not GuardianTalk.objects.exists()


def test_a_guardian_who_may_be_the_source_of_harm_is_not_talked_with(cast):
    case, by = interviewed(cast, guardian_suspected=True, proposed_level="red"), counsellor(cast)
    with entered(by), pytest.raises(GuardianWithheld):
        talk_with_guardian(case=case, told=told(cast), by=by, now=timezone.now())


def test_a_plan_has_versions_and_the_first_individual_one_is_what_was_asked_for(cast):
    case, by, now = in_care(cast), counsellor(cast), timezone.now()
    day = timezone.localdate(now) + timedelta(days=14)
    with entered(by):
        assert "plan" in open_kinds()
        for kind, parts in (("safety", SAFETY), ("care", CARE), ("care", CARE)):
            write_plan(case=case, kind=kind, parts=parts, review_on=day, by=by, now=now)
        assert "plan" not in open_kinds()
        assert sorted(Plan.objects.values_list("kind", "version")) == [("care", 1), ("care", 2), ("safety", 1)]


def test_tasks_become_to_dos_of_the_case(cast):
    case, by, now = in_care(cast), counsellor(cast), timezone.now()
    day = timezone.localdate(now) + timedelta(days=3)
    task = (cast.home.homeroom_teacher.id, "每天问一句", day)
    with entered(by):
        write_plan(case=case, kind="care", parts=CARE, review_on=day, tasks=[task], by=by, now=now)
        assert ToDo.objects.get(kind="task").key == str(PlanTask.objects.get().id)


@pytest.mark.parametrize("change", [{"parts": {"signs": "x"}}, {"review_on": timezone.localdate()}])
def test_a_plan_that_says_too_little_or_is_never_looked_at_again_is_none(cast, change):
    case, by, now = in_care(cast), counsellor(cast), timezone.now()
    given = {"parts": SAFETY, "review_on": timezone.localdate(now) + timedelta(days=5)} | change
    with entered(by), pytest.raises(NotAllowed):
        write_plan(case=case, kind="safety", **given, by=by, now=now)


def test_plans_are_sealed_and_no_leader_reads_or_writes_them(cast):
    case, by, now = in_care(cast, "red"), counsellor(cast), timezone.now()
    day = timezone.localdate(now) + timedelta(days=14)
    with entered(by), connection.cursor() as cursor:
        write_plan(case=case, kind="safety", parts=SAFETY, review_on=day, by=by, now=now)
        cursor.execute("SELECT content FROM cases_plan")
        assert WORDS.encode() not in bytes(cursor.fetchone()[0])
    head = leader(cast)
    with entered(head):
        assert not Plan.objects.exists()
        with pytest.raises(NotVisible):
            write_plan(case=case, kind="safety", parts=SAFETY, review_on=day, by=head, now=now)
