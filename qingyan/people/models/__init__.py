"""The tables of people, one file per noun. Imported here because Django looks for a domain's models in this package."""

from qingyan.people.models.account import Account, Post, StaffProfile
from qingyan.people.models.life import Merge, Promotion, SchoolingStep, Transfer
from qingyan.people.models.roster import RosterDraft, RosterPart, RosterProgress
from qingyan.people.models.sign_in import PupilSession, SignInAttempt, Slip, SlipPrint
from qingyan.people.models.student import Enrolment, Guardian, Student

__all__ = [
    "Account",
    "Enrolment",
    "Guardian",
    "Merge",
    "Post",
    "Promotion",
    "PupilSession",
    "RosterDraft",
    "RosterPart",
    "RosterProgress",
    "SchoolingStep",
    "SignInAttempt",
    "Slip",
    "SlipPrint",
    "StaffProfile",
    "Student",
    "Transfer",
]
