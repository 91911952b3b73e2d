"""The life of a red alert against a model in memory: no illegal step, nobody passed over, nothing silently ended.

Hypothesis tries what people and the keeper of time could do in any order, two keepers looking at the same moment among
it. The model knows the ladder by its minutes; the database is the real one, as the app's own role. Two workers that
really run at once, with their control, are in actions/test_handing.py.
"""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from qingyan.alerts.actions import closing, giving, handing
from qingyan.alerts.actions.acknowledging import acknowledge, locked
from qingyan.alerts.actions.closing import Closing
from qingyan.alerts.actions.refusing import Refused
from qingyan.alerts.actions.reviewing import answer_proposal
from qingyan.alerts.models import Alert, Handing
from qingyan.alerts.rules.closing import Reason
from qingyan.alerts.workflow import IN_HAND, OPEN_STATES
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.pure.workflow import NotAllowed
from tests.alerts.duty_setting import colleague, keeper
from tests.alerts.setting import alerted
from tests.factories.city import Cast

REFUSED = (NotAllowed, NotVisible, Refused)
STEP = timedelta(minutes=10)
PEOPLE = ("first", "second", "leader")


class AlertLife(RuleBasedStateMachine):
    """One red alert, two counsellors, a leader, two keepers of time, and whatever they try."""

    cast: Cast
    reached: set[str]

    @initialize()
    def begin(self):
        self.savepoint = transaction.savepoint()
        cast, home = self.cast, self.cast.home
        second = colleague(home, "second", "赵清")
        accounts = {"first": home.counsellor, "second": second, "leader": home.principal}
        self.people = {name: cast.actor(account, home) for name, account in accounts.items()}
        self.alert = alerted(cast)
        self.now = self.alert.raised_at
        self.asked_by = None

    def _row(self) -> Alert:
        with entered(self.cast.platform()):
            return Alert.objects.get(id=self.alert.id)

    def _moves(self) -> int:
        with entered(self.cast.platform()):
            return Handing.objects.filter(alert=self.alert.id).count()

    def attempt(self, name, deed) -> bool:
        """Try it; a refusal leaves everything as it was."""
        by, before, moves = self.people[name], self._row(), self._moves()
        with entered(by):
            try:
                with transaction.atomic():
                    deed(by)
            except REFUSED:
                after = self._row()
                assert (after.state, after.owner_id, after.step) == (before.state, before.owner_id, before.step)
                assert self._moves() == moves, "a refusal moved something"
                return False
        self.reached.add(self._row().state)
        return True

    @rule(minutes=st.sampled_from([1, 4, 10, 30]))
    def time_goes_by(self, minutes):
        self.now += timedelta(minutes=minutes)

    @rule(keepers=st.integers(1, 3))
    def keepers_of_time_look(self, keepers):
        """All of them have read what is due before the first one moves anything; then each tries to move it."""
        before, moves = self._row(), self._moves()
        by = keeper(self.cast.home)
        with entered(by):
            seen = [handing.watch(by, self.now) for _ in range(keepers)]
            moved = [handing.hand_on(alert_id=self.alert.id, by=by, seen=one) for one in seen]
        after = self._row()
        due = before.state in OPEN_STATES and before.state not in IN_HAND and self._is_due(before)
        assert sum(one is not None for one in moved) <= (2 if before.step is None else 1), "moved twice at one moment"
        assert self._moves() - moves == sum(one is not None for one in moved)
        if not due:
            assert after.owner_id == before.owner_id, "taken away before the time was over"
        self.reached.add(after.state)

    def _is_due(self, row: Alert) -> bool:
        if row.step is None:
            return True
        began = row.raised_at if row.round == 0 and row.step == 0 else row.owner_since
        return row.step < 3 and self.now - began >= STEP

    @rule(name=st.sampled_from(PEOPLE))
    def somebody_acknowledges(self, name):
        def take(by):
            acknowledge(alert=locked(by, self.alert.id), by=by, note="", now=self.now)

        if self.attempt(name, take):
            row = self._row()
            assert row.acknowledged_by_id == self.people[name].id
            assert name != "leader", "a leader acts on the duty page and reads no alert"

    @rule(name=st.sampled_from(PEOPLE), reason=st.sampled_from([Reason.NO_NEED, Reason.FALSE]))
    def somebody_closes(self, name, reason):
        def end(by):
            closing.close(alert=locked(by, self.alert.id), closing=Closing(reason, "谈过"), by=by, now=self.now)

        if self.attempt(name, end):
            self.asked_by = name
            assert self._row().state == "review", "a red one was ended by one person"

    @rule(name=st.sampled_from(PEOPLE), agrees=st.booleans())
    def somebody_reads_it_again(self, name, agrees):
        def read(by):
            if name == "leader":
                answer_proposal(alert_id=self.alert.id, agrees=agrees, by=by, now=self.now)
            else:
                act = closing.confirm if agrees else closing.send_back
                act(alert=locked(by, self.alert.id), by=by, now=self.now)

        if self.attempt(name, read):
            assert name != self.asked_by, "who asked has read it a second time"

    @rule(name=st.sampled_from(PEOPLE))
    def somebody_gives_it_back(self, name):
        self.attempt(name, lambda by: giving.release(alert=locked(by, self.alert.id), by=by, now=self.now))

    @rule(reason=st.sampled_from([Reason.NO_NEED, Reason.FALSE]))
    def two_of_them_end_it(self, reason):
        """The right steps one after the other, so that the search comes to an end and not only to the beginning."""
        self.somebody_acknowledges(name="first")
        self.somebody_closes(name="first", reason=reason)
        self.somebody_reads_it_again(name="second", agrees=True)

    @invariant()
    def it_never_ends_by_one_person(self):
        row = self._row()
        if row.state in ("dismissed", "sealed"):
            assert row.second_reader_id is not None
            assert row.second_reader_id != row.closed_by_id

    @invariant()
    def a_step_of_a_round_is_taken_once(self):
        with entered(self.cast.platform()):
            taken = list(Handing.objects.filter(alert=self.alert.id).values_list("round", "step"))
        assert len(taken) == len(set(taken))

    @invariant()
    def whoever_has_it_in_hand_is_known_by_name(self):
        row = self._row()
        if row.state in IN_HAND:
            assert row.owner_id is not None
            assert row.acknowledged_by_id is not None

    def teardown(self):
        with suppress(AttributeError):
            transaction.savepoint_rollback(self.savepoint)


