"""Which tables hang on a pupil, read from the models: one that a later domain adds is among them by itself."""

from collections.abc import Iterator

from django.db import models

from qingyan.foundation.access.protection import declared
from qingyan.foundation.access.scoping import SchoolScope
from qingyan.people.models import Student


def of_pupils() -> Iterator[tuple[type[models.Model], str]]:
    """Every scoped table whose rows belong to a pupil, with the lookup from the row to the pupil."""
    for model, scope in declared().values():
        if model is None or not isinstance(scope, SchoolScope):
            continue
        if model is Student:
            yield model, "pk"
        else:
            keys = [one for one in model._meta.concrete_fields if getattr(one.remote_field, "model", None) is Student]
            yield from ((model, key.attname) for key in keys)
