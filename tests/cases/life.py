"""A case in the hands of people who try everything in any order: a model in memory beside the database. No test."""

from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from qingyan.archives import api as archives
from qingyan.cases.actions import carrying, following, opening, panels, sealing
from qingyan.cases.actions.interviewing import record_interview
from qingyan.cases.contracts import NewSource
from qingyan.cases.models import Case, CaseStep, Panel, ToDo
from qingyan.cases.queries import packs
from qingyan.cases.workflow import CASE, OPEN_STATES
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.pure.workflow import NotAllowed
from tests.alerts.setting import alerted
from tests.cases.setting import Invitation, counsellor, leader, minutes, talk
from tests.factories.city import Cast

PACK = packs.current()
LEVELS = [one.code for one in PACK.levels]
ALL = [one.code for one in PACK.closing]
REFUSED = (NotAllowed, NotVisible, sealing.NotYet, opening.AlreadyOpen, opening.NoCounsellor)


class CaseLife(RuleBasedStateMachine):
    """One pupil, one counsellor, one leader, and whatever they try."""

    cast: Cast
    reached: set[str]

    @initialize(urgency=st.sampled_from(LEVELS))
    def begin(self, urgency):
        self.savepoint = transaction.savepoint()
        self.owner, self.leader = counsellor(self.cast), leader(self.cast)
        self.now = timezone.now()
        self.levels_by_people, self.talked, self.alert = [], False, None
        source = NewSource("hand", None, "x")
        with entered(self.owner):
            self.case = opening.open_case(
                student_id=self.cast.home.pupil.id,
                source=source,
                urgency=urgency,
                owner_id=None,
                by=self.owner,
                now=self.now,
            )

    def attempt(self, by, deed):
        """Try it; a refusal leaves everything as it was."""
        with entered(by):
            before = self._stored()
            try:
                with transaction.atomic():
                    self.case.refresh_from_db()
                    deed(self.case)
            except REFUSED:
                self.case.refresh_from_db()
                assert self._stored() == before, "a refusal changed something"
                return False
            self.case.refresh_from_db()
            self.reached.add(self.case.state)
            return True

    def _stored(self):
        row = Case.objects.get(id=self.case.id)
        return row.state, row.level, row.owner_id, CaseStep.objects.filter(case_id=row.id).count()

    @rule()
    def somebody_takes_it(self):
        self.attempt(
            self.owner, lambda one: opening.take(case=one, owner_id=self.owner.id, by=self.owner, now=self.now)
        )

    @rule(level=st.sampled_from(LEVELS))
    def they_talk(self, level):
        given = talk(self.now, proposed_level=level)
        if self.attempt(self.owner, lambda one: record_interview(case=one, talk=given, by=self.owner, now=self.now)):
            self.talked = True

    @rule()
    def the_panel_is_called(self):
        home = self.cast.home
        members = [
            (one.id, one.name, one is home.principal) for one in (home.counsellor, home.principal, home.invigilator)
        ]
        asked = Invitation(self.now, members, [], "x")
        self.attempt(self.owner, lambda one: panels.convene(case=one, invitation=asked, by=self.owner, now=self.now))

    @rule(decision=st.sampled_from([*LEVELS, "watch", "again"]), level=st.sampled_from(LEVELS))
    def the_panel_meets(self, decision, level):
        def meet(one):
            panel = Panel.objects.filter(case=one, state="convened").select_related("case").first()
            if panel is None:
                raise NotAllowed("no meeting")
            panels.hold(
                panel=panel,
                held=minutes(panel, decision, level=level, criteria=tuple(ALL)),
                by=self.owner,
                now=self.now,
            )

        self.attempt(self.owner, meet)

    @rule(as_leader=st.booleans())
    def somebody_approves(self, as_leader):
        by = self.leader if as_leader else self.owner

        def approve(one):
            panel = Panel.objects.filter(case=one, state="held").select_related("case").first()
            if panel is None:
                raise NotAllowed("no meeting")
            panels.approve(panel=panel, note="", by=by, now=self.now)

        if self.attempt(by, approve):
            assert as_leader, "who carries the case has approved it"
            self.levels_by_people.append(self.case.level)

    @rule(verb=st.sampled_from([*carrying.WITH_A_REASON, "close", "seal", "decide", "take_leave", "come_back"]))
    def somebody_gives_a_reason(self, verb):
        self.attempt(
            self.owner,
            lambda one: carrying.step_with_reason(case=one, verb=verb, reason="x", by=self.owner, now=self.now),
        )

    @rule()
    def what_is_to_do_is_done(self):
        with entered(self.owner):
            ToDo.objects.filter(case=self.case, done_at__isnull=True, dropped_at__isnull=True).update(done_at=self.now)

    @rule(level=st.sampled_from(LEVELS))
    def they_are_looked_at_again(self, level):
        self.attempt(
            self.owner,
            lambda one: following.follow_up(
                case=one, at=self.now, proposed_level=level, words="x", by=self.owner, now=self.now
            ),
        )

    @rule()
    def what_should_come_next(self):
        """The right step from here, so that the search comes deep into the life and not only to its beginning."""
        low = PACK.levels[-1].code
        match self.case.state:
            case "candidate":
                self.somebody_takes_it()
            case "interview_due":
                self.they_talk(level=low)
            case "interviewed" | "care":
                self.what_is_to_do_is_done()
                self.the_panel_is_called()
            case "panel":
                self.the_panel_meets(decision="watch" if self.case.level else low, level=low)
                self.somebody_approves(as_leader=True)
            case "quiet_watch":
                self.time_goes_by(days=130)
                self.what_is_to_do_is_done()
                self.somebody_closes(criteria=ALL)

    @rule()
    def a_false_flag_goes_all_the_way(self):
        if self.case.state in ("candidate", "interviewed"):
            self.somebody_calls_it_false()
            self.somebody_reads_it_again(as_leader=True, agrees=True)

    @rule(value=st.sampled_from([2, 4]))
    def an_alert_comes(self, value):
        if self.alert is None:
            self.alert = alerted(self.cast, value=value)

    @rule()
    def the_alert_joins(self):
        if self.alert is not None and self.case.state in OPEN_STATES:
            alert_id, by = self.alert.id, self.owner

            def join(one):
                found = opening.open_from_alert(alert_id=alert_id, owner_id=None, by=by, now=self.now)
                assert found.id == one.id, "a second case of the same pupil"

            self.attempt(by, join)

    @rule(days=st.sampled_from([1, 30, 130]))
    def time_goes_by(self, days):
        self.now += timedelta(days=days)

    @rule(criteria=st.sampled_from([ALL, ALL[1:]]))
    def somebody_closes(self, criteria):
        before = self.case.level, self.case.since, self.case.state
        if self.attempt(
            self.owner,
            lambda one: following.close(case=one, summary="x", criteria=criteria, by=self.owner, now=self.now),
        ):
            assert before[2] == "quiet_watch"
            assert criteria == ALL
            assert not PACK.level(before[0]).crisis
            assert self.now - before[1] >= timedelta(days=PACK.follow_up.watch_days)

    @rule()
    def somebody_calls_it_false(self):
        self.attempt(self.owner, lambda one: sealing.ask_seal(case=one, reason="x", by=self.owner, now=self.now))

    @rule(as_leader=st.booleans(), agrees=st.booleans())
    def somebody_reads_it_again(self, as_leader, agrees):
        by = self.leader if as_leader else self.owner

        def read(one):
            if agrees:
                sealing.seal(case=one, note="x", by=by, now=self.now)
            else:
                sealing.refuse_seal(case=one, reason="x", by=by, now=self.now)

        if self.attempt(by, read):
            assert as_leader
            if agrees:
                assert self.talked or not PACK.level(self.case.urgency).crisis
                assert self.alert is None or self._alert_is_settled(), "sealed over a waiting alert"

    def _alert_is_settled(self):
        with entered(self.owner):
            self.alert.refresh_from_db()
        return self.alert.state == "in_case"

    @invariant()
    def the_history_is_a_path_through_the_table(self):
        with entered(self.owner):
            steps = set(CaseStep.objects.filter(case=self.case).values_list("verb", "origin", "target"))
        known = {(one.verb, one.origin, one.target) for one in CASE.steps} | {("open", "", CASE.initial)}
        assert steps <= known

    @invariant()
    def no_crisis_has_ended_and_no_machine_has_set_a_level(self):
        with entered(self.owner):
            row = Case.objects.get(id=self.case.id)
        if row.state in ("quiet_watch", "closed"):
            assert row.level, "ended without a level"
            assert not PACK.level(row.level).crisis
        if row.level:
            assert row.level == [one for one in self.levels_by_people if one][-1]
        else:
            assert not any(self.levels_by_people)
        assert (row.due_at is None) == (row.state not in OPEN_STATES)
        if row.state in OPEN_STATES and row.state != CASE.initial:
            assert row.owner_id is not None

    @invariant()
    def a_sealed_case_is_in_no_file_and_another_is(self):
        with entered(self.owner):
            told = [one for one in archives.entries_of(self.owner, self.case.student_id) if one.kind == "case"]
        assert bool(told) == (self.case.state != "sealed")

    def teardown(self):
        with suppress(AttributeError):
            transaction.savepoint_rollback(self.savepoint)
