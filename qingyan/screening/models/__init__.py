"""The tables of screening, one file per noun; imported here because Django looks for models in this package."""

from qingyan.screening.models.again import Reinvitation
from qingyan.screening.models.burden import BurdenLimits, BurdenReason
from qingyan.screening.models.campaign import Campaign, CampaignInstrument
from qingyan.screening.models.paper import PaperForm
from qingyan.screening.models.parent_form import ParentForm
from qingyan.screening.models.past import PastShare
from qingyan.screening.models.quality import AnsweringQuality, Reading
from qingyan.screening.models.registration import Registration, RegistrationStep
from qingyan.screening.models.result import EarlierResult, Result
from qingyan.screening.models.second_stage import Assignment, EarlyLook, Observation, ObservationEnd, SecondStage
from qingyan.screening.models.sitting import AnswerSheet, DisputedSubmission, Sitting
from qingyan.screening.models.slot import Slot
from qingyan.screening.models.template import RoundTemplate
from qingyan.screening.models.testday import Reminder, Seat

__all__ = [
    "AnswerSheet",
    "AnsweringQuality",
    "Assignment",
    "BurdenLimits",
    "BurdenReason",
    "Campaign",
    "CampaignInstrument",
    "DisputedSubmission",
    "EarlierResult",
    "EarlyLook",
    "Observation",
    "ObservationEnd",
    "PaperForm",
    "ParentForm",
    "PastShare",
    "Reading",
    "Registration",
    "RegistrationStep",
    "Reinvitation",
    "Reminder",
    "Result",
    "RoundTemplate",
    "Seat",
    "SecondStage",
    "Sitting",
    "Slot",
]
