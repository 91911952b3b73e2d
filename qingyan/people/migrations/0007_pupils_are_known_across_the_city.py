"""Whether a pupil is at another school of the city, answered for exact keyed hashes only (ADR 0011).

counting.elsewhere and counting.school_behind belong to the counter, which reads ids, schools, states and the city-wide
blind index of every school, and no name. What a school has asked in a day stands in counting.lookup; the bound is here
and not in the app, so that an app gone wrong cannot lift it.
"""

from django.db import migrations, models

import qingyan.foundation.crypto.fields

FORWARD = """
CREATE TABLE counting.lookup (
  school_id bigint NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  asked integer NOT NULL,
  found integer NOT NULL
);
CREATE INDEX lookup_by_school ON counting.lookup (school_id, at);
CREATE TABLE counting.lookup_token (
  token uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  school_id bigint NOT NULL,
  student_id uuid NOT NULL,
  at timestamptz NOT NULL,
  UNIQUE (school_id, student_id)
);
REVOKE ALL ON counting.lookup, counting.lookup_token FROM PUBLIC;
GRANT SELECT, INSERT ON counting.lookup TO qingyan_counter;
GRANT SELECT, INSERT, UPDATE, DELETE ON counting.lookup_token TO qingyan_counter;

GRANT USAGE, CREATE ON SCHEMA counting TO qingyan_counter;

CREATE FUNCTION counting.asking_school() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $who$
DECLARE
  v_here bigint := nullif(current_setting('qingyan.school', true), '')::bigint;
BEGIN
  IF v_here IS NULL OR nullif(current_setting('qingyan.student', true), '') IS NOT NULL
      OR nullif(current_setting('qingyan.students', true), '') IS NOT NULL
      OR nullif(current_setting('qingyan.classes', true), '') IS NOT NULL
      OR NOT 'roster' = ANY (coalesce(nullif(current_setting('qingyan.sight', true), ''), '{}')::text[]) THEN
    RAISE EXCEPTION 'counting.elsewhere: no sight of the roster of a school' USING ERRCODE = '42501';
  END IF;
  RETURN v_here;
END $who$;

CREATE FUNCTION counting.elsewhere(p_marks bytea[]) RETURNS TABLE (mark bytea, token uuid)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $elsewhere$
DECLARE
  v_here bigint := counting.asking_school();
  v_asked bigint;
  v_found bigint;
  v_hits bigint;
  v_many integer := coalesce(cardinality(p_marks), 0);
BEGIN
  IF v_many = 0 THEN
    RETURN;
  END IF;
  IF v_many > 2000 THEN
    RAISE EXCEPTION 'counting.elsewhere: more than 2000 at once' USING ERRCODE = '22023';
  END IF;
  IF EXISTS (SELECT FROM unnest(p_marks) one WHERE one IS NULL OR octet_length(one) <> 32) THEN
    RAISE EXCEPTION 'counting.elsewhere: whole hashes only' USING ERRCODE = '22023';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('counting.elsewhere', v_here));
  SELECT coalesce(sum(l.asked), 0), coalesce(sum(l.found), 0) INTO v_asked, v_found
    FROM counting.lookup l WHERE l.school_id = v_here AND l.at > clock_timestamp() - interval '24 hours';
  SELECT count(DISTINCT s.city_index) INTO v_hits FROM public.people_student s
    WHERE s.city_index = ANY (p_marks) AND s.school_id <> v_here AND s.state IN ('enrolled', 'on_leave');
  -- One row of nothing says: not answered. Whoever asks too much is told so for this time, and it still counts.
  IF v_asked + v_many > 30000 OR v_found + v_hits > 1500 THEN
    IF v_asked <= 30000 THEN
      INSERT INTO counting.lookup (school_id, asked, found) VALUES (v_here, v_many, 0);
    END IF;
    RETURN QUERY SELECT NULL::bytea, NULL::uuid;
    RETURN;
  END IF;
  INSERT INTO counting.lookup (school_id, asked, found) VALUES (v_here, v_many, v_hits);
  DELETE FROM counting.lookup_token t WHERE t.school_id = v_here AND t.at < clock_timestamp() - interval '7 days';
  RETURN QUERY
    WITH hit AS (
      SELECT DISTINCT ON (s.city_index) s.city_index, s.id FROM public.people_student s
        WHERE s.city_index = ANY (p_marks) AND s.school_id <> v_here AND s.state IN ('enrolled', 'on_leave')
        ORDER BY s.city_index, s.id
    ), given AS (
      INSERT INTO counting.lookup_token AS t (school_id, student_id, at)
        SELECT v_here, hit.id, clock_timestamp() FROM hit
        ON CONFLICT (school_id, student_id) DO UPDATE SET at = excluded.at
        RETURNING t.token, t.student_id
    )
    SELECT hit.city_index, given.token FROM hit JOIN given ON given.student_id = hit.id;
END $elsewhere$;

CREATE FUNCTION counting.school_behind(p_token uuid) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $behind$
  SELECT s.school_id FROM counting.lookup_token t JOIN public.people_student s ON s.id = t.student_id
    WHERE t.token = p_token AND t.school_id = counting.asking_school() AND t.at > clock_timestamp() - interval '7 days'
      AND s.school_id <> t.school_id AND s.state IN ('enrolled', 'on_leave')
$behind$;

REVOKE ALL ON FUNCTION counting.asking_school(), counting.elsewhere(bytea[]), counting.school_behind(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION counting.elsewhere(bytea[]), counting.school_behind(uuid) TO qingyan_app;
ALTER FUNCTION counting.asking_school() OWNER TO qingyan_counter;
ALTER FUNCTION counting.elsewhere(bytea[]) OWNER TO qingyan_counter;
ALTER FUNCTION counting.school_behind(uuid) OWNER TO qingyan_counter;
REVOKE CREATE ON SCHEMA counting FROM qingyan_counter;
"""

BACKWARD = """
SET LOCAL ROLE qingyan_counter;
DROP FUNCTION counting.school_behind(uuid);
DROP FUNCTION counting.elsewhere(bytea[]);
DROP FUNCTION counting.asking_school();
RESET ROLE;
DROP TABLE counting.lookup_token;
DROP TABLE counting.lookup;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0001_the_house_stands"),
        ("people", "0006_rosters_in_parts"),
    ]

    operations = [
        migrations.AddField(
            model_name="student",
            name="city_index",
            field=qingyan.foundation.crypto.fields.BlindIndex(
                city_wide=True, editable=False, null=True, school="school_id", source="city_identity"
            ),
        ),
        migrations.AddField(model_name="transfer", name="by_number", field=models.BooleanField(default=False)),
        migrations.AddIndex(
            model_name="student", index=models.Index(fields=["city_index"], name="student_by_city_index")
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
