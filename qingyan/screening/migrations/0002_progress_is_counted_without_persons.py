"""Counting functions: how many pupils of each class are invited, have started, have finished. Never a person's row.

They belong to qingyan_counter, which may read only the columns that the models declare as counted. The bureau counts
everywhere; the app counts within its scope, and only for those who may see progress.
"""

from django.db import migrations

FORWARD = """
CREATE SCHEMA counting;
REVOKE ALL ON SCHEMA counting FROM PUBLIC;
GRANT USAGE ON SCHEMA counting TO qingyan_app, qingyan_narrow, qingyan_bureau;
GRANT USAGE, CREATE ON SCHEMA counting TO qingyan_counter;

CREATE FUNCTION counting.progress_of(p_campaign uuid, p_school bigint, p_classes bigint[])
RETURNS TABLE (school_id bigint, class_id bigint, invited bigint, started bigint, finished bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $count$
  WITH asked AS (
    SELECT c.id AS class_id, c.school_id, count(*) AS instruments
    FROM public.screening_campaign r
    JOIN public.screening_campaigninstrument i ON i.campaign_id = r.id
    JOIN public.organisations_schoolclass c ON c.grade BETWEEN i.grade_from AND i.grade_to
    JOIN public.organisations_school s ON s.id = c.school_id
    JOIN public.organisations_district d ON d.id = s.district_id
    WHERE r.id = p_campaign
      AND (r.school_id = c.school_id OR r.city_id = d.city_id)
      AND (p_school IS NULL OR c.school_id = p_school)
      AND (p_classes IS NULL OR c.id = ANY (p_classes))
    GROUP BY c.id, c.school_id
  ), sat AS (
    SELECT t.student_id, t.school_class_id AS class_id, count(*) FILTER (WHERE t.state = 'finished') AS done
    FROM public.screening_sitting t
    WHERE t.campaign_id = p_campaign AND (p_school IS NULL OR t.school_id = p_school)
    GROUP BY t.student_id, t.school_class_id
  ), invited AS (
    SELECT st.id AS student_id, st.school_class_id AS class_id
    FROM public.people_student st
    WHERE st.state = 'enrolled' AND (p_school IS NULL OR st.school_id = p_school)
    UNION
    SELECT sat.student_id, sat.class_id FROM sat
  )
  SELECT asked.school_id, asked.class_id, count(*), count(sat.student_id),
         count(*) FILTER (WHERE sat.done >= asked.instruments)
  FROM asked
  JOIN invited ON invited.class_id = asked.class_id
  LEFT JOIN sat ON sat.student_id = invited.student_id AND sat.class_id = invited.class_id
  GROUP BY asked.school_id, asked.class_id
$count$;

CREATE FUNCTION counting.screening_progress(p_campaign uuid)
RETURNS TABLE (school_id bigint, class_id bigint, invited bigint, started bigint, finished bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $count$
  SELECT * FROM counting.progress_of(p_campaign, NULL, NULL)
$count$;

CREATE FUNCTION counting.screening_progress_here(p_campaign uuid)
RETURNS TABLE (school_id bigint, class_id bigint, invited bigint, started bigint, finished bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $count$
  SELECT found.*
  FROM counting.progress_of(
    p_campaign,
    coalesce(nullif(current_setting('qingyan.school', true), '')::bigint, 0),
    nullif(current_setting('qingyan.classes', true), '')::bigint[]
  ) found
  WHERE 'progress' = ANY (coalesce(nullif(current_setting('qingyan.sight', true), ''), '{}')::text[])
$count$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA counting FROM PUBLIC;
GRANT EXECUTE ON FUNCTION counting.screening_progress(uuid) TO qingyan_bureau;
GRANT EXECUTE ON FUNCTION counting.screening_progress_here(uuid) TO qingyan_app, qingyan_narrow;
ALTER FUNCTION counting.progress_of(uuid, bigint, bigint[]) OWNER TO qingyan_counter;
ALTER FUNCTION counting.screening_progress(uuid) OWNER TO qingyan_counter;
ALTER FUNCTION counting.screening_progress_here(uuid) OWNER TO qingyan_counter;
REVOKE CREATE ON SCHEMA counting FROM qingyan_counter;
"""

BACKWARD = """
SET LOCAL ROLE qingyan_counter;
DROP FUNCTION counting.screening_progress_here(uuid);
DROP FUNCTION counting.screening_progress(uuid);
DROP FUNCTION counting.progress_of(uuid, bigint, bigint[]);
RESET ROLE;
DROP SCHEMA counting;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0001_the_house_stands"),
        ("people", "0001_the_house_stands"),
        ("screening", "0001_the_house_stands"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
