"""The shape of library/kinds.yaml: the only sentences that a notice may say. Pure."""

import re

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

# Words that would tell a bystander what it is about: a lock screen and a group chat are read by others.
TELLING = re.compile(
    r"学生|孩子|同学|预警|红|橙|黄|危机|自伤|自杀|欺凌|心理|测评|量表|得分|等级|级别|个案|转介|监护|家长|医院|病|症"
)


class Kind(BaseModel):
    """One kind of notice: its code, its neutral sentence, whether it passes quiet hours."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    code: str = Field(pattern=r"^[a-z][a-z_]{2,29}$")
    text: str = Field(min_length=4, max_length=40)
    critical: bool


_FILE = TypeAdapter(list[Kind])


def read(raw: object) -> dict[str, Kind]:
    """The kinds by code. Raises ValueError for a faulty file, a code given twice, or a sentence that tells too much."""
    found = _FILE.validate_python(raw)
    kinds = {one.code: one for one in found}
    if len(kinds) != len(found):
        raise ValueError("a kind is written twice")
    telling = [one.code for one in found if TELLING.search(one.text)]
    if telling:
        raise ValueError(f"these sentences tell too much: {', '.join(telling)}")
    return kinds
