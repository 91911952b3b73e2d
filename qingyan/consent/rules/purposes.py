"""The shape of library/purposes.yaml: who must agree to what, from which age, on which ground. Pure."""

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Basis(_Strict):
    """The rule that a purpose rests on."""

    rule: str = Field(min_length=1)
    articles: str = Field(min_length=1)
    says: str = Field(min_length=1)


class GuardianRule(_Strict):
    """Below `needed_below` years nothing starts without the guardian; `no_counts`: a recorded no holds at any age."""

    needed_below: int = Field(ge=14, le=18)
    no_counts: bool


class OwnRule(_Strict):
    """From which age the pupil is asked."""

    from_age: int = Field(ge=8, le=18)


class Purpose(_Strict):
    """One thing that is asked and withdrawn on its own."""

    code: str = Field(pattern=r"^[a-z][a-z_]{2,29}$")
    title: str = Field(min_length=1)
    explains: str = Field(min_length=1)
    guardian: GuardianRule
    own: OwnRule
    lasts_months: int = Field(ge=1, le=36)
    withdrawal: str = Field(min_length=1)
    basis: list[Basis] = Field(min_length=1)


_FILE = TypeAdapter(list[Purpose])


def read(raw: object) -> dict[str, Purpose]:
    """The purposes by code, in the file's order. Raises ValueError for a faulty file or a code given twice."""
    found = _FILE.validate_python(raw)
    purposes = {one.code: one for one in found}
    if len(purposes) != len(found):
        raise ValueError("a purpose is written twice")
    return purposes
