"""audit.append_many: several entries of one chain under one lock, each chained to the one before it.

The same text is hashed as in audit.append (migration 0002), and the same scope is asked for.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION audit.append_many(p_chain bigint, p_entries jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $append$
DECLARE
  e record;
  v_id bigint;
  v_seq bigint;
  v_prev bytea;
  v_hash bytea;
  v_count bigint := 0;
BEGIN
  IF p_chain <> 0 AND p_chain IS DISTINCT FROM nullif(current_setting('qingyan.school', true), '')::bigint THEN
    RAISE EXCEPTION 'audit.append_many: chain % is not of the entered scope', p_chain USING ERRCODE = '42501';
  END IF;
  IF jsonb_array_length(p_entries) = 0 THEN
    RETURN 0;
  END IF;
  SELECT seq, hash INTO v_seq, v_prev FROM public.audit_head WHERE chain = p_chain FOR UPDATE;
  IF NOT FOUND THEN
    INSERT INTO public.audit_head (chain, seq, hash) VALUES (p_chain, 0, decode(repeat('00', 32), 'hex'))
      ON CONFLICT (chain) DO NOTHING;
    SELECT seq, hash INTO v_seq, v_prev FROM public.audit_head WHERE chain = p_chain FOR UPDATE;
  END IF;
  FOR e IN SELECT * FROM ROWS FROM (jsonb_to_recordset(p_entries) AS (
      at timestamptz, actor_id uuid, actor_kind text, roles text, action text, subject_kind text, subject_id text,
      student_id uuid, purpose text, request_id text, detail jsonb)) WITH ORDINALITY ORDER BY ordinality LOOP
    IF NOT isfinite(e.at) THEN
      RAISE EXCEPTION 'audit.append_many: the time must be finite' USING ERRCODE = '22008';
    END IF;
    v_seq := v_seq + 1;
    v_id := nextval('public.audit_entry_id_seq');
    v_hash := sha256(convert_to(
      audit.part(v_id::text) || audit.part(p_chain::text) || audit.part(v_seq::text)
      || audit.part(to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
      || audit.part(e.actor_id::text) || audit.part(e.actor_kind) || audit.part(e.roles) || audit.part(e.action)
      || audit.part(e.subject_kind) || audit.part(e.subject_id) || audit.part(e.student_id::text)
      || audit.part(e.purpose) || audit.part(e.request_id) || audit.part(e.detail::text)
      || audit.part(encode(v_prev, 'hex')), 'UTF8'));
    INSERT INTO public.audit_entry (id, chain, seq, at, actor_id, actor_kind, roles, action, subject_kind, subject_id,
      student_id, purpose, request_id, detail, prev_hash, hash)
    VALUES (v_id, p_chain, v_seq, e.at, e.actor_id, e.actor_kind, e.roles, e.action, e.subject_kind, e.subject_id,
      e.student_id, e.purpose, e.request_id, e.detail, v_prev, v_hash);
    v_prev := v_hash;
    v_count := v_count + 1;
  END LOOP;
  UPDATE public.audit_head SET seq = v_seq, hash = v_prev WHERE chain = p_chain;
  RETURN v_count;
END $append$;

REVOKE ALL ON FUNCTION audit.append_many(bigint, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit.append_many(bigint, jsonb) TO qingyan_app, qingyan_bureau;
"""

BACKWARD = "DROP FUNCTION audit.append_many(bigint, jsonb);"


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_function")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
