"""Models of a city by their number, with their cards in words."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from qingyan.early_warning.models import ModelVersion
from qingyan.early_warning.queries import point_packs
from qingyan.ui.charts import LineChart, line_chart


@dataclass(frozen=True)
class Row:
    """One line of a table of figures; None where there are too few."""

    words: str
    figures: dict[str, Any] | None


def versions(city_id: int) -> list[ModelVersion]:
    """The newest first, at most twenty."""
    return list(ModelVersion.objects.filter(city_id=city_id).select_related("by")[:20])


def version(city_id: int, number: int) -> ModelVersion | None:
    """One model, or None."""
    return ModelVersion.objects.filter(city_id=city_id, number=number).select_related("by").first()


def calibration(card: dict[str, Any]) -> LineChart:
    """What was said and what was found, tenth by tenth of the order, in per cent."""
    bands = card["measures"]["bands"]
    said, found = ([round(100 * band[key], 1) for band in bands] for key in ("said", "found"))
    labels = [str(place) for place in range(1, len(bands) + 1)]
    return line_chart([(_("模型说的"), said), (_("后来发现的"), found)], labels=labels, limits=(0, 100))


def groups(card: dict[str, Any]) -> list[Row]:
    """The subgroups; one with too few pupils has no figure."""
    words = {"girls": _("女生"), "boys": _("男生")}
    return [Row(words.get(name, name), figures) for name, figures in card["groups"].items()]


def weights(row: ModelVersion) -> list[tuple[str, list[tuple[str, float, float | None]]]]:
    """For each sign its levels in words, each with its weight and its share when the model learned."""
    words = {sign.code: sign.words for sign in point_packs.current(row.city_id).pack.signs}
    lines = zip(row.weights["signs"], row.weights["weights"], strict=True)
    return [
        (
            words.get(sign["code"], sign["code"]),
            list(zip((_("不知道"), *sign["levels"]), by_level, row.card["shares"][sign["code"]], strict=True)),
        )
        for sign, by_level in lines
    ]
