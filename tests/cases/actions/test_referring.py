"""A referral leaves the school only with the guardian's yes or a ground of the law, and carries the minimum set."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from qingyan.cases.actions import referring
from qingyan.cases.actions.interviewing import withhold_guardian
from qingyan.cases.actions.referring import Agreed, AlreadyReferred, Draft, Unfit
from qingyan.cases.models import Referral, ReferralCode, ReferralStep, ToDo
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.organisations.models import Station
from tests.cases.referral_setting import DRAFT, HOSPITAL, agreed, guardian_says, prepared, sent
from tests.cases.setting import colleague, counsellor, leader

CONSENT = Agreed("consent")


def test_without_the_guardians_yes_nothing_goes_and_with_it_it_does(cast):
    referral, by = prepared(cast), counsellor(cast)
    with entered(by), pytest.raises(Unfit, match="no_consent"):
        referring.agree(referral=referral, agreed=CONSENT, by=by, now=timezone.now())
    guardian_says(cast)
    with entered(by):
        referring.agree(referral=referral, agreed=CONSENT, by=by, now=timezone.now())
        assert referral.state == "consented", "the control"


def test_a_yes_that_was_taken_back_before_sending_stops_the_letter(cast):
    referral, by = agreed(cast), counsellor(cast)
    guardian_says(cast, "withdrawn")
    with entered(by):
        with pytest.raises(Unfit, match="no_consent"):
            referring.send(referral=referral, by=by, now=timezone.now())
        assert not ReferralCode.objects.exists()


@pytest.mark.parametrize(("urgency", "goes"), [("red", True), ("yellow", False)])
def test_a_statutory_ground_holds_in_a_crisis_only_and_with_its_reason(cast, urgency, goes):
    referral, by = prepared(cast, urgency=urgency), counsellor(cast)
    ground = Agreed("danger", contact=True, reason="站上窗台，老师在场")
    with entered(by):
        if not goes:
            with pytest.raises(Unfit, match="not_a_crisis"):
                referring.agree(referral=referral, agreed=ground, by=by, now=timezone.now())
            return
        with pytest.raises(Unfit, match="reason"):
            referring.agree(referral=referral, agreed=Agreed("danger"), by=by, now=timezone.now())
        referring.agree(referral=referral, agreed=ground, by=by, now=timezone.now())
        assert (referral.state, referral.contact_agreed) == ("consented", False), "a ground passes no number on"


def test_the_consent_of_a_guardian_under_suspicion_does_not_count(cast):
    referral, by = prepared(cast), counsellor(cast)
    guardian_says(cast)
    with entered(by):
        withhold_guardian(case=referral.case, by=by, now=timezone.now())
        with pytest.raises(Unfit, match="no_consent"):
            referring.agree(referral=referral, agreed=CONSENT, by=by, now=timezone.now())


def test_sending_begins_the_chase_on_the_days_of_the_file(cast):
    now = timezone.now()
    referral, _ = sent(cast, now=now)
    with entered(counsellor(cast)):
        due = sorted(ToDo.objects.filter(kind="referral").values_list("due_at", flat=True))
    assert due == [now + timedelta(days=days) for days in (3, 7, 14)]
    assert referral.state == "sent"


def test_the_codes_are_kept_as_hashes_only_and_the_words_are_sealed(cast):
    _, codes = sent(cast)
    with entered(counsellor(cast)), connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(c)::text FROM cases_referralcode c")
        (stored,) = cursor.fetchone()
        cursor.execute("SELECT content FROM cases_referral")
        (content,) = cursor.fetchone()
    assert codes.secret not in stored
    assert codes.name_code not in stored
    assert HOSPITAL.encode() not in bytes(content)


def test_a_new_letter_makes_the_old_one_void(cast):
    referral, old = sent(cast)
    by = counsellor(cast)
    with entered(by):
        new = referring.renew(referral=referral, by=by, now=timezone.now())
        assert new.secret != old.secret
        assert ReferralCode.objects.filter(voided_at__isnull=True).count() == 1


def test_what_was_given_up_is_no_longer_chased_and_opens_nothing(cast):
    referral, _ = sent(cast)
    by = counsellor(cast)
    with entered(by):
        with pytest.raises(NotAllowed):
            referring.decline(referral=referral, reason=" ", by=by, now=timezone.now())
        referring.decline(referral=referral, reason="家长改去外地就医", by=by, now=timezone.now())
        assert not ToDo.objects.filter(kind="referral", dropped_at__isnull=True).exists()
        assert not ReferralCode.objects.filter(voided_at__isnull=True).exists()
        with pytest.raises(NotAllowed):
            referring.renew(referral=referral, by=by, now=timezone.now())


@pytest.mark.parametrize(
    ("draft", "fault"),
    [
        (Draft("hospital", " ", ["mood"], ["none"]), "recipient"),
        (Draft("hospital", HOSPITAL, [], ["none"]), "no_reason"),
        (Draft("hospital", HOSPITAL, ["mood"], []), "no_risk"),
        (Draft("station", "", ["mood"], ["none"], 999), "station"),
    ],
    ids=["nowhere", "no reason", "no word on risk", "no such station"],
)
def test_what_is_missing_is_refused(cast, draft, fault):
    with pytest.raises(Unfit, match=fault):
        prepared(cast, draft=draft)


def test_a_station_has_its_own_consent_and_its_own_name(cast):
    station = Station.objects.create(city=cast.city, name="海岸区未成年人心理辅导站")
    referral, by = prepared(cast, draft=Draft("station", "", ["mood"], ["none"], station.id)), counsellor(cast)
    guardian_says(cast, "refused", purpose="counselling")
    with entered(by), pytest.raises(Unfit, match="no_consent"):
        referring.agree(referral=referral, agreed=CONSENT, by=by, now=timezone.now())
    guardian_says(cast, purpose="counselling")
    with entered(by):
        referring.agree(referral=referral, agreed=CONSENT, by=by, now=timezone.now())
        assert station.name in referral.content


def test_one_of_a_kind_is_on_its_way(cast):
    referral, by = prepared(cast), counsellor(cast)
    with entered(by), pytest.raises(AlreadyReferred):
        referring.prepare(case=referral.case, draft=DRAFT, by=by, now=timezone.now())


def test_nobody_but_who_carries_the_case_refers_or_reads(cast):
    referral = agreed(cast)
    for by in (leader(cast), colleague(cast), counsellor(cast, cast.other)):
        with entered(by), pytest.raises(NotVisible):
            referring.send(referral=referral, by=by, now=timezone.now())
    for by in (leader(cast), counsellor(cast, cast.other)):
        with entered(by):
            assert not Referral.objects.exists()
    with entered(counsellor(cast)):
        assert Referral.objects.exists(), "the control"


def test_every_step_is_in_the_history_that_nobody_changes_and_in_the_trail_without_a_word(cast):
    sent(cast)
    by = counsellor(cast)
    with entered(by):
        verbs = list(ReferralStep.objects.order_by("at", "id").values_list("verb", flat=True))
        assert set(verbs) == {"prepare", "consent", "send"}
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            ReferralStep.objects.update(verb="x")
        trail = AuditEntry.objects.filter(action__startswith="referral.")
        assert {one.action for one in trail} >= {"referral.prepare", "referral.consent", "referral.send"}
        assert HOSPITAL not in str([one.detail for one in trail])


def test_the_database_refuses_to_send_without_a_basis(cast):
    referral = prepared(cast)
    refused = pytest.raises(Exception, match="nothing_is_sent_without_a_basis")
    with entered(counsellor(cast)), refused, transaction.atomic():
        Referral.objects.filter(id=referral.id).update(state="sent")
