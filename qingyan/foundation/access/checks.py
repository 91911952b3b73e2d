"""System checks: every view requires a permission or says why it is public; every model declares its scope."""

from collections.abc import Iterator

from django.core.checks import Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from qingyan.foundation.access.protection import Undeclared, declared

# Views of packages, by the module that holds them, with the reason why they may be reached.
PACKAGE_VIEWS: dict[str, str] = {
    "allauth.account": "staff sign-in; each view checks the session itself",
    "allauth.mfa": "staff second factor; each view asks for a signed-in account",
    "allauth.usersessions": "staff sessions; asks for a signed-in account",
    "allauth.decorators": "staff sign-in; each view checks the session itself",
    "django.views.i18n": "the language of the page; changes nothing else",
    "django.views.static": "files of the front end",
    "django.contrib.staticfiles": "files of the front end",
}


def views_of(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every URL pattern with its whole route."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from views_of(entry, route)
        else:
            yield route, entry


def package_reason(view) -> str | None:
    """Why a package's view may be reached, or None when it is not a known package's."""
    module = getattr(getattr(view, "view_class", view), "__module__", "")
    return next((why for name, why in PACKAGE_VIEWS.items() if module.startswith(name)), None)


@register()
def every_view_declares_a_permission(app_configs, **kwargs) -> list[Error]:
    """qingyan.E001: a view that neither requires a permission nor says why it is public."""
    return [
        Error(f"/{route} declares no permission", hint="Use @requires(…) or @public(reason=…).", id="qingyan.E001")
        for route, pattern in views_of()
        if not getattr(pattern.callback, "permissions", None)
        and not getattr(pattern.callback, "public_reason", None)
        and package_reason(pattern.callback) is None
    ]


@register()
def every_table_declares_a_scope(app_configs, **kwargs) -> list[Error]:
    """qingyan.E002: a model without SchoolScope or Unscoped."""
    try:
        declared()
    except Undeclared as problem:
        return [Error(str(problem), id="qingyan.E002")]
    return []
