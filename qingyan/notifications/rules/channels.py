"""The ways out of the house and what a person may choose for them. Pure."""

from enum import StrEnum


class Channel(StrEnum):
    """A way out of the house. In the platform itself a notice always stands in the inbox."""

    EMAIL = "email"
    WECOM = "wecom"
    DINGTALK = "dingtalk"


class Provider(StrEnum):
    """Whose group robot it is; the value is that of its channel."""

    WECOM = "wecom"
    DINGTALK = "dingtalk"


class Mode(StrEnum):
    """When e-mail goes out to a person: one by one, once a day together, or never."""

    NOW = "now"
    DIGEST = "digest"
    OFF = "off"
