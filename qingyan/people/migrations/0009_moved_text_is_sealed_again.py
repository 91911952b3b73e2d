"""Sealed text of a pupil who came from another school is sealed again here, also where the app may only add rows.

Steps, interviews and other histories are append-only for the app. Their text is bound to the old school's key, so the
owner's function writes it again: only while this school accepts the pupil, only columns of sealed bytes, only rows that
hang on that pupil.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION moving.reseal(p_pair uuid, p_student uuid, p_table regclass, p_key uuid, p_columns text[], p_values bytea[])
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $reseal$
DECLARE
  v_here bigint := nullif(current_setting('qingyan.school', true), '')::bigint;
  v_pupil text;
  v_key text;
  v_sets text;
  v_count bigint;
BEGIN
  IF NOT 'roster' = ANY (coalesce(nullif(current_setting('qingyan.sight', true), ''), '{}')::text[]) THEN
    RAISE EXCEPTION 'moving.reseal: no sight of the roster' USING ERRCODE = '42501';
  END IF;
  PERFORM set_config('qingyan.moving', '{' || p_student || '}', true);
  -- Moved and still offered: that is so between moving.accept_pupil and the end of the same acceptance, never else.
  PERFORM 1 FROM public.people_student s JOIN public.people_transfer t ON t.subject = s.id
    WHERE s.id = p_student AND s.school_id = v_here AND t.pair = p_pair AND t.direction = 'out'
      AND t.other_school_id = v_here AND t.state = 'offered';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'moving.reseal: the pupil is not being accepted here' USING ERRCODE = '42501';
  END IF;
  SELECT a.attname INTO v_key FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid
    WHERE c.conrelid = p_table AND c.contype = 'p' AND a.attnum = c.conkey[1];
  IF p_table = 'public.people_student'::regclass THEN
    v_pupil := v_key;
  ELSE
    SELECT a.attname INTO v_pupil FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid
      WHERE c.conrelid = p_table AND c.confrelid = 'public.people_student'::regclass AND c.contype = 'f'
        AND array_length(c.conkey, 1) = 2 AND a.attnum = c.conkey[1];
  END IF;
  SELECT string_agg(format('%I = $1[%s]', one.name, one.place), ', ') INTO v_sets
    FROM unnest(p_columns) WITH ORDINALITY AS one(name, place) JOIN pg_attribute a
      ON a.attrelid = p_table AND a.attname = one.name AND a.atttypid = 'bytea'::regtype AND NOT a.attisdropped;
  IF v_pupil IS NULL OR v_key IS NULL OR v_sets IS NULL
      OR cardinality(p_columns) <> cardinality(p_values)
      OR (SELECT count(*) FROM pg_attribute a WHERE a.attrelid = p_table AND a.attname = ANY (p_columns)
          AND a.atttypid = 'bytea'::regtype) <> cardinality(p_columns) THEN
    RAISE EXCEPTION 'moving.reseal: % has no such sealed columns of a pupil', p_table USING ERRCODE = '42501';
  END IF;
  EXECUTE format('UPDATE %s SET %s WHERE %I = $2 AND %I = $3 AND school_id = $4', p_table, v_sets, v_key, v_pupil)
    USING p_values, p_key, p_student, v_here;
  GET DIAGNOSTICS v_count = ROW_COUNT;
  IF v_count <> 1 THEN
    RAISE EXCEPTION 'moving.reseal: no such row of this pupil' USING ERRCODE = '42501';
  END IF;
  PERFORM set_config('qingyan.moving', '', true);
END $reseal$;
REVOKE ALL ON FUNCTION moving.reseal(uuid, uuid, regclass, uuid, text[], bytea[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION moving.reseal(uuid, uuid, regclass, uuid, text[], bytea[]) TO qingyan_app;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0008_a_committee_against_bullying")]

    operations = [
        migrations.RunSQL(FORWARD, "DROP FUNCTION moving.reseal(uuid, uuid, regclass, uuid, text[], bytea[]);")
    ]