RUN = settings(
    max_examples=20,
    stateful_step_count=20,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def life(cast):
    return type("LifeOfAnAlert", (AlertLife,), {"cast": cast, "reached": set()})


def test_whatever_people_try_the_promises_hold(life):
    run_state_machine_as_test(life, settings=RUN)
    assert life.reached >= {"raised", "escalated", "acknowledged", "review", "dismissed", "sealed"}


def test_the_control_a_keeper_that_does_not_ask_whether_it_is_due_is_noticed(life, monkeypatch):
    monkeypatch.setattr(handing, "is_due", lambda *_: True)
    one = life()
    one.begin()
    one.keepers_of_time_look(keepers=1)
    with pytest.raises(AssertionError, match=r"moved twice|before the time"):
        one.keepers_of_time_look(keepers=3)


def test_the_control_a_red_one_that_ends_without_a_second_person_is_noticed(life, monkeypatch):
    """Without the rule the constraint of the database still refuses."""
    monkeypatch.setattr(closing, "verb_of", lambda reason, level: "dismiss")
    one = life()
    one.begin()
    one.somebody_acknowledges(name="first")
    with pytest.raises(Exception, match=r"alert_red_is_not_closed_by_one|ended by one person"):
        one.somebody_closes(name="first", reason=Reason.NO_NEED)
