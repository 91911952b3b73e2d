"""Scoring alone, and `qingyan screening rescore` on stored SCL-90 sheets: all different, one in a hundred, none.

"All different" means that every result was written by an older rule: each is compared, scored one by one with reasons,
kept, corrected, filed and judged by the alert rules. Once bands and outcome differ too, and each pupil has an entry in
the trail; once only numbers do. The control is the comparison alone; it writes nothing.
"""

import json
import os
import struct
import time
from uuid import uuid4

import django
import numpy as np
import psycopg

django.setup()

from bench.city import SCHOOLS, fill  # noqa: E402 (settings first)
from qingyan.command.work.rescoring import rescore  # noqa: E402
from qingyan.instruments.api import plan, score_many  # noqa: E402
from qingyan.instruments.contracts import Plan  # noqa: E402
from qingyan.screening.queries.stored_scores import Page, differing  # noqa: E402

PUPILS, ROUNDS = int(os.environ.get("BENCH_PUPILS", "300")), 5
FINISH = """
UPDATE screening_answersheet SET submission = sitting_id, answers_hash = 'x';
UPDATE screening_sitting SET state = 'finished', finished_at = now();
INSERT INTO screening_result (sitting_id, campaign_id, student_id, school_id, school_class_id, instrument, version,
    instrument_hash, rule_version, norm_version, "values", bands, not_scorable, screen, quality, scored_at)
  SELECT id, campaign_id, student_id, school_id, school_class_id, instrument, version, 'x', '0', '', '{}', '{}', '{}',
    '{}', '{}', now() FROM screening_sitting;
"""
NUMBERS = "UPDATE screening_result SET \"values\" = '{}'"
SPOIL = "UPDATE screening_result SET \"values\" = '{}' WHERE abs(hashtext(sitting_id::text)) % 100 = 0"


def _scoring() -> dict[str, float]:
    """Sheets a second in one process, without a database."""
    compiled, luck = plan("scl-90"), np.random.default_rng(7)
    matrix = luck.integers(1, 6, size=(200_000, 90), dtype=np.int8)
    sheets = [row.tolist() for row in matrix[:20_000]]
    for sheet in sheets[:2000]:
        compiled.score(sheet, age=16)
    began = time.perf_counter()
    for sheet in sheets:
        compiled.score(sheet, age=16)
    one_by_one = len(sheets) / (time.perf_counter() - began)
    score_many("scl-90", matrix[:5000])
    began = time.perf_counter()
    score_many("scl-90", matrix)
    return {"score_one": round(one_by_one), "score_matrix": round(len(matrix) / (time.perf_counter() - began))}


def page_of(sheets: list[list[int]], compiled: Plan) -> Page:
    """A page as COLUMNS would send it."""
    scored = [compiled.score(sheet, age=16) for sheet in sheets]
    head = struct.pack(">iiiii", 1, 0, 21, len(sheets[0]), 1)
    scales = [scale.id for scale in compiled.instrument.scales]
    texts = [",".join(json.dumps(one.values.get(scale)) for scale in scales) for one in scored]
    return Page(
        code=compiled.code,
        version=compiled.version,
        rule="",
        ids=b"".join(uuid4().bytes for _ in sheets),
        answers=b"".join(head + b"".join(struct.pack(">ih", 2, value) for value in sheet) for sheet in sheets),
        ages=",".join("16" for _ in sheets),
        outcomes="".join({True: "t", False: "f", None: "-"}[one.screen] for one in scored),
        scores=",".join(texts),
        bands="\n".join(json.dumps(dict(one.bands)) for one in scored),
    )


def _comparing() -> int:
    """Sheets a second in one process: a page as the database sent it, until it is known that nothing differs."""
    compiled, luck = plan("scl-90"), np.random.default_rng(7)
    sheets = luck.integers(1, 6, size=(8192, 90)).tolist()
    page = page_of(sheets, compiled)
    differing(page, compiled)
    began = time.perf_counter()
    for _ in range(10):
        assert differing(page, compiled) == []
    return round(10 * len(page) / (time.perf_counter() - began))


def _rate(result: dict[str, float]) -> int:
    return round(result["seen"] / max(result["seconds"], 0.001))


def main() -> None:
    """Measure and print one JSON object."""
    figures: dict[str, float] = dict(_scoring())
    with psycopg.connect(os.environ["SUPERUSER_URL"], autocommit=True) as owner:
        fill(owner, pupils=PUPILS, rounds=ROUNDS)
        for statement in FINISH.strip().split(";\n"):
            owner.execute(statement)
        owner.execute("VACUUM ANALYZE")
        every = rescore(None, None, write=True)
        owner.execute(NUMBERS)
        numbers = rescore(None, None, write=True)
        owner.execute("VACUUM ANALYZE screening_result")
        owner.execute(SPOIL)
        some = rescore(None, None, write=True)
        none = rescore(None, None, write=True)
    assert every["changed"] == every["seen"] == SCHOOLS * PUPILS * ROUNDS, every
    assert numbers["changed"] == numbers["seen"], numbers
    assert 0 < some["changed"] < some["seen"] / 50, some
    assert none["changed"] == 0, none
    figures |= {"sheets": every["seen"], "rescore_all": _rate(every), "rescore_numbers": _rate(numbers)}
    figures |= {"rescore_hundredth": _rate(some), "rescore_none": _rate(none)}
    figures |= {"compare": _comparing()}
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
