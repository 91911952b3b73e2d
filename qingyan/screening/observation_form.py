"""What a homeroom teacher marks before any result exists: things seen in class, in the project's own words.

No score is made of it: the form is no instrument and has no norms. It stands beside the pupil's own answers as what
somebody else saw (ADR 0020). A new wording is a new VERSION; marks are kept by position.
"""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERSION = 1
UNMARKED, NOT_SEEN, SOMETIMES, OFTEN = -1, 0, 1, 2
STEPS: tuple[tuple[int, str | Promise], ...] = (
    (NOT_SEEN, _("没看到")),
    (SOMETIMES, _("有时")),
    (OFTEN, _("经常")),
)
BEHAVIOURS: tuple[str | Promise, ...] = (
    _("比以前话少，常一个人待着"),
    _("看起来没精神，上课打瞌睡"),
    _("容易哭，或者看起来难过"),
    _("容易着急、发火"),
    _("坐立不安，看起来紧张"),
    _("注意力难集中，作业明显退步"),
    _("和同学相处有困难，或者被排挤"),
    _("请假、迟到变多，或者说身体不舒服"),
)


def marked(given: Sequence[str]) -> list[int]:
    """The marks of a form as numbers, one for each behaviour; anything that is no step is unmarked."""
    known = {str(step) for step, _words in STEPS}
    padded = [*given, *[""] * len(BEHAVIOURS)][: len(BEHAVIOURS)]
    return [int(one) if one in known else UNMARKED for one in padded]


def whole(marks: Sequence[int]) -> bool:
    """Whether every behaviour is marked."""
    return len(marks) == len(BEHAVIOURS) and UNMARKED not in marks


def seen(marks: Sequence[int], step: int) -> list[str]:
    """The behaviours that were marked with this step, in the order of the form."""
    return [str(words) for words, mark in zip(BEHAVIOURS, marks, strict=False) if mark == step]


def signs(marks: Sequence[int]) -> int:
    """How many behaviours were seen sometimes or often. A count for the order of a list, no score."""
    return sum(mark in (SOMETIMES, OFTEN) for mark in marks)
