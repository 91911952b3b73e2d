"""What the answering page is given: the order of the round, the answers beside their items, the receipt as it was."""

from uuid import uuid4

import pytest
from django.utils import timezone

from qingyan.foundation.access.scope import entered
from qingyan.screening.models import AnswerSheet, Sitting
from qingyan.screening.queries.tests import own_sitting, page_of_sheet, receipt_of
from qingyan.screening.rules.order import places
from tests.screening.setting import begun, school_round, signed_in


@pytest.fixture
def campaign(cast):
    return school_round(cast, "scl-90")


def sitting_of(cast, campaign, order):
    with entered(cast.platform()):
        campaign.item_order = order
        campaign.save(update_fields=["item_order"])
    by = signed_in(cast.home.pupil)
    with entered(by):
        sitting = begun(campaign, "scl-90", by)
    with entered(cast.platform()):
        AnswerSheet.objects.filter(pk=sitting.pk).update(answers=[item % 5 + 1 for item in range(90)])
    return by, sitting


def test_a_shuffled_page_shows_each_item_with_its_own_answer(cast, campaign):
    by, sitting = sitting_of(cast, campaign, "shuffled")
    with entered(by):
        page, again = (page_of_sheet(by, own_sitting(by, sitting.id)) for _ in range(2))
    assert page == again
    assert [item["i"] for item in page["items"]] == places(90, sitting=sitting.id, order="shuffled")
    assert page["answers"] == [item["i"] % 5 + 1 for item in page["items"]]


def test_a_fixed_page_shows_the_instruments_own_order(cast, campaign):
    by, sitting = sitting_of(cast, campaign, "fixed")
    with entered(by):
        page = page_of_sheet(by, own_sitting(by, sitting.id))
    assert [item["i"] for item in page["items"]] == list(range(90))


def test_the_receipt_is_the_number_and_the_time_of_the_hand_in(cast, campaign):
    by, sitting = sitting_of(cast, campaign, "fixed")
    number, at = uuid4(), timezone.now()
    with entered(by):
        assert receipt_of(by, own_sitting(by, sitting.id)) is None
    with entered(cast.platform()):
        AnswerSheet.objects.filter(pk=sitting.pk).update(submission=number)
        Sitting.objects.filter(pk=sitting.pk).update(state="finished", finished_at=at)
    with entered(by):
        receipt = receipt_of(by, own_sitting(by, sitting.id))
    assert (receipt.submission, receipt.finished_at) == (number, at)
