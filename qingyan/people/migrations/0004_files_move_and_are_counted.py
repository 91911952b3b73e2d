"""Functions behind a transfer and a merge, and the counting of files by state.

moving.*: the owner's, since no scope sees two schools and the app may not rewrite a result. They reach only rows of the
pupils named in qingyan.moving (policy "moving", see protection.py), and check the state of things themselves.
counting.*: the counter's, which reads ids and states of every school and no name.
"""

from django.db import migrations

FORWARD = """
CREATE SCHEMA moving;
REVOKE ALL ON SCHEMA moving FROM PUBLIC;
GRANT USAGE ON SCHEMA moving TO qingyan_app;

CREATE FUNCTION moving.accept_pupil(p_pair uuid, p_student uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $move$
DECLARE
  v_here bigint := nullif(current_setting('qingyan.school', true), '')::bigint;
  v_from bigint;
BEGIN
  IF NOT 'roster' = ANY (coalesce(nullif(current_setting('qingyan.sight', true), ''), '{}')::text[]) THEN
    RAISE EXCEPTION 'moving.accept_pupil: no sight of the roster' USING ERRCODE = '42501';
  END IF;
  PERFORM set_config('qingyan.moving', '{' || p_student || '}', true);
  SELECT school_id INTO v_from FROM public.people_transfer
    WHERE pair = p_pair AND subject = p_student AND direction = 'out' AND other_school_id = v_here AND state = 'offered';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'moving.accept_pupil: not offered to this school' USING ERRCODE = '42501';
  END IF;
  -- Every row that hangs on the pupil follows: the composite keys are ON UPDATE CASCADE.
  UPDATE public.people_student SET school_id = v_here, school_class_id = NULL
    WHERE id = p_student AND school_id = v_from AND state IN ('enrolled', 'on_leave');
  IF NOT FOUND THEN
    RAISE EXCEPTION 'moving.accept_pupil: the pupil is not at the other school' USING ERRCODE = '42501';
  END IF;
  PERFORM set_config('qingyan.moving', '', true);
END $move$;

CREATE FUNCTION moving.hand_rows(p_table regclass, p_keys uuid[], p_from uuid, p_to uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $hand$
DECLARE
  v_here bigint := nullif(current_setting('qingyan.school', true), '')::bigint;
  v_key text;
  v_column text;
  v_count bigint;
BEGIN
  IF NOT 'roster' = ANY (coalesce(nullif(current_setting('qingyan.sight', true), ''), '{}')::text[]) THEN
    RAISE EXCEPTION 'moving.hand_rows: no sight of the roster' USING ERRCODE = '42501';
  END IF;
  PERFORM set_config('qingyan.moving', '{' || p_from || ',' || p_to || '}', true);
  IF (SELECT count(*) FROM public.people_student WHERE id IN (p_from, p_to) AND school_id = v_here) <> 2 THEN
    RAISE EXCEPTION 'moving.hand_rows: not two files of this school' USING ERRCODE = '42501';
  END IF;
  SELECT a.attname INTO v_column FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid
    WHERE c.conrelid = p_table AND c.confrelid = 'public.people_student'::regclass AND c.contype = 'f'
      AND array_length(c.conkey, 1) = 2 AND a.attnum = c.conkey[1];
  SELECT a.attname INTO v_key FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid
    WHERE c.conrelid = p_table AND c.contype = 'p' AND a.attnum = c.conkey[1];
  IF v_column IS NULL OR v_key IS NULL THEN
    RAISE EXCEPTION 'moving.hand_rows: % hangs on no pupil', p_table USING ERRCODE = '42501';
  END IF;
  EXECUTE format('UPDATE %s SET %I = $1 WHERE %I = ANY ($2) AND %I = $3 AND school_id = $4',
    p_table, v_column, v_key, v_column) USING p_to, p_keys, p_from, v_here;
  GET DIAGNOSTICS v_count = ROW_COUNT;
  PERFORM set_config('qingyan.moving', '', true);
  RETURN v_count;
END $hand$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA moving FROM PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA moving TO qingyan_app;

GRANT USAGE, CREATE ON SCHEMA counting TO qingyan_counter;
CREATE FUNCTION counting.files_of(p_school bigint) RETURNS TABLE (school_id bigint, state text, files bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $count$
  SELECT s.school_id, s.state::text, count(*) FROM public.people_student s
    WHERE p_school IS NULL OR s.school_id = p_school GROUP BY 1, 2
  UNION ALL
  SELECT t.school_id, 'waiting_' || t.direction, count(*) FROM public.people_transfer t
    WHERE t.state IN ('asked', 'offered') AND (p_school IS NULL OR t.school_id = p_school) GROUP BY 1, 2
$count$;
CREATE FUNCTION counting.files_by_state() RETURNS TABLE (school_id bigint, state text, files bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $count$
  SELECT * FROM counting.files_of(NULL)
$count$;
CREATE FUNCTION counting.files_by_state_here() RETURNS TABLE (school_id bigint, state text, files bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $count$
  SELECT found.* FROM counting.files_of(coalesce(nullif(current_setting('qingyan.school', true), '')::bigint, 0)) found
  WHERE 'identity' = ANY (coalesce(nullif(current_setting('qingyan.sight', true), ''), '{}')::text[])
    AND nullif(current_setting('qingyan.classes', true), '') IS NULL
$count$;
REVOKE ALL ON FUNCTION counting.files_of(bigint), counting.files_by_state(), counting.files_by_state_here() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION counting.files_by_state() TO qingyan_bureau;
GRANT EXECUTE ON FUNCTION counting.files_by_state_here() TO qingyan_app;
ALTER FUNCTION counting.files_of(bigint) OWNER TO qingyan_counter;
ALTER FUNCTION counting.files_by_state() OWNER TO qingyan_counter;
ALTER FUNCTION counting.files_by_state_here() OWNER TO qingyan_counter;
REVOKE CREATE ON SCHEMA counting FROM qingyan_counter;
"""

BACKWARD = """
SET LOCAL ROLE qingyan_counter;
DROP FUNCTION counting.files_by_state_here();
DROP FUNCTION counting.files_by_state();
DROP FUNCTION counting.files_of(bigint);
RESET ROLE;
DROP SCHEMA moving CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0003_files_over_the_years"), ("screening", "0002_progress_is_counted_without_persons")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
