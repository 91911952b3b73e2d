"""Model fields: SealedText keeps text encrypted in the database, BlindIndex makes one findable by equality.

Decides: when a value is sealed (at save), opened (when first read) and refused (update, filter, pickle).
Does not: encrypt (`sealing`, `envelope`) or rotate (`rotation`).
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core import checks
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import post_init

from qingyan.foundation.crypto.sealing import Sealed, index_for, open_for, seal_for

INDEX_LENGTH = 32
PLACE = "_sealed_place"
OF_A_MIGRATION = "__fake__"  # the module in which Django makes the models of a migration's state


@dataclass(frozen=True, slots=True)
class Plain:
    """Text in memory that is sealed at the next save. Hidden from repr, refused by pickle."""

    text: str

    def __repr__(self) -> str:
        return "<sealed>"

    def __reduce__(self) -> str | tuple[Any, ...]:
        raise TypeError("A row with opened sealed text cannot be pickled: put its id into the cache or job instead.")

    def __deepcopy__(self, memo: dict[int, Any]) -> "Plain":
        return self


class SealedAttribute(DeferredAttribute):
    """Stands in the model class in the field's place; how a value is read and written the field says."""

    def __get__(self, instance: models.Model | None, cls: type | None = None) -> Any:
        if instance is None:
            return self
        if self.field.attname not in instance.__dict__:
            super().__get__(instance, cls)  # deferred: fetches the value into the instance
        return self.field.__get__(instance, cls)

    def __set__(self, instance: models.Model, value: Any) -> None:
        self.field.__set__(instance, value)


@dataclass(frozen=True, slots=True, repr=False)
class Opened(Plain):
    """Text that was read from the database and not changed: saving writes the same stored bytes back."""

    stored: Sealed


class SealedText(models.Field):
    """Text encrypted with the school's key and bound to its row. Stored as bytea; None stays NULL.

    `school` names the attribute holding the school id (None: city-wide). `padded` hides the length of the text.
    """

    descriptor_class = SealedAttribute
    empty_strings_allowed = False

    def __init__(self, *args: Any, padded: bool = True, school: str | None = "school_id", **kwargs: Any) -> None:
        self.padded, self.school = padded, school
        super().__init__(*args, **kwargs)

    # Here and not in SealedAttribute, so that the type checker knows what an assignment to the field takes.
    def __get__(self, instance: models.Model, cls: type | None = None) -> str | None:
        held = instance.__dict__[self.attname]
        if isinstance(held, Plain):
            return held.text
        text = open_for(type(instance), self.name, *_loaded_place(instance, self), held)
        if text is not None:
            instance.__dict__[self.attname] = Opened(text, held)
        return text

    def __set__(self, instance: models.Model, value: str | Sealed | None) -> None:
        instance.__dict__[self.attname] = Plain(value) if isinstance(value, str) else value

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "padded": self.padded, "school": self.school}

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        # Migrations make thousands of passing models; connected, each would stay in memory and slow the next one down.
        if not cls._meta.abstract and cls.__module__ != OF_A_MIGRATION:
            post_init.connect(_remember_place, sender=cls, dispatch_uid=("sealed place", cls))

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        return [*super().check(**kwargs), *self._check_place()]

    def get_internal_type(self) -> str:
        return "BinaryField"

    def to_python(self, value: Any) -> Any:
        return value if value is None or isinstance(value, (str, Sealed)) else str(value)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:
        held, place = model_instance.__dict__.get(self.attname), place_of(model_instance, self)
        # A migration's row does not know where it was read: it is opened and sealed again, and fails if it was moved.
        unmoved = PLACE in model_instance.__dict__ and place == _loaded_place(model_instance, self)
        if unmoved and isinstance(held, Opened):
            return held.stored
        if unmoved and isinstance(held, Sealed):
            return held
        return seal_for(type(model_instance), self.name, *place, getattr(model_instance, self.attname))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> bytes | None:
        if value is None or isinstance(value, Sealed):
            return None if value is None else bytes(value)
        raise TypeError(
            f"{self.model.__name__}.{self.name} is sealed for one row: assign it to an instance and save(), "
            f"or pass seal_for({self.model.__name__}, {self.name!r}, pk, school_id, value) for exactly that row."
        )

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self.name} is sealed: only __isnull can search it. Put a BlindIndex beside it.")

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError(f"{self.name} is sealed and is not serialised.")

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return super().formfield(**{"form_class": forms.CharField, "max_length": self.max_length, **kwargs})

    def _check_place(self) -> list[checks.CheckMessage]:
        pk, found = self.model._meta.pk, []
        target = pk.target_field if pk.remote_field else pk
        if not isinstance(target, models.UUIDField):
            found.append(checks.Error("A sealed field needs a UUID key made in Python.", obj=self, id="crypto.E001"))
        if self.school is not None and self.school not in {field.attname for field in self.model._meta.fields}:
            found.append(checks.Error(f"No column {self.school} names the school.", obj=self, id="crypto.E002"))
        return found


class BlindIndex(models.Field):
    """Keyed hash of the sealed field `source`, computed at save. Keyed per school, so schools cannot be compared;
    `city_wide=True` keys it for the whole city. Look up with `index_for(...)`. Name both fields in update_fields.
    """

    empty_strings_allowed = False

    def __init__(
        self, *args: Any, source: str, city_wide: bool = False, school: str = "school_id", **kwargs: Any
    ) -> None:
        self.source, self.city_wide, self.school = source, city_wide, school
        super().__init__(*args, **{"editable": False, **kwargs})

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        mine = {"source": self.source, "city_wide": self.city_wide, "school": self.school}
        return name, path, args, {**kwargs, **mine}

    def get_internal_type(self) -> str:
        return "BinaryField"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> bytes | None:
        return None if value is None else bytes(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes | None:
        value = getattr(model_instance, self.source)
        index = index_for(type(model_instance), self.name, getattr(model_instance, self.school), value)
        setattr(model_instance, self.attname, index)
        return index

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> bytes | None:
        if value is None or (isinstance(value, bytes) and len(value) == INDEX_LENGTH):
            return value
        raise TypeError(
            f"{self.name} holds hashes: pass index_for({self.model.__name__}, {self.name!r}, school_id, …)."
        )


def place_of(instance: models.Model, field: SealedText) -> tuple[Any, int | None]:
    """Where the value of this instance stands now: its row id and its school."""
    return instance.pk, None if field.school is None else getattr(instance, field.school)


def _loaded_place(instance: models.Model, field: SealedText) -> tuple[Any, int | None]:
    remembered: tuple[Any, dict[str, Any]] = getattr(instance, PLACE, (instance.pk, {}))
    pk, loaded = remembered
    return pk, None if field.school is None else loaded.get(field.school, getattr(instance, field.school))


def _remember_place(instance: models.Model, **kwargs: Any) -> None:
    """What was read from the database is bound to the place it was read from, even if the instance moves later."""
    schools = {field.school for field in instance._meta.fields if isinstance(field, SealedText)}
    held = {name: instance.__dict__[name] for name in schools if name in instance.__dict__}
    instance.__dict__[PLACE] = (instance.pk, held)
