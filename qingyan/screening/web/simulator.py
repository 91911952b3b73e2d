"""The simulator's sums as the pages show them: on its own page, and live beside the choice of cut-offs."""

from collections.abc import Sequence
from typing import Any

from qingyan.screening.queries.capacity import Cut
from qingyan.screening.queries.past import Pasts
from qingyan.screening.rules.scenarios import scenarios
from qingyan.screening.web.capacity_words import PAST_COLUMNS, TABLE_COLUMNS, bases_of, hours_chart, past_lines, rows_of
from qingyan.screening.web.forms_capacity import SettingsForm


def simulated(form: SettingsForm, chosen: Sequence[Cut], second: Cut | None, pasts: Pasts) -> dict[str, Any]:
    """Rows, chart and sources of these cut-offs; no figure while the settings cannot be read."""
    shown: dict[str, Any] = {"past_lines": past_lines(chosen, pasts), "past_columns": PAST_COLUMNS}
    shown |= {"usable": form.usable, "second": second, "columns": TABLE_COLUMNS}
    if not form.usable:
        return shown | {"rows": [], "chart": None, "sources": []}
    settings = form.settings(second)
    return shown | {
        "rows": rows_of(scenarios(bases_of(chosen, form.assumed(), pasts), settings)),
        "chart": hours_chart(max((cut.pupils for cut in chosen), default=0), settings),
        "sources": [*chosen, *filter(None, [second])],
    }
