"""The invigilator's board: one statement for the seats of a class with how far each pupil is; names are the seats'.

Who asks may be an invigilator, whose scope shows no pupil's file: the statement reads seats and sittings only.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.instruments import api as instruments
from qingyan.organisations.api import SchoolClass
from qingyan.people import api as people
from qingyan.screening.models import Campaign, CampaignInstrument, Seat, Sitting
from qingyan.screening.policy import READ_SET_ASIDE, SEE_SEATS
from qingyan.screening.queries.campaigns import asked_count
from qingyan.screening.queries.progress import ClassRow
from qingyan.screening.rules.seats import Board, SeatFacts, board
from qingyan.screening.workflow import SET_ASIDE

SEATS = """
SELECT s.student_id, s.number, s.shown_name,
       count(t.id) FILTER (WHERE t.state = 'finished'),
       coalesce(bool_or(t.state = 'answering'), false),
       coalesce(bool_or(t.state = 'stopped'), false),
       (array_agg(t.id ORDER BY t.help_asked_at) FILTER (
         WHERE t.help_asked_at IS NOT NULL AND (t.help_given_at IS NULL OR t.help_given_at < t.help_asked_at)))[1]
FROM screening_seat s
LEFT JOIN screening_sitting t ON t.school_id = s.school_id AND t.campaign_id = s.campaign_id
  AND t.school_class_id = s.school_class_id AND t.student_id = s.student_id AND t.state <> 'set_aside'
  AND t.again_of_id IS NULL
  AND t.instrument IN (SELECT a.instrument FROM screening_campaigninstrument a WHERE a.campaign_id = s.campaign_id)
WHERE s.school_id = %(school)s AND s.campaign_id = %(campaign)s AND s.school_class_id = %(school_class)s
GROUP BY s.id
ORDER BY s.number
"""


@dataclass(frozen=True)
class Begun:
    """A sitting that a pupil of the board has begun, in the words that pupils see."""

    id: UUID
    title: str
    state: str


@dataclass(frozen=True)
class SetAside:
    """A sheet that somebody else answered, for the counsellor."""

    sitting: Sitting
    name: str
    title: str


def board_of(actor: Actor, campaign: Campaign, school_class: SchoolClass) -> Board:
    """The seats of the class, help first. Raises NotVisible."""
    require(actor, SEE_SEATS, ClassRow(school_class.school_id, school_class.id))
    values = {"school": actor.school_id, "campaign": campaign.id, "school_class": school_class.id}
    with connection.cursor() as cursor:
        cursor.execute(SEATS, values)
        found = [SeatFacts(*row) for row in cursor.fetchall()]
    return board(found, asked_count(campaign, school_class.grade))


def seat_of(actor: Actor, campaign: Campaign, student_id: UUID) -> Seat | None:
    """A pupil's seat in this round, or None."""
    return Seat.objects.filter(campaign=campaign, student_id=student_id, school_id=actor.school_id).first()


def begun_by(actor: Actor, seat: Seat) -> list[Begun]:
    """What was begun under this pupil's name and is not set aside."""
    rows = Sitting.objects.filter(
        campaign_id=seat.campaign_id, student_id=seat.student_id, school_id=actor.school_id, again_of=None
    ).exclude(state=SET_ASIDE)
    rows = rows.filter(
        instrument__in=CampaignInstrument.objects.filter(campaign_id=seat.campaign_id).values("instrument")
    )
    return [
        Begun(row.id, instruments.instrument(row.instrument, row.version).public_title.zh, row.state)
        for row in rows.order_by("started_at")
    ]


def set_aside_in(actor: Actor, campaign: Campaign) -> list[SetAside]:
    """The sheets of this round that were set aside at this school. Raises NotVisible."""
    require(actor, READ_SET_ASIDE)
    rows = list(Sitting.objects.filter(campaign=campaign, school_id=actor.school_id, state=SET_ASIDE))
    names = people.pupils(actor, [row.student_id for row in rows])
    return [
        SetAside(row, names[row.student_id].name, instruments.instrument(row.instrument, row.version).title.zh)
        for row in rows
        if row.student_id in names
    ]
