"""The panel's pages, from the invitation to the leader's answer."""

from django.utils import timezone

from qingyan.cases.models import Case, PanelMember
from qingyan.foundation.access.scope import entered
from tests.alerts.setting import browser
from tests.cases.setting import counsellor, held_panel, interviewed
from tests.cases.web.test_pages import at, trail, words


def test_a_panel_is_called_held_and_answered(cast):
    case, home = interviewed(cast), cast.home
    first, second = browser(home.counsellor), browser(home.principal)
    place = {"case_id": case.id}
    page = words(first.get(at("convene", home, **place)))
    assert home.homeroom_teacher.name in page
    invitation = {
        "meets_at": f"{timezone.localtime():%Y-%m-%dT%H:%M}",
        "members": [str(home.counsellor.id), str(home.principal.id), str(home.homeroom_teacher.id)],
        "outside": "王医生 市三院",
        "materials": ["file"],
        "brief": "两周来睡得不好",
    }
    assert "研判会已召集" in words(first.post(at("convene", home, **place), invitation, follow=True))
    with entered(counsellor(cast)):
        members = list(PanelMember.objects.all())
    assert {one.name for one in members} >= {"王医生 市三院"}
    filled = {"decision": "orange", "minutes": "意见一致"}
    for one in members:
        filled |= {f"attended-{one.id}": "on", f"vote-{one.id}": "orange", f"signed-{one.id}": "on"}
    lacking = {key: value for key, value in filled.items() if not key.startswith("signed")}
    refused = first.post(at("hold", home, **place), lacking)
    assert refused.status_code == 422
    assert "签名" in words(refused)
    assert "等待校领导审批" in words(first.post(at("hold", home, **place), filled, follow=True))
    asked = words(second.get(at("answer", home, **place)))
    assert "两周来睡得不好" in asked
    assert "王医生" in asked
    assert second.post(at("answer", home, **place), {"agrees": "no", "reason": ""}).status_code == 422
    second.post(at("answer", home, **place), {"agrees": "yes", "reason": "同意"})
    with entered(counsellor(cast)):
        assert Case.objects.get().level == "orange"
    assert "橙 · 高" in words(first.get(at("case", home, **place)))


def test_the_meetings_are_read_by_owner_and_leader_and_the_look_is_recorded(cast):
    case = interviewed(cast)
    held_panel(cast, case, "yellow")
    address = at("panels", cast.home, case_id=case.id)
    for account in (cast.home.counsellor, cast.home.principal):
        assert "大家意见一致" in words(browser(account).get(address))
    assert trail(cast, "case.papers_read") == 2
    assert browser(cast.home.homeroom_teacher).get(address).status_code == 404


def test_where_there_is_no_meeting_the_pages_say_so(cast):
    case = interviewed(cast)
    client = browser(cast.home.counsellor)
    assert "另一步" in words(client.get(at("hold", cast.home, case_id=case.id), follow=True))
