"""Who sees which words, held against every page and file: a word of its own in each field, fetched by everybody.

Expected is visibility.yaml, exactly: a word too many is a leak, a word too few a broken promise to whoever needs it.
Permissions and row-level security know nothing of the table, so that loosening it opens nothing and is seen here.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterable
from itertools import product

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from qingyan.cases.models import Referral
from qingyan.foundation.access import policy
from qingyan.foundation.access.roles import Role
from qingyan.foundation.access.scope import entered
from qingyan.foundation.access.visibility import Field, fields
from qingyan.papers.actions.exporting import answer as answer_export
from qingyan.papers.actions.exporting import ask as ask_export
from tests.cases.referral_setting import guardian_says
from tests.factories.city import _staff
from tests.factories.rights import may
from tests.factories.world import BACKEND, World, guarded, path_of, routes
from tests.papers.reading import flat

Cell = tuple[str, str, str]  # who, field, form

# The word that each field holds in the world of the tests: the tail of a canary of the home school.
PLANTED = {
    "alert.reasons": "because",
    "file.entries": "entry",
    "case.source": "case-source",
    "case.step": "case-step",
    "case.interview": "case-interview",
    "case.panel": "case-panel",
    "case.follow_up": "case-followup",
    "case.plan": "case-plan",
    "case.guardian_talk": "case-talk",
    "case.card": "case-card",
    "case.errand": "case-errand",
    "case.handover": "case-handover",
    "case.referral": "case-referral",
    "case.leave": "case-leave",
    "note.summary": "case-summary",
    "note.process": "case-process",
    "mandatory.facts": "case-mandatory",
    "thread.words": "case-thread",
    "glass.words": "glass",
    "concern.text": "letter",
    "bullying.text": "bullying",
    "export.purpose": "purpose",
}
# Who of the cast stands in which relations to what the world holds at home; whoever is left out stands in none.
STANDS: dict[str, tuple[str, set[str]]] = {
    "counsellor": ("counsellor", {"school", "carries", "wrote", "circle"}),
    "colleague": ("counsellor", {"school"}),
    "principal": ("principal", {"school", "acts", "circle"}),
    "homeroom_teacher": ("homeroom_teacher", {"school", "own_class", "asked"}),
    "other_teacher": ("homeroom_teacher", {"school"}),
    "school_admin": ("school_admin", {"school"}),
    "invigilator": ("invigilator", {"school"}),
    "committee": ("bullying_committee", {"school"}),
    "district_lead": ("district_lead", {"oversees", "opened"}),
    "city_officer": ("city_officer", {"oversees"}),
    "doctor": ("doctor", {"code"}),
}
# Keys of an address that stand for several papers or forms.
VARIANTS = {"letter": ("guardian_notice", "interview", "referral"), "kind": ("pdf", "docx", "xlsx")}


@pytest.fixture
def world(committed_cast) -> World:
    made = World(committed_cast)
    home = committed_cast.home
    second = _staff("qingshi.colleague", "苏禾", Role.COUNSELLOR, school=home.school)
    other = _staff("qingshi.other", "许岚", Role.HOMEROOM_TEACHER, school=home.school, school_class=home.class_b)
    for name, account in (("colleague", second), ("other_teacher", other)):
        made.clients[name] = Client(raise_request_exception=False)
        made.clients[name].force_login(account, backend=BACKEND)
    with transaction.atomic():
        guardian_says(committed_cast)
        _approved_export(made)
    return made


def _approved_export(world: World) -> None:
    """An export that somebody asked for and another approved, in the place of the one that waits."""
    home, now = world.cast.home, timezone.now()
    by, leader = world.cast.actor(home.counsellor, home), world.cast.actor(home.principal, home)
    with entered(by):
        made = ask_export(kind="register_open", purpose=_word("purpose"), by=by, now=now)
    with entered(leader):
        answer_export(export=made, agrees=True, by=leader, now=now)
    world.approved = made.id


def _word(tail: str) -> str:
    return f"canary-qingshi-{tail}"


def _words_in(answer) -> tuple[str, str]:
    """The form of an answer, and its words."""
    kind, content = answer.headers.get("Content-Type", ""), answer.content
    if kind.startswith("application/pdf"):
        return "pdf", flat(content)
    if "json" in kind:
        return "json", content.decode()
    if "officedocument" in kind:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            inside = "".join(parts.read(one).decode(errors="ignore") for one in parts.namelist() if "xml" in one)
        return ("docx" if "word" in kind else "xlsx"), re.sub(r"<[^>]+>", "", inside)
    return "html", content.decode(errors="ignore")


def _paths(route: str, world: World) -> Iterable[str]:
    values = world.values(world.cast.home) | {"export_id": world.approved}
    keys = [key for key in VARIANTS if f":{key}>" in route]
    for chosen in product(*(VARIANTS[key] for key in keys)):
        yield path_of(route, values | dict(zip(keys, chosen, strict=True)))


def _seen_in(name: str, answer) -> set[Cell]:
    form, words = _words_in(answer)
    return {(name, field, form) for field, tail in PLANTED.items() if _word(tail) in words}


def seen(world: World, wanted: Callable[[str], bool] = lambda view: True) -> set[Cell]:
    """Everything that anybody saw on any page or in any file of the home school."""
    found: set[Cell] = set()
    open_to_all = [one for one in routes() if not getattr(one[1].callback, "permissions", ())]
    for route, pattern in [*guarded(), *open_to_all]:
        for name, client in world.clients.items():
            here = {"colleague": "counsellor", "other_teacher": "homeroom_teacher"}.get(name, name)
            allowed = may(pattern, here) if getattr(pattern.callback, "permissions", ()) else name == "anonymous"
            if allowed and wanted(pattern.name):
                for path in _paths(route, world):
                    found |= _seen_in(name, client.get(path))
    return found


def _letter_and_doctor(world: World) -> set[Cell]:
    """What goes out: the letter that is printed by a step, and what a doctor opens with its code."""
    home = world.cast.home
    case, referral = world.records[home.school.slug].case, world.records[home.school.slug].referral
    with transaction.atomic(), entered(world.cast.platform()):
        Referral.objects.filter(id=referral).update(basis="consent")
    address = reverse("papers:referral_letter", args=[home.school.slug, case, referral])
    answers = {name: client.post(address, {"again": "1"}) for name, client in world.clients.items()}
    found = {cell for name, answer in answers.items() for cell in _seen_in(name, answer)}
    letter, doctor, place = answers["counsellor"], Client(), {"slug": home.school.slug}
    code = re.search(r"打开的码：([A-Z0-9]{4}(?:-[A-Z0-9]{4}){3})", flat(letter.content))[1]
    doctor.post(reverse("cases:receiver_door", kwargs=place), {"code": code})
    opened = doctor.get(reverse("cases:receiver_page", kwargs=place))
    assert opened.status_code == 200
    return found | _seen_in("doctor", letter) | _seen_in("doctor", opened)


def declared(table: dict[str, Field]) -> set[Cell]:
    """The cells that the table says, for the cast of the world."""
    return {
        (name, code, form)
        for code in PLANTED
        for name, (role, relations) in STANDS.items()
        for form in table[code].forms_for(role, relations)
    }


def differences(found: set[Cell], table: dict[str, Field]) -> list[str]:
    """What was seen and may not be, and what may be and was not."""
    wanted = declared(table)
    return sorted(f"seen: {cell}" for cell in found - wanted) + sorted(f"not seen: {cell}" for cell in wanted - found)


def test_every_field_of_the_table_holds_a_word_of_its_own():
    assert set(PLANTED) == set(fields())
    for one, other in product(PLANTED.values(), repeat=2):
        assert one == other or one not in other


def test_everybody_sees_exactly_what_the_table_says_and_a_loosened_table_is_noticed(world):
    found = seen(world) | _letter_and_doctor(world)
    assert differences(found, fields()) == []
    for code, role, relation, form in (
        ("case.interview", "principal", "acts", "pdf"),
        ("note.process", "counsellor", "school", "html"),
        ("case.card", "homeroom_teacher", "school", "html"),
        ("alert.reasons", "school_admin", "school", "html"),
        ("thread.words", "city_officer", "oversees", "json"),
    ):
        field = fields()[code]
        loosened = {**field.sees, role: {**field.sees.get(role, {}), relation: ("html", "pdf", form)}}
        assert differences(found, {**fields(), code: Field(code, field.title, loosened)}), (code, role)


def test_the_control_a_loosened_policy_shows_words_that_the_table_does_not_say(world, monkeypatch):
    """Let any counsellor read the papers of any case: the colleague's pages must turn the test red."""
    monkeypatch.setitem(policy._tables, "cases.read_papers", policy._tables["cases.read_cases"])
    found = seen(world, wanted=lambda view: view in ("interviews", "plans", "follow_ups"))
    assert any("colleague" in line for line in differences(found, fields()) if line.startswith("seen"))
