"""Pages of guardian talks, plans and support cards."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from qingyan.cases.models import Case, SupportCard, ToDo
from qingyan.foundation.access.scope import entered
from qingyan.foundation.crypto.keyring import forget
from tests.alerts.setting import browser
from tests.cases.setting import WORDS, counsellor, in_care
from tests.cases.web.test_pages import at, words


def test_a_talk_with_a_guardian_is_recorded_by_two_and_read_by_the_leader(cast):
    case, client = in_care(cast, "red"), browser(cast.home.counsellor)
    given = {
        "at": f"{timezone.localtime():%Y-%m-%dT%H:%M}",
        "second": str(cast.home.homeroom_teacher.id),
        "relation": "mother",
        "outcome": "refused",
        "witness": "",
        "words": WORDS,
    }
    address = at("guardian_talk", cast.home, case_id=case.id)
    assert client.post(address, given).status_code == 422
    assert "谈话已记下" in words(client.post(address, given | {"witness": "周老师"}, follow=True))
    read = at("guardian_talks", cast.home, case_id=case.id)
    assert WORDS in words(browser(cast.home.principal).get(read))


def test_where_the_guardian_is_withheld_there_is_no_form(cast):
    case, client = in_care(cast), browser(cast.home.counsellor)
    with entered(counsellor(cast)):
        Case.objects.filter(id=case.id).update(guardian_withheld=True)
    answer = client.get(at("guardian_talk", cast.home, case_id=case.id), follow=True)
    assert "先不要联系监护人" in words(answer)


def test_both_plans_are_written_and_read_back(cast):
    case, client = in_care(cast), browser(cast.home.counsellor)
    day = timezone.localdate() + timedelta(days=7)
    safety = {"signs": WORDS, "adults": "林老师", "lines": "12356", "review_on": str(day)}
    care = {"goals": "睡好", "who": "每周", "review_on": str(day), "what-1": "每天问一句", "due-1": str(day)}
    care["who-1"] = str(cast.home.homeroom_teacher.id)
    assert client.post(at("safety_plan", cast.home, case_id=case.id), safety, follow=True).status_code == 200
    client.post(at("care_plan", cast.home, case_id=case.id), care)
    page = words(client.get(at("plans", cast.home, case_id=case.id)))
    for expected in (WORDS, "睡好", "每天问一句", "第 1 版"):
        assert expected in page
    assert WORDS in words(client.get(at("safety_plan", cast.home, case_id=case.id))), "the next begins with the newest"


def test_a_card_goes_to_the_teacher_who_logs_a_contact_and_sees_no_level(cast):
    case, client = in_care(cast, "red"), browser(cast.home.counsellor)
    client.post(at("release_card", cast.home, case_id=case.id), {"words": "上课多看一眼"})
    teacher = browser(cast.home.homeroom_teacher)
    listed = words(teacher.get(at("support", cast.home)))
    assert "上课多看一眼" in listed
    for hidden in ("红 · 极高", "个案", "研判", case.code):
        assert hidden not in listed
    with entered(counsellor(cast)):
        card = SupportCard.objects.get()
    address = at("contact", cast.home, card_id=card.id)
    given = {"at": f"{timezone.localtime():%Y-%m-%dT%H:%M}", "way": "talk", "words": WORDS}
    assert WORDS in words(teacher.post(address, given, follow=True))
    assert browser(cast.other.homeroom_teacher).get(address).status_code == 404
    assert teacher.get(reverse("cases:case", args=[cast.home.school.slug, case.id])).status_code == 404


def test_a_teacher_reads_and_writes_where_the_process_remembers_no_key(cast):
    """Any process may be the next to answer, and a minute after its last sealed word none remembers the key."""
    case, client = in_care(cast), browser(cast.home.counsellor)
    client.post(at("release_card", cast.home, case_id=case.id), {"words": "上课多看一眼"})
    teacher = browser(cast.home.homeroom_teacher)
    with entered(counsellor(cast)):
        address = at("contact", cast.home, card_id=SupportCard.objects.get().id)
    forget()
    assert "上课多看一眼" in words(teacher.get(address))
    forget()
    given = {"at": f"{timezone.localtime():%Y-%m-%dT%H:%M}", "way": "talk", "words": WORDS}
    assert WORDS in words(teacher.post(address, given, follow=True))


def test_a_contact_that_is_ticked_off_is_planned_again(cast):
    case, client = in_care(cast), browser(cast.home.counsellor)
    with entered(counsellor(cast)):
        todo = ToDo.objects.get(kind="contact")
    client.post(at("todo_done", cast.home, case_id=case.id, todo_id=todo.id))
    with entered(counsellor(cast)):
        assert ToDo.objects.filter(kind="contact", done_at__isnull=True).count() == 1
