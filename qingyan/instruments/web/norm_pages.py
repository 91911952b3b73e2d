"""What the page and the workbook of a norm of the city say: rows for templates and cells, in words."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.web.workbook import Cell, workbook
from qingyan.instruments.models import LocalNorm, LocalNormCell
from qingyan.instruments.queries.local_norms import Figures, in_order
from qingyan.instruments.rules.local_norms import MARKS, possible_values, t_score, value_at
from qingyan.instruments.rules.schema import Scale
from qingyan.instruments.web import words
from qingyan.organisations.api import grade_name

SEXES = {"F": lazy("女"), "M": lazy("男")}
LEFT_OUT = {
    "unjudged": lazy("还没有判断作答质量"),
    "doubtful": lazy("作答存疑，心理教师没有确认照常看"),
    "group": lazy("没有性别或年龄"),
}


def page(figures: Figures) -> dict[str, Any]:
    """Everything the page shows."""
    row, instrument = figures.row, figures.plan.instrument
    return {
        "row": row,
        "code": row.instrument,
        "version": row.instrument_version,
        "title": instrument.title.in_language(words.page_language()),
        "sheets": count_words(row.sheets),
        "left_out": [(LEFT_OUT[why], count_words(count)) for why, count in row.left_out.items() if why in LEFT_OUT],
        "too_small": _("、").join(f"{group_words(row, group)}{SEXES[sex]}" for group, sex in row.too_small),
        "scales": [_scale(figures, scale) for scale in instrument.scales if _cells(figures, scale)],
        "marks": MARKS,
    }


def line(row: LocalNorm) -> dict[str, Any]:
    """One norm beside the published ones."""
    return {"row": row, "sheets": count_words(row.sheets)}


def count_words(count: int | None) -> str:
    """A rounded count; a group of one to seven is not told."""
    return str(_("1–7（不显示）") if count is None else _("约 %(count)s") % {"count": count})


def group_words(row: LocalNorm, group: int) -> str:
    """The name of a grade, or an age."""
    return grade_name(group) if row.group_by == "grade" else str(_("%(age)s 岁") % {"age": group})


def book(figures: Figures, *, by: Actor, now: datetime) -> bytes:
    """One row a value: where it stands in each group, with the group's figures."""
    at = timezone.localtime(now).strftime("%Y-%m-%d %H:%M")
    facts = {"round": figures.row.campaign_title, "rule": figures.row.rule_version, "name": by.name, "at": at}
    foot = _("本市常模，来自“%(round)s”，规则 %(rule)s；人数四舍五入到 5。%(name)s 于 %(at)s 导出") % facts
    headings = [
        _("维度"),
        _("年级或年龄"),
        _("性别"),
        _("人数（约）"),
        _("平均"),
        _("标准差"),
        _("百分位"),
        _("分值"),
        _("T 分"),
    ]
    return workbook(title=_("本市常模"), headings=headings, rows=_rows(figures), foot=foot)


def _rows(figures: Figures) -> Iterator[list[Cell]]:
    instrument, language = figures.plan.instrument, words.page_language()
    for cell in in_order(figures):
        scale = instrument.scale(cell.scale)
        head: list[Cell] = [
            scale.title.in_language(language),
            group_words(figures.row, cell.group),
            str(SEXES[cell.sex]),
            cell.n,
            cell.mean,
            cell.sd,
            _percentiles(cell),
        ]
        values = possible_values(instrument, scale)
        if not values:
            yield head
        for value in values:
            yield [*head, value, t_score(value, cell.mean, cell.sd)]


def _scale(figures: Figures, scale: Scale) -> dict[str, Any]:
    language = words.page_language()
    return {
        "title": scale.title.in_language(language),
        "published": [one for one in figures.plan.instrument.norms if one.scale == scale.id],
        "cells": [
            {
                "group": group_words(figures.row, cell.group),
                "sex": SEXES[cell.sex],
                "cell": cell,
                "percentiles": _percentiles(cell),
                "marks": [(mark, value_at(mark, cell.mean, cell.sd, scale.digits)) for mark in MARKS if cell.sd],
            }
            for cell in _cells(figures, scale)
        ],
    }


def _cells(figures: Figures, scale: Scale) -> list[LocalNormCell]:
    return [cell for cell in in_order(figures) if cell.scale == scale.id]


def _percentiles(cell: LocalNormCell) -> str:
    ordered = sorted(cell.percentiles.items(), key=lambda one: int(one[0]))
    return " · ".join(f"P{percent} {value:g}" for percent, value in ordered)
