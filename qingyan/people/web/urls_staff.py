"""Addresses of staff: people:staff… of the city's security administrator, people:school_staff… of a school's own.

urls.py of people includes them. Both lists lead to the same views under different permissions.
"""

from django.urls import URLPattern, path

from qingyan.people.web.views import staff

PARTS = (
    ("", "", staff.listing),
    ("new/", "_new", staff.new),
    ("<uuid:account_id>/", "_person", staff.person),
    ("<uuid:account_id>/posts/", "_add_post", staff.add_post),
    ("<uuid:account_id>/posts/<uuid:post_id>/end/", "_end_post", staff.end_post),
    ("<uuid:account_id>/password/", "_password", staff.renew_password),
    ("<uuid:account_id>/disable/", "_disable", staff.disable),
    ("<uuid:account_id>/enable/", "_enable", staff.enable),
)


def _both() -> list[URLPattern]:
    city = [path(f"staff/{route}", staff.by_city(view), name=f"staff{name}") for route, name, view in PARTS]
    school = [
        path(f"s/<slug:slug>/staff/{route}", staff.by_school(view), name=f"school_staff{name}")
        for route, name, view in PARTS
    ]
    return city + school


urlpatterns = _both()
