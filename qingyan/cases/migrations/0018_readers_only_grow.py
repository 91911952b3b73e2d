"""Whoever may read a sealed paper stays its reader: a successor is added, nobody is struck out (ADR 0035)."""

from django.db import migrations

GROW = """
CREATE FUNCTION public.readers_only_grow() RETURNS trigger LANGUAGE plpgsql AS $grow$
BEGIN
  IF NOT (to_jsonb(NEW) -> TG_ARGV[0]) @> (to_jsonb(OLD) -> TG_ARGV[0]) THEN
    RAISE EXCEPTION 'readers_only_grow: nobody is struck out' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $grow$;
CREATE TRIGGER readers_only_grow BEFORE UPDATE OF heirs ON public.cases_processnote
  FOR EACH ROW EXECUTE FUNCTION public.readers_only_grow('heirs');
CREATE TRIGGER readers_only_grow BEFORE UPDATE OF readers ON public.cases_mandatoryrecord
  FOR EACH ROW EXECUTE FUNCTION public.readers_only_grow('readers');
CREATE TRIGGER readers_only_grow BEFORE UPDATE OF readers ON public.cases_mandatoryresult
  FOR EACH ROW EXECUTE FUNCTION public.readers_only_grow('readers');
"""
SHRINK = """
DROP TRIGGER readers_only_grow ON public.cases_mandatoryresult;
DROP TRIGGER readers_only_grow ON public.cases_mandatoryrecord;
DROP TRIGGER readers_only_grow ON public.cases_processnote;
DROP FUNCTION public.readers_only_grow();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0017_two_cases_of_one_pupil")]

    operations = [migrations.RunSQL(GROW, SHRINK)]
