"""Templates have versions; one is in use; a faulty one is not kept."""

import pytest
from django.utils import timezone

from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.papers.actions.templating import Faulty, bring, put_to_use
from qingyan.papers.models import WordTemplate
from qingyan.papers.queries.templates import template_in_use
from qingyan.papers.rules.forms import MEETING
from tests.cases.setting import counsellor
from tests.papers.queries.test_word_check import written

NOW = timezone.now()
FIRST, SECOND = written("甲 {{ pupil }}"), written("乙 {{ pupil }}")


def test_a_new_version_rests_until_it_is_put_to_use_and_then_the_one_before_rests(cast):
    by = cast.actor(cast.city_officer)
    with entered(by):
        one = bring(code=MEETING, content=FIRST, by=by, now=NOW)
        assert template_in_use(MEETING, cast.city.id) is None
        put_to_use(template_id=one.id, by=by, now=NOW)
        two = bring(code=MEETING, content=SECOND, by=by, now=NOW)
        assert (one.version, two.version) == (1, 2)
        assert template_in_use(MEETING, cast.city.id) == FIRST
        put_to_use(template_id=two.id, by=by, now=NOW)
        assert template_in_use(MEETING, cast.city.id) == SECOND
        with pytest.raises(NotAllowed):
            put_to_use(template_id=one.id, by=by, now=NOW)


def test_a_faulty_one_is_not_kept_and_says_everything(cast):
    by = cast.actor(cast.city_officer)
    with entered(by):
        with pytest.raises(Faulty) as refusal:
            bring(code=MEETING, content=written("{{ phone }} {{ address }}"), by=by, now=NOW)
        assert {what for _kind, what in refusal.value.faults} == {"phone", "address"}
        assert not WordTemplate.objects.exists()


def test_a_school_brings_none(cast):
    by = counsellor(cast)
    with entered(by), pytest.raises(NotVisible):
        bring(code=MEETING, content=FIRST, by=by, now=NOW)
