"""The simulator's page: who gets in, the sums, the sources, and what it says when nothing was published."""

from io import BytesIO

import openpyxl
import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from qingyan.screening.models import PastShare
from tests.screening.setting import city_round, school_round

PHQ_A = "phq-a:default"


@pytest.fixture
def staff(client):
    """Sign a member of staff in."""

    def sign_in(account):
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


def _address(cast, campaign, name="capacity") -> str:
    return reverse(f"screening:{name}", args=[cast.home.school.slug, campaign.id])


def _asked(**more):
    return {"minutes": 40, "full_time": 2, "part_time": 1, "cuts": [PHQ_A], **more}


def _rows(answer) -> list[tuple[str, ...]]:
    return [row.cells for row in answer.context["rows"]]


def test_without_an_assumption_no_figure_is_made_up(cast, staff):
    campaign = school_round(cast, "phq-a")
    answer = staff(cast.home.counsellor).get(_address(cast, campaign))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert _rows(answer) == []
    assert "还缺一个假定" in page
    assert "PMC3217785" in page


def test_published_figures_with_an_assumed_share(cast, staff):
    """Share 10 %: positive 0.895 x 0.1 + 0.225 x 0.9 = 29.2 %, true ones 0.0895 / 0.292 = 30.65 %, missed 10.5 %."""
    campaign = school_round(cast, "phq-a")
    client = staff(cast.home.counsellor)
    answer = client.get(_address(cast, campaign), _asked(cases=10))
    (row,) = _rows(answer)
    assert (row[3], row[7], row[8]) == ("29", "31", "10")


def test_a_second_step_is_a_line_of_its_own_with_its_warning(cast, staff):
    campaign = school_round(cast, "phq-a")
    client = staff(cast.home.counsellor)
    answer = client.get(_address(cast, campaign), _asked(cases=10, second="ces-d:at_least_29"))
    assert len(_rows(answer)) == 2
    assert "误差互不相关" in answer.content.decode()


def test_the_first_questionnaire_is_no_second_look_at_itself(cast, staff):
    campaign = school_round(cast, "phq-a")
    client = staff(cast.home.counsellor)
    answer = client.get(_address(cast, campaign), _asked(cases=10, second=PHQ_A))
    assert answer.status_code == 422
    assert PHQ_A not in dict(answer.context["form"].fields["second"].choices)


def test_a_typed_share_gives_hours_and_says_nothing_of_true_ones(cast, staff):
    campaign = school_round(cast, "rses")
    client = staff(cast.home.counsellor)
    first = client.get(_address(cast, campaign))
    if not first.context["form"].known:
        assert "没有筛查线" in first.content.decode()
        return
    cut = first.context["form"].known[0].key
    (row,) = _rows(client.get(_address(cast, campaign), _asked(cuts=[cut], share=25)))
    assert row[7:] == ("—", "—")


def test_own_earlier_rounds_stand_beside_what_was_published(cast, staff):
    """6 of 30: 20 %, Wilson 9.5 to 37.3 %; of 3 invited that is 0.3 to 1.1 talks."""
    earlier = school_round(cast, "phq-a")
    PastShare.objects.create(
        campaign=earlier,
        school=cast.home.school,
        grade=0,
        instrument="phq-a",
        version="1.1",
        rule="default",
        asked=30,
        positive=6,
        counted_at=timezone.now(),
    )
    campaign = school_round(cast, "phq-a")
    client = staff(cast.home.counsellor)
    answer = client.get(_address(cast, campaign), _asked(cases=10))
    counted, published = _rows(answer)
    assert ("n=30" in counted[1], counted[3]) == (True, "9.5–37")
    assert published[3] == "29"
    assert "9.5–37.3" in answer.content.decode()
    adult = client.get(_address(cast, campaign), _asked(cuts=["phq-a:adult"]))
    assert _rows(adult) == []  # nothing was counted for that line


def test_bad_settings_are_explained_and_kept(cast, staff):
    campaign = school_round(cast, "phq-a")
    client = staff(cast.home.counsellor)
    answer = client.get(_address(cast, campaign), _asked(minutes=0, share=12))
    assert answer.status_code == 422
    assert 'value="12"' in answer.content.decode()


def test_the_city_sums_over_its_schools_and_takes_it_home(client, committed_cast):
    with transaction.atomic():
        campaign = city_round(committed_cast, "phq-a")
    client.force_login(committed_cast.city_officer, backend="django.contrib.auth.backends.ModelBackend")
    asked = _asked(share=25)
    answer = client.get(reverse("screening:city_capacity", args=[campaign.id]), asked)
    (row,) = _rows(answer)
    book = client.get(reverse("screening:city_capacity_workbook", args=[campaign.id]), asked)
    sheet = openpyxl.load_workbook(BytesIO(book.content)).active
    assert [cell.value for cell in sheet[2]][1:] == list(row)


def test_strangers_get_404(cast, staff):
    campaign = school_round(cast, "phq-a")
    assert staff(cast.home.homeroom_teacher).get(_address(cast, campaign)).status_code == 404
