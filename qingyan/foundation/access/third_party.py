"""Tables that packages bring, each with the reason why it may stand outside a school's scope: no pupil is in them."""

from qingyan.foundation.access.scoping import Unscoped

_ALL = ("INSERT", "UPDATE", "DELETE")

THIRD_PARTY: dict[str, Unscoped] = {
    "django_migrations": Unscoped("which migrations ran", writes=()),
    "django_content_type": Unscoped("names of models", writes=("INSERT",)),
    "django_session": Unscoped("staff sessions, read before a scope exists", writes=_ALL),
    "auth_permission": Unscoped("Django's own permissions, unused", writes=()),
    "auth_group": Unscoped("Django's own groups, unused", writes=()),
    "auth_group_permissions": Unscoped("Django's own groups, unused", writes=()),
    "account_emailaddress": Unscoped("staff e-mail addresses, read before a scope exists", writes=_ALL),
    "account_emailconfirmation": Unscoped("staff e-mail confirmation", writes=_ALL),
    "mfa_authenticator": Unscoped("staff second factors, read before a scope exists", writes=_ALL),
    "axes_accessattempt": Unscoped("wrong staff sign-ins, by person and address together", writes=_ALL),
    "axes_accessattemptexpiration": Unscoped("when a lockout ends", writes=_ALL),
    "axes_accesslog": Unscoped("staff sign-ins", writes=_ALL),
    "axes_accessfailurelog": Unscoped("failed staff sign-ins", writes=_ALL),
    "procrastinate_jobs": Unscoped("jobs; arguments hold identifiers only", writes=_ALL),
    "procrastinate_events": Unscoped("what happened to jobs", writes=_ALL),
    "procrastinate_periodic_defers": Unscoped("when periodic jobs ran", writes=_ALL),
    "procrastinate_workers": Unscoped("workers and their heartbeats", writes=_ALL),
}
