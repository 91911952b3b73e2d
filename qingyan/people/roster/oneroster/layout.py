"""The files and columns of a OneRoster 1.2 CSV set that we read and write.

Source: 1EdTech OneRoster CSV Binding 1.2.1 (22 August 2023), https://www.imsglobal.org/spec/oneroster/v1p2/bind/csv.
Of a set we need pupils, their homeroom classes and their days of birth; gradebook and resources are left alone.
What the standard has no column for stands in `metadata.qingyan.*`, as the standard provides for.
"""

from collections.abc import Mapping
from types import MappingProxyType

MANIFEST = "manifest"
MANIFEST_VERSION, ONEROSTER_VERSION = "1.0", "1.2"
BULK, ABSENT, DELTA = "bulk", "absent", "delta"
MANIFEST_COLUMNS = ("propertyName", "value")
FULL_NAME = "metadata.qingyan.fullName"
ETHNICITY = "metadata.qingyan.ethnicity"
ID_KIND = "metadata.qingyan.idKind"
IDENTITY_TYPE = "identity"  # the type of an identity number among userIds: {identity:…}

ALL_FILES = (
    *("academicSessions", "categories", "classes", "classResources", "courses", "courseResources", "demographics"),
    *("enrollments", "lineItemLearningObjectiveIds", "lineItems", "lineItemScoreScales", "orgs", "resources"),
    *("resultLearningObjectiveIds", "results", "resultScoreScales", "roles", "scoreScales", "userProfiles"),
    *("userResources", "users"),
)
NEEDED = ("orgs", "academicSessions", "classes", "users", "roles", "enrollments")
WELCOME = ("demographics",)

_RECORD = ("sourcedId", "status", "dateLastModified")
COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "orgs": (*_RECORD, "name", "type", "identifier", "parentSourcedId"),
        "academicSessions": (
            *_RECORD,
            *("title", "type", "startDate", "endDate", "parentSourcedId", "schoolYear"),
        ),
        "courses": (
            *_RECORD,
            *("schoolYearSourcedId", "title", "courseCode", "grades", "orgSourcedId", "subjects", "subjectCodes"),
        ),
        "classes": (
            *_RECORD,
            *("title", "grades", "courseSourcedId", "classCode", "classType", "location", "schoolSourcedId"),
            *("termSourcedIds", "subjects", "subjectCodes", "periods"),
        ),
        "users": (
            *_RECORD,
            *("enabledUser", "username", "userIds", "givenName", "familyName", "middleName", "identifier", "email"),
            *("sms", "phone", "agentSourcedIds", "grades", "password", "userMasterIdentifier", "preferredGivenName"),
            *("preferredMiddleName", "preferredFamilyName", "primaryOrgSourcedId", "pronouns", FULL_NAME, ID_KIND),
        ),
        "roles": (
            *_RECORD,
            *("userSourcedId", "roleType", "role", "beginDate", "endDate", "orgSourcedId", "userProfileSourcedId"),
        ),
        "enrollments": (
            *_RECORD,
            *("classSourcedId", "schoolSourcedId", "userSourcedId", "role", "primary", "beginDate", "endDate"),
        ),
        "demographics": (
            *_RECORD,
            *("birthDate", "sex", "americanIndianOrAlaskaNative", "asian", "blackOrAfricanAmerican"),
            *("nativeHawaiianOrOtherPacificIslander", "white", "demographicRaceTwoOrMoreRaces"),
            *("hispanicOrLatinoEthnicity", "countryOfBirthCode", "stateOfBirthAbbreviation", "cityOfBirth"),
            *("publicSchoolResidenceStatus", ETHNICITY),
        ),
    }
)

# What the reader must find, and what else it looks at.
REQUIRED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        MANIFEST: MANIFEST_COLUMNS,
        "orgs": ("sourcedId", "name", "type"),
        "academicSessions": ("sourcedId", "startDate", "endDate"),
        "classes": ("sourcedId", "title", "classType", "schoolSourcedId", "termSourcedIds"),
        "users": ("sourcedId", "givenName", "familyName"),
        "roles": ("userSourcedId", "role", "orgSourcedId"),
        "enrollments": ("classSourcedId", "userSourcedId", "role"),
        "demographics": ("sourcedId",),
    }
)
WANTED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "orgs": ("status",),
        "academicSessions": ("status",),
        "classes": ("status", "grades"),
        "users": ("status", "identifier", "userIds", "grades", "phone", "sms", "agentSourcedIds", FULL_NAME, ID_KIND),
        "roles": ("status",),
        "enrollments": ("status", "primary", "beginDate", "endDate"),
        "demographics": ("status", "birthDate", "sex", ETHNICITY),
    }
)
