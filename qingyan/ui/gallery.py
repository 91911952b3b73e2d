"""The gallery's contents: every component folder with its example, and the invented values that the examples show.

Decides what counts as a component (a folder of templates/ui with an index.html). Everything here is invented.
"""

from dataclasses import dataclass
from pathlib import Path

from django import forms
from django.core.paginator import Page, Paginator
from django.utils.translation import gettext_lazy as _

from qingyan.ui import charts

COMPONENTS = Path(__file__).parent / "templates" / "ui"


@dataclass(frozen=True)
class Component:
    """One component: its tag name and the template of its example."""

    name: str
    example: str


class ExampleForm(forms.Form):
    """A form with each kind of field, one of them filled in wrongly."""

    title = forms.CharField(label=_("活动名称"), help_text=_("老师和学生都会看到这个名称。"), max_length=40)
    stage = forms.ChoiceField(label=_("学段"), choices=[("junior", _("初中")), ("senior", _("高中"))])
    closes = forms.DateField(label=_("截止日期"), widget=forms.DateInput(attrs={"type": "date"}))
    roster = forms.FileField(label=_("名册文件"), required=False, help_text=_("XLSX 或 CSV，不超过 30 MB。"))
    pace = forms.ChoiceField(
        label=_("进行方式"), widget=forms.RadioSelect, choices=[("class", _("按班级在机房")), ("own", _("自选时间"))]
    )
    notice = forms.CharField(label=_("给学生的话"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    confirmed = forms.BooleanField(label=_("我已核对名册"), required=False)


def components() -> list[Component]:
    """Every component in the folder, by name. An example that is missing shows as an error when it is rendered."""
    names = sorted(path.parent.name for path in COMPONENTS.glob("*/index.html"))
    return [Component(name, f"ui/{name}/example.html") for name in names]


def example_context() -> dict[str, object]:
    """The invented values that the examples use, by name."""
    form = ExampleForm({"title": "", "stage": "senior", "closes": "2026-12-05", "pace": "class"})
    form.is_valid()
    return {
        "example_form": form,
        "example_page": _page(),
        "example_lines": _lines(),
        "example_spark": charts.sparkline([2.1, 2.0, None, 2.4, 2.9, 3.4]),
        **_places(),
        **_lists(),
    }


def _places() -> dict[str, object]:
    """Where one is and where one can go."""
    return {
        "example_hotlines": [
            {"name": _("青少年服务台"), "number": "12355", "hours": _("24 小时")},
            {"name": _("全国心理援助热线"), "number": "12356", "hours": _("24 小时")},
        ],
        "example_tabs": [
            {"label": _("待处理"), "url": "#tabs", "current": True, "count": 7},
            {"label": _("处理中"), "url": "#tabs"},
            {"label": _("已结束"), "url": "#tabs"},
        ],
        "example_crumbs": [{"label": _("测评活动"), "url": "#breadcrumbs"}, {"label": _("秋季心理状况了解")}],
        "example_sections": [
            {"title": "", "items": [{"label": _("今天"), "url": "#side-nav", "current": True, "count": 7}]},
            {"title": _("测评"), "items": [{"label": _("测评活动"), "url": "#side-nav"}]},
        ],
    }


def _lists() -> dict[str, object]:
    """Rows, steps and facts."""
    return {
        "example_columns": [
            {"label": _("班级"), "sort_url": "?sort=class", "sorted": "ascending"},
            {"label": _("应答"), "numeric": True, "sort_url": "?sort=due"},
            {"label": _("已完成"), "numeric": True},
            {"label": _("操作"), "hidden": True},
        ],
        "example_rows": [("高一（1）班", 46, 46), ("高一（2）班", 48, 45), ("高一（3）班", 47, 12)],
        "example_steps": [
            {"label": _("上传"), "state": "done"},
            {"label": _("核对"), "state": "current"},
            {"label": _("导入"), "state": "todo"},
        ],
        "example_facts": [
            {"term": _("第 15 题"), "value": _("偏重"), "tone": "red"},
            {"term": _("与上次相比"), "value": "2.1 → 3.4"},
            {"term": _("作答质量"), "value": _("良好"), "tone": "green"},
        ],
    }


def _page() -> Page:
    return Paginator(range(1, 241), 25).page(3)


def _lines() -> charts.LineChart:
    return charts.line_chart(
        [(_("抑郁"), [1.6, 1.8, None, 2.1, 3.4]), (_("焦虑"), [1.4, 1.5, 1.9, 1.8, 2.2])],
        labels=["2024 秋", "2025 春", "2025 秋", "2026 春", "2026 秋"],
        bands=[(1.0, 2.0, _("常模范围"), "green")],
        limits=(1.0, 5.0),
    )
