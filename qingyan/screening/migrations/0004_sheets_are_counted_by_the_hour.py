"""Sheets begun and handed in, by school and by hour, for the live boards: numbers only, of one round.

A row without an hour is the sum since the round began. Two covering indexes answer both; a set-aside sheet is no
participation. Whole schools only: the bureau counts everywhere, the app within its scope and with sight of progress.
"""

from django.db import migrations

FORWARD = """
GRANT CREATE ON SCHEMA counting TO qingyan_counter;

CREATE FUNCTION counting.sheets_of(p_campaign uuid, p_school bigint, p_from timestamptz)
RETURNS TABLE (school_id bigint, hour timestamptz, started bigint, finished bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $count$
  SELECT found.school_id, found.hour, sum(found.started)::bigint, sum(found.finished)::bigint FROM (
    SELECT t.school_id, NULL::timestamptz AS hour, count(*) AS started, 0 AS finished
    FROM public.screening_sitting t
    WHERE t.campaign_id = p_campaign AND (p_school IS NULL OR t.school_id = p_school) AND t.state <> 'set_aside'
    GROUP BY t.school_id
    UNION ALL
    SELECT t.school_id, NULL, 0, count(*)
    FROM public.screening_sitting t
    WHERE t.campaign_id = p_campaign AND t.finished_at IS NOT NULL
      AND (p_school IS NULL OR t.school_id = p_school) AND t.state <> 'set_aside'
    GROUP BY t.school_id
    UNION ALL
    SELECT t.school_id, date_trunc('hour', t.started_at), count(*), 0
    FROM public.screening_sitting t
    WHERE t.campaign_id = p_campaign AND t.started_at >= p_from
      AND (p_school IS NULL OR t.school_id = p_school) AND t.state <> 'set_aside'
    GROUP BY 1, 2
    UNION ALL
    SELECT t.school_id, date_trunc('hour', t.finished_at), 0, count(*)
    FROM public.screening_sitting t
    WHERE t.campaign_id = p_campaign AND t.finished_at >= p_from
      AND (p_school IS NULL OR t.school_id = p_school) AND t.state <> 'set_aside'
    GROUP BY 1, 2
  ) found
  GROUP BY found.school_id, found.hour
$count$;

CREATE FUNCTION counting.sheets_by_hour(p_campaign uuid, p_from timestamptz)
RETURNS TABLE (school_id bigint, hour timestamptz, started bigint, finished bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $count$
  SELECT * FROM counting.sheets_of(p_campaign, NULL, p_from)
$count$;

CREATE FUNCTION counting.sheets_by_hour_here(p_campaign uuid, p_from timestamptz)
RETURNS TABLE (school_id bigint, hour timestamptz, started bigint, finished bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $count$
  SELECT found.*
  FROM counting.sheets_of(
    p_campaign, coalesce(nullif(current_setting('qingyan.school', true), '')::bigint, 0), p_from) found
  WHERE 'progress' = ANY (coalesce(nullif(current_setting('qingyan.sight', true), ''), '{}')::text[])
$count$;

REVOKE ALL ON FUNCTION counting.sheets_of(uuid, bigint, timestamptz) FROM PUBLIC;
REVOKE ALL ON FUNCTION counting.sheets_by_hour(uuid, timestamptz) FROM PUBLIC;
REVOKE ALL ON FUNCTION counting.sheets_by_hour_here(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION counting.sheets_by_hour(uuid, timestamptz) TO qingyan_bureau;
GRANT EXECUTE ON FUNCTION counting.sheets_by_hour_here(uuid, timestamptz) TO qingyan_app, qingyan_narrow;
ALTER FUNCTION counting.sheets_of(uuid, bigint, timestamptz) OWNER TO qingyan_counter;
ALTER FUNCTION counting.sheets_by_hour(uuid, timestamptz) OWNER TO qingyan_counter;
ALTER FUNCTION counting.sheets_by_hour_here(uuid, timestamptz) OWNER TO qingyan_counter;
REVOKE CREATE ON SCHEMA counting FROM qingyan_counter;
"""

BACKWARD = """
SET LOCAL ROLE qingyan_counter;
DROP FUNCTION counting.sheets_by_hour_here(uuid, timestamptz);
DROP FUNCTION counting.sheets_by_hour(uuid, timestamptz);
DROP FUNCTION counting.sheets_of(uuid, bigint, timestamptz);
RESET ROLE;
"""


class Migration(migrations.Migration):
    dependencies = [("screening", "0003_the_test_day")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
