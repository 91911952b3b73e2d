"""The demo's consent: one text of the city, papers of guardians (a few missing or no), pupils' own yes."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID, uuid5

import numpy as np

from qingyan.consent.contracts import Way, Word
from qingyan.consent.models import AssentEntry, ConsentEntry, ConsentText
from qingyan.consent.models.ledger import Relation
from qingyan.demo.cast import CITY_LEAD, NAMESPACE, WITH_SLIPS
from qingyan.demo.roll import PupilPlan
from qingyan.demo.town import Town
from qingyan.foundation.database.bulk import insert
from qingyan.organisations.models import SchoolClass

TEXT = uuid5(NAMESPACE, "consent-text:screening")
PUBLISHED_BEFORE = timedelta(days=80)
PAPERS_BEFORE = timedelta(days=70)
# Of those who have answered nothing yet: how many papers are missing, refused, withdrawn; all others agreed.
SHARES = ((0.10, None), (0.13, Word.REFUSED), (0.15, Word.WITHDRAWN))
KEPT = frozenset(pupil.id for pupil in WITH_SLIPS)
OWN_FROM = 14
BODY = """各位家长：

学校请您的孩子做几份心理问卷，用来了解同学们的心理状况，及早给需要的孩子帮助。

谁能看到：答案只有本校心理教师能看；班主任、其他老师和同学都看不到。教育局只看到人数。
不会用来做什么：不作诊断，不用于评优、升学、编班。
您可以不同意：不同意不影响孩子的学习和任何待遇，学校不会追问原因。
您可以改主意：随时可以收回同意，收回以后不再开始新的问卷。

如果孩子有危险，心理教师会按规定联系您。"""


def publish(town: Town, *, now: datetime) -> None:
    """The text of the city. A transaction must be open."""
    ConsentText.objects.create(
        id=TEXT,
        city=town.city,
        purpose="screening",
        version=1,
        title="关于学生心理测评的告家长书",
        body=BODY,
        published_by_id=CITY_LEAD.id,
        published_at=now - PUBLISHED_BEFORE,
    )


def collect(
    members: Iterable[tuple[PupilPlan, SchoolClass]], sat: Collection[UUID], *, recorder: UUID, seed: int, now: datetime
) -> None:
    """The ledger of one school: who sat has agreed; of the others a few have not. In the school's scope."""
    rng, took_part = np.random.default_rng([seed, 15]), KEPT.union(sat)
    said_at = now - PAPERS_BEFORE
    entries, own = [], []
    for pupil, place in members:
        luck = float(rng.random())
        word = Word.AGREED if pupil.id in took_part else _word(luck)
        common = {"student_id": pupil.id, "school_id": place.school_id, "purpose": "screening", "text_id": TEXT}
        if word is not None:
            entries.append(_entry(common, word, luck, recorder, said_at))
        age = pupil.age_on(now.date())
        if pupil.id in took_part and pupil.id not in KEPT and age >= OWN_FROM:
            own.append(AssentEntry(**common, word=Word.AGREED, recorded_at=said_at + timedelta(days=5)))
    insert(ConsentEntry, entries)
    insert(AssentEntry, own)


def _word(luck: float) -> Word | None:
    return next((word for below, word in SHARES if luck < below), Word.AGREED)


def _entry(common: dict, word: Word, luck: float, recorder: UUID, said_at: datetime) -> ConsentEntry:
    return ConsentEntry(
        **common,
        word=word,
        way=Way.PAPER,
        relation=Relation.MOTHER if int(luck * 1000) % 3 else Relation.FATHER,
        said_on=said_at.date(),
        recorded_at=said_at + timedelta(hours=10),
        recorded_by_id=recorder,
    )
