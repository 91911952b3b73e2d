"""Guardians fill in a form about one pupil: by the printed code, scored with its key, for the counsellor alone."""

import re
from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.utils import timezone

from qingyan.alerts.models import Alert
from qingyan.consent.actions.links import reissue
from qingyan.consent.models import GuardianLink
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.instruments import api as instruments
from qingyan.instruments.actions.bringing import NewWording, bring, confirm_marks
from qingyan.instruments.contracts import Concern, Wording
from qingyan.screening.actions import parents
from qingyan.screening.models import ParentForm
from qingyan.screening.queries.comparison import comparison
from qingyan.screening.queries.parent_forms import parent_choices
from tests.alerts.setting import counsellor
from tests.consent.setting import publish
from tests.screening.setting import school_round, signed_in

SDQ = instruments.instrument("sdq-parent")
LABELS = {item.id: {0: "不符合", 1: "有点符合", 2: "完全符合"} for item in SDQ.items}
WORDS = Wording({item.id: f"题 {item.id}" for item in SDQ.items}, LABELS)
DOOR, ANSWERS = "/s/qingshi/parent-form/", "/s/qingshi/parent-form/answers/"


def words_for(cast, **concerns):
    officer, second = cast.actor(cast.city_officer), counsellor(cast)
    new = NewWording(SDQ, WORDS, "授权", "1", concerns=concerns, city_id=cast.city.id)
    with transaction.atomic(), entered(officer):
        row = bring(new=new, by=officer, now=timezone.now())
    if concerns:
        with transaction.atomic(), entered(second):
            confirm_marks(wording=row, by=second, now=timezone.now())


class Story:
    """A round, the words of the parent form, and one pupil whose guardians hold a code."""

    def __init__(self, cast) -> None:
        words_for(cast)
        publish(cast, body="x")
        self.cast, self.by, self.pupil = cast, counsellor(cast), cast.home.pupil
        self.campaign = school_round(cast, "gad-7")
        with entered(self.by):
            given = {"validity": timedelta(days=30), "by": self.by, "now": timezone.now()}
            self.code = reissue(student=self.pupil.id, **given).code

    def ask(self, by=None) -> ParentForm:
        by = by or self.by
        given = {"campaign": self.campaign, "student_id": self.pupil.id, "instrument": "sdq-parent"}
        with entered(by):
            return parents.ask_guardians(**given, by=by, now=timezone.now())

    def opened(self, code=None):
        client = Client()
        client.get(DOOR)
        return client, client.post(DOOR, {"code": code or self.code}).content.decode()

    def filled(self, value=2):
        client, page = self.opened()
        held = re.search(r'name="held" value="([^"]+)"', page)[1]
        given = {f"item-{index}": value for index in range(len(SDQ.items))}
        return client, held, client.post(ANSWERS, {"held": held, "relation": "mother", **given})


@pytest.fixture
def story(cast) -> Story:
    return Story(cast)


def test_a_guardian_answers_by_the_code_and_the_counsellor_sees_the_scores_beside_the_rest(story):
    assert story.ask() == story.ask(), "asked twice is asked once"
    _, page = story.opened()
    assert "题 q1" in page
    assert story.pupil.name not in page
    _client, _held, answer = story.filled()
    assert "谢谢您" in answer.content.decode()
    with entered(story.by):
        form = ParentForm.objects.get()
        (shown,) = comparison(story.by, story.campaign, story.pupil.id).answered
    by_key = instruments.plan("sdq-parent").score([2] * len(SDQ.items))
    assert (form.state, form.relation, form.values) == ("answered", "mother", dict(by_key.values))
    assert shown.informant == "parent"
    assert [line.value for line in shown.scales] == [by_key.values[scale.id] for scale in SDQ.scales]
    with entered(story.cast.platform()):
        assert GuardianLink.objects.get().used_at is None, "the code of consent is not spent"
        assert Alert.objects.count() == 0
        assert AuditEntry.objects.filter(action="parent_form.answered", student_id=story.pupil.id).count() == 1


def test_it_is_answered_once_and_a_wrong_or_idle_code_opens_nothing(story):
    assert "没有可以填写的问卷" in story.opened()[1], "nothing was asked"
    story.ask()
    assert "没有可以填写的问卷" in story.opened("AAAA-BBBB-CCCC")[1]
    client, held, _ = story.filled(value=2)
    again = client.post(ANSWERS, {"held": held, "relation": "father", "item-0": 0})
    assert "已经交过了" in again.content.decode()
    with entered(story.by):
        assert set(ParentForm.objects.get().answers) == {2}
    assert "没有可以填写的问卷" in story.opened()[1]


def test_another_machine_or_an_empty_page_keeps_nothing(story):
    story.ask()
    client, page = story.opened()
    held = re.search(r'name="held" value="([^"]+)"', page)[1]
    assert Client().post(ANSWERS, {"held": held, "relation": "mother", "item-0": 2}).status_code == 302
    assert client.post(ANSWERS, {"held": held, "relation": "mother"}).status_code == 422
    assert client.post(ANSWERS, {"held": held, "item-0": 2}).status_code == 422
    with entered(story.by):
        assert ParentForm.objects.get().state == "asked"


def test_neither_the_child_nor_a_teacher_can_read_it_even_past_the_pages(story, cast):
    story.ask()
    for actor in (signed_in(story.pupil), cast.actor(cast.home.homeroom_teacher, cast.home)):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), entered(actor):
            list(ParentForm.objects.all())
    with entered(counsellor(cast, cast.other)):
        assert list(ParentForm.objects.all()) == []
    with entered(story.by):
        assert ParentForm.objects.count() == 1, "the control"


def test_only_the_counsellor_asks_and_takes_back_until_it_is_answered(story, cast):
    with pytest.raises(NotVisible):
        story.ask(cast.actor(cast.home.homeroom_teacher, cast.home))
    form = story.ask()
    with entered(story.by):
        parents.withdraw(form=form, by=story.by, now=timezone.now())
    assert "没有可以填写的问卷" in story.opened()[1]
    form = story.ask()
    story.filled()
    with entered(story.by), pytest.raises(NotAllowed):
        parents.withdraw(form=form, by=story.by, now=timezone.now())


def test_no_form_with_a_marked_item_is_offered_because_no_alert_would_hear_it(cast):
    school = cast.home.school.id
    with entered(counsellor(cast)):
        assert parent_choices(school) == [], "no words yet"
    words_for(cast)
    with entered(counsellor(cast)):
        assert [one.summary.code for one in parent_choices(school)] == ["sdq-parent"]
    words_for(cast, q1=Concern.SELF_HARM)
    with entered(counsellor(cast)):
        assert parent_choices(school) == []
