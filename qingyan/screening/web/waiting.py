"""What a pupil reads when nothing may begin yet: kind, short, and no word about anybody's decision."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qingyan.consent.contracts import Standing, Why

WORDS: dict[Why, str | Promise] = {
    Why.GUARDIAN_MISSING: _("家长的同意还没有收到，收到以后就可以开始。你没有做错什么，有疑问可以问老师。"),
    Why.GUARDIAN_SAID_NO: _("这几份问卷这次不用你做。有疑问可以问老师，也可以回家和家长说说。"),
}


def waiting_words(stands: Standing) -> str | Promise:
    """The words, or "" when the pupil may begin or only has to say yes."""
    return WORDS.get(stands.why, "")
