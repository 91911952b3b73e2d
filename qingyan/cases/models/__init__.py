"""The tables of cases, one file per noun; imported here because Django looks for models in this package."""

from qingyan.cases.models.case import Case, CaseSource
from qingyan.cases.models.errand import Errand
from qingyan.cases.models.follow_up import FollowUp
from qingyan.cases.models.glass import Glass
from qingyan.cases.models.guardian_talk import GuardianTalk
from qingyan.cases.models.handover import Handover
from qingyan.cases.models.interview import Interview
from qingyan.cases.models.leave import Leave, LeaveStep
from qingyan.cases.models.mandatory import MandatoryRecord, MandatoryResult
from qingyan.cases.models.note import Counselling, ProcessNote, TeamSummary
from qingyan.cases.models.panel import Panel, PanelMember
from qingyan.cases.models.plan import Plan, PlanTask
from qingyan.cases.models.postvention import CareCheck, CareDuty, ClassTalk, Postvention, Ring
from qingyan.cases.models.referral import Referral, ReferralCode, ReferralSlip, ReferralStep, ReferralTry
from qingyan.cases.models.step import CaseStep
from qingyan.cases.models.support import ContactEntry, SupportCard
from qingyan.cases.models.thread import CrisisThread, ThreadEntry
from qingyan.cases.models.todo import ToDo

__all__ = [
    "CareCheck",
    "CareDuty",
    "Case",
    "CaseSource",
    "CaseStep",
    "ClassTalk",
    "ContactEntry",
    "Counselling",
    "CrisisThread",
    "Errand",
    "FollowUp",
    "Glass",
    "GuardianTalk",
    "Handover",
    "Interview",
    "Leave",
    "LeaveStep",
    "MandatoryRecord",
    "MandatoryResult",
    "Panel",
    "PanelMember",
    "Plan",
    "PlanTask",
    "Postvention",
    "ProcessNote",
    "Referral",
    "ReferralCode",
    "ReferralSlip",
    "ReferralStep",
    "ReferralTry",
    "Ring",
    "SupportCard",
    "TeamSummary",
    "ThreadEntry",
    "ToDo",
]
