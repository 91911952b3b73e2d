"""Word templates of a city, and the one in use for a form."""

from uuid import UUID

from django.db.models import QuerySet

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, require
from qingyan.papers.models import WordTemplate
from qingyan.papers.policy import KEEP_TEMPLATES, cities_of
from qingyan.papers.workflow import IN_USE


def templates_of(actor: Actor) -> "QuerySet[WordTemplate]":
    """Every version of every form of the officer's city, without the files. Raises NotVisible."""
    require(actor, KEEP_TEMPLATES)
    rows = WordTemplate.objects.filter(city_id__in=cities_of(actor)).select_related("brought_by").defer("content")
    return rows.order_by("form", "-version")


def template_of(actor: Actor, template_id: UUID) -> WordTemplate:
    """One of them. Raises NotVisible."""
    found = templates_of(actor).filter(id=template_id).first()
    if found is None:
        raise NotVisible(KEEP_TEMPLATES.code)
    return found


def template_in_use(form: str, city_id: int) -> bytes | None:
    """The file that papers of this form are made with in this city; None: the default one."""
    found = WordTemplate.objects.filter(form=form, city_id=city_id, state=IN_USE).values_list("content", flat=True)
    content = found.first()
    return None if content is None else bytes(content)
