"""An alert leaves every list with its sealed case; whoever is away may still take one themselves (ADR 0034)."""

from django.db import migrations, models

OWN_WORD_COUNTS = """
CREATE OR REPLACE FUNCTION public.alert_owner_is_here() RETURNS trigger LANGUAGE plpgsql AS $here$
BEGIN
  IF NEW.owner_id = scope.actor() AND NEW.acknowledged_by_id = NEW.owner_id THEN
    RETURN NEW;
  END IF;
  IF EXISTS (SELECT 1 FROM public.alerts_absence a WHERE a.school_id = NEW.school_id AND a.account_id = NEW.owner_id
             AND a.starts_at <= NEW.owner_since AND a.ends_at > NEW.owner_since) THEN
    RAISE EXCEPTION 'alert_owner_is_here: the owner is away' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $here$;
"""
NOBODY_AWAY = """
CREATE OR REPLACE FUNCTION public.alert_owner_is_here() RETURNS trigger LANGUAGE plpgsql AS $here$
BEGIN
  IF EXISTS (SELECT 1 FROM public.alerts_absence a WHERE a.school_id = NEW.school_id AND a.account_id = NEW.owner_id
             AND a.starts_at <= NEW.owner_since AND a.ends_at > NEW.owner_since) THEN
    RAISE EXCEPTION 'alert_owner_is_here: the owner is away' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $here$;
"""


class Migration(migrations.Migration):
    dependencies = [("alerts", "0006_an_alert_may_have_a_hint")]

    operations = [
        migrations.AddField(
            model_name="alert",
            name="sealed_with_case_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunSQL(OWN_WORD_COUNTS, NOBODY_AWAY),
    ]
