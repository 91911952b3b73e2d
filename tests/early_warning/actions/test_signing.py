"""The points are signed by a named person of the city, for exactly the bytes that were read; nothing is overwritten."""

import pytest
from django.db import ProgrammingError, transaction

from qingyan.early_warning.actions.signing import ChangedMeanwhile
from qingyan.early_warning.models import PackSignature
from qingyan.early_warning.queries import point_packs
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from tests.early_warning.setting import officer, signed, trail


def test_the_signature_keeps_who_when_and_which_file_and_leaves_a_trace(cast):
    row = signed(cast)
    assert (row.signed_by_id, row.pack) == (cast.city_officer.id, "points/1.0")
    (line,) = trail("early_warning.sign_points")
    assert line.detail["digest"] == row.digest == point_packs.current(cast.city.id).digest


def test_signing_twice_is_one_signature(cast):
    assert signed(cast).id == signed(cast).id
    assert PackSignature.objects.count() == 1


def test_another_file_than_the_one_on_the_page_is_not_signed(cast):
    with pytest.raises(ChangedMeanwhile):
        signed(cast, digest="0" * 64)
    assert PackSignature.objects.count() == 0


@pytest.mark.parametrize("who", ["district_lead", "system_admin", "auditor"])
def test_others_do_not_sign(cast, who):
    with pytest.raises(NotVisible):
        signed(cast, cast.actor(getattr(cast, who)))
    with pytest.raises(NotVisible):
        signed(cast, cast.actor(cast.home.counsellor, cast.home))


def test_a_signature_can_be_neither_changed_nor_removed(cast):
    row = signed(cast)
    with entered(officer(cast)):
        with pytest.raises(ProgrammingError), transaction.atomic():
            PackSignature.objects.filter(id=row.id).update(digest="0" * 64)
        with pytest.raises(ProgrammingError), transaction.atomic():
            PackSignature.objects.filter(id=row.id).delete()
