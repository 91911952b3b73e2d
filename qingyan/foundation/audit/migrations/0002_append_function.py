"""audit.append, the only way to write an entry, and the rights around it.

The function belongs to the owner of the tables; the tables are under forced row-level security, so the owner has a
policy of its own. The text that is hashed is the one of qingyan/foundation/audit/chain.py.
An entry goes to the chain of the school whose scope is entered, or to the platform's (0): nobody writes or holds up the
trail of another school.
"""

from django.db import migrations

FORWARD = """
CREATE SCHEMA IF NOT EXISTS audit;

ALTER TABLE public.audit_head SET (fillfactor = 20);
ALTER TABLE public.audit_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.audit_entry FORCE ROW LEVEL SECURITY;
ALTER TABLE public.audit_head ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.audit_head FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_keeps_entries ON public.audit_entry FOR ALL TO qingyan_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_keeps_heads ON public.audit_head FOR ALL TO qingyan_owner USING (true) WITH CHECK (true);

CREATE FUNCTION audit.part(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN value IS NULL THEN '~' ELSE pg_catalog.length(value) || ':' || value END;

CREATE FUNCTION audit.append(
  p_chain bigint, p_at timestamptz, p_actor uuid, p_kind text, p_roles text, p_action text, p_subject_kind text,
  p_subject_id text, p_student uuid, p_purpose text, p_request text, p_detail jsonb
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $append$
DECLARE
  v_id bigint;
  v_seq bigint;
  v_prev bytea;
  v_hash bytea;
BEGIN
  IF NOT isfinite(p_at) THEN
    RAISE EXCEPTION 'audit.append: the time must be finite' USING ERRCODE = '22008';
  END IF;
  IF p_chain <> 0 AND p_chain IS DISTINCT FROM nullif(current_setting('qingyan.school', true), '')::bigint THEN
    RAISE EXCEPTION 'audit.append: chain % is not of the entered scope', p_chain USING ERRCODE = '42501';
  END IF;
  SELECT seq, hash INTO v_seq, v_prev FROM public.audit_head WHERE chain = p_chain FOR UPDATE;
  IF NOT FOUND THEN
    INSERT INTO public.audit_head (chain, seq, hash) VALUES (p_chain, 0, decode(repeat('00', 32), 'hex'))
      ON CONFLICT (chain) DO NOTHING;
    SELECT seq, hash INTO v_seq, v_prev FROM public.audit_head WHERE chain = p_chain FOR UPDATE;
  END IF;
  v_seq := v_seq + 1;
  v_id := nextval('public.audit_entry_id_seq');
  v_hash := sha256(convert_to(
    audit.part(v_id::text) || audit.part(p_chain::text) || audit.part(v_seq::text)
    || audit.part(to_char(p_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
    || audit.part(p_actor::text) || audit.part(p_kind) || audit.part(p_roles) || audit.part(p_action)
    || audit.part(p_subject_kind) || audit.part(p_subject_id) || audit.part(p_student::text)
    || audit.part(p_purpose) || audit.part(p_request) || audit.part(p_detail::text)
    || audit.part(encode(v_prev, 'hex')), 'UTF8'));
  INSERT INTO public.audit_entry (id, chain, seq, at, actor_id, actor_kind, roles, action, subject_kind, subject_id,
    student_id, purpose, request_id, detail, prev_hash, hash)
  VALUES (v_id, p_chain, v_seq, p_at, p_actor, p_kind, p_roles, p_action, p_subject_kind, p_subject_id,
    p_student, p_purpose, p_request, p_detail, v_prev, v_hash);
  UPDATE public.audit_head SET seq = v_seq, hash = v_hash WHERE chain = p_chain;
  RETURN v_id;
END $append$;

REVOKE ALL ON SCHEMA audit FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA audit FROM PUBLIC;
GRANT USAGE ON SCHEMA audit TO qingyan_app, qingyan_bureau;
GRANT EXECUTE ON FUNCTION audit.append(bigint, timestamptz, uuid, text, text, text, text, text, uuid, text, text, jsonb)
  TO qingyan_app, qingyan_bureau;
"""

BACKWARD = """
DROP SCHEMA audit CASCADE;
DROP POLICY owner_keeps_entries ON public.audit_entry;
DROP POLICY owner_keeps_heads ON public.audit_head;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_entries_and_heads")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
