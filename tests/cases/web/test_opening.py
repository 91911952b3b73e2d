"""From a report to a case, as a counsellor does it: the link on the report, who carries it, the way back."""

from django.urls import reverse

from qingyan.cases.models import Case
from qingyan.foundation.access.scope import entered
from tests.alerts.setting import browser
from tests.cases.actions.test_opening import reported
from tests.cases.setting import counsellor, opened
from tests.cases.web.test_pages import at, words
from tests.concerns.setting import CANARY, Kind, Source, new, raised, stored


def test_a_report_leads_to_a_case_and_each_page_leads_to_the_other(cast):
    report, client = reported(cast, Source.STAFF), browser(cast.home.counsellor)
    page = reverse("concerns:concern", args=[cast.home.school.slug, report.id])
    form = at("open_from_concern", cast.home, concern_id=report.id)
    assert form in words(client.get(page))
    made = words(client.post(form, {"owner": str(cast.home.counsellor.id)}, follow=True))
    assert page in made, "the case names its source"
    assert CANARY not in made, "the words stay in the box"
    with entered(counsellor(cast)):
        case = Case.objects.get()
    assert at("case", cast.home, case_id=case.id) in words(client.get(page)), "the report names its case"


def test_it_joins_the_open_case_without_asking_who_carries_it(cast):
    case, report = opened(cast), reported(cast, Source.SELF)
    client, form = browser(cast.home.counsellor), at("open_from_concern", cast.home, concern_id=report.id)
    assert case.code in words(client.get(form))
    assert case.code in words(client.post(form, {"join": "yes"}, follow=True))


def test_a_letter_that_names_nobody_is_sent_back_to_be_named(cast):
    raised(cast, new(Kind.LETTER, Source.SELF))
    form = at("open_from_concern", cast.home, concern_id=stored(cast).id)
    client = browser(cast.home.counsellor)
    assert "请先写明" in words(client.get(form, follow=True))
    assert browser(cast.home.principal).get(form).status_code == 404
    assert browser(cast.other.counsellor).get(form).status_code == 404
