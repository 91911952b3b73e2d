"""Ten thousand whole sheets handed in by a crowd, on a line that may lose replies. Not a test.

The sheets are answered beforehand by SQL; each pupil answers item 15 once more and hands in. Scores are recomputed.
"""

import random
from dataclasses import dataclass
from uuid import uuid4

from qingyan.instruments.api import plan
from qingyan.screening.rules.sheets import fingerprint
from tests.command.conftest import House
from tests.screening.crowd import CODE, LIFE, Crowd, Sheet, seated, superuser

ANSWER = """
UPDATE screening_answersheet a SET times = array_fill(1500, ARRAY[90]), sequences = array_fill(0, ARRAY[90]),
  answers = (SELECT array_agg(1 + floor(5 * power(random(), 3))::int) FROM generate_series(1, 90)
             WHERE a.sitting_id IS NOT NULL)
"""
SCORED = """
SELECT a.sitting_id, a.answers, a.age, r."values" FROM screening_answersheet a
JOIN screening_result r ON r.sitting_id = a.sitting_id
"""


@dataclass
class Submissions(Crowd):
    """Each sheet: one answer, one hand-in. `deaf` is the share of requests whose reply never arrives."""

    deaf: float = 0.0
    fresh: bool = False  # as a careless page would: a new number for each try

    @property
    def acknowledged(self) -> int:
        """Hand-ins that have a receipt."""
        return sum(sheet.receipt is not None for sheet in self.sheets)

    def _one_sheet(self, link, sheet: Sheet, luck: random.Random, *, finish: bool) -> None:
        self._save(link, sheet, LIFE, luck.choice((1, 1, 1, 2, 3, 5)))
        if self.stop.is_set() or self.wrong:
            return
        answers = [sheet.answers[item] for item in range(self.items)]
        body = {"submission": str(sheet.submission), "hash": fingerprint(answers), "answers": answers}
        said = self._until_acknowledged(link, "/a/finish", sheet, body)
        sheet.receipt = said["receipt"] if said else None

    def _send(self, link, path: str, sheet: Sheet, raw: str) -> tuple[int, dict]:
        if self.fresh:
            raw = raw.replace(str(sheet.submission), str(uuid4()))
        status, said = super()._send(link, path, sheet, raw)
        return (0, {}) if random.random() < self.deaf else (status, said)


def answered(house: House, port: int, *, pupils: int, deaf: float = 0.0, fresh: bool = False) -> Submissions:
    """Pupils with a sheet each, every item answered."""
    crowd = seated(house, port, pupils=pupils)
    with superuser(house) as link:
        link.execute(ANSWER)
        stored = dict(link.execute("SELECT sitting_id, answers FROM screening_answersheet").fetchall())
        link.execute("VACUUM ANALYZE")
    for sheet in crowd.sheets:
        sheet.answers = dict(enumerate(stored[sheet.id]))
    return Submissions(port, crowd.sheets, crowd.items, finish_every=1, deaf=deaf, fresh=fresh)


def wrong_scores(house: House) -> list[str]:
    """Results that are not what the stored answers give."""
    compiled = plan(CODE)
    with superuser(house) as link:
        rows = link.execute(SCORED).fetchall()
    return [str(row[0]) for row in rows if dict(compiled.score(row[1], age=row[2]).values) != row[3]]


def without_natural_keys(house: House) -> None:
    """As if only the page's number of a hand-in told two of them apart."""
    with superuser(house) as link:
        link.execute("ALTER TABLE screening_result DROP CONSTRAINT screening_result_pkey CASCADE")
        link.execute(
            "CREATE FUNCTION public.forgets() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN NEW.submission := NULL; RETURN NEW; END $$"
        )
        link.execute("GRANT EXECUTE ON FUNCTION public.forgets() TO PUBLIC")
        link.execute(
            "CREATE TRIGGER forgets BEFORE UPDATE ON screening_answersheet "
            "FOR EACH ROW EXECUTE FUNCTION public.forgets()"
        )
