"""Forms of the roster import: the file, and the word that rows with errors may be left out."""

from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qingyan.people.roster.limits import MEGABYTE, MOST_BYTES
from qingyan.people.roster.planning import Fate


def _limits() -> str:
    words = gettext("Excel 工作簿（.xlsx）、CSV，或 OneRoster 1.2 的 ZIP，最大 %(limit)s MB，最多 100,000 名学生。")
    return words % {"limit": MOST_BYTES // MEGABYTE}


class UploadForm(forms.Form):
    """One roster file. What is in it is decided by its content, elsewhere; here only that there is one, and how big."""

    file = forms.FileField(
        label=_("名册文件"),
        help_text=lazy(_limits, str)(),  # a lazy text with % would settle its language when the module loads
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.zip"}),
        allow_empty_file=True,
        error_messages={"required": _("还没有选择文件。")},
    )

    def clean_file(self):
        """Refuse a file that is too big before it is read."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            size = {"size": f"{file.size / MEGABYTE:.1f}", "limit": MOST_BYTES // MEGABYTE}
            raise forms.ValidationError(
                _("文件有 %(size)s MB，最多可以上传 %(limit)s MB。请去掉图片等无关内容，或按年级分成几个文件上传。"),
                params=size,
            )
        return file


SKIPPED = (Fate.NEW, Fate.CHANGED, Fate.MOVED, Fate.DUPLICATE, Fate.ELSEWHERE)
MOST_ROWS_A_PAGE = 200


class CommitForm(forms.Form):
    """Whether the rows with errors may be left out, and which kinds of good rows stay out."""

    leave_out_bad = forms.BooleanField(required=False)
    skip = forms.TypedMultipleChoiceField(
        required=False, coerce=Fate, choices=[(fate.value, fate.value) for fate in SKIPPED]
    )


def chosen_rows(posted: QueryDict) -> dict[int, str]:
    """What was chosen on one page: fields are named row-<line>. Anything else is not looked at."""
    rows = [(name.removeprefix("row-"), value) for name, value in posted.items() if name.startswith("row-")]
    return {int(line): value for line, value in rows[:MOST_ROWS_A_PAGE] if line.isascii() and line.isdigit()}


def place_in_list(posted: QueryDict) -> str:
    """Back to the list and page from which somebody came."""
    kept = {name: posted[name] for name in ("list", "page") if posted.get(name, "").isalnum()}
    return f"?{urlencode(kept)}" if kept else ""
