"""Results may be corrected, and nothing is overwritten silently: a trigger keeps what stood there, whoever writes."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION public.screening_keep_earlier_results() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $keep$
BEGIN
  INSERT INTO public.screening_earlierresult (id, sitting_id, student_id, school_id, school_class_id, instrument_hash,
    rule_version, norm_version, "values", bands, not_scorable, screen, scored_at, replaced_at)
  SELECT gen_random_uuid(), o.sitting_id, o.student_id, o.school_id, o.school_class_id, o.instrument_hash,
    o.rule_version, o.norm_version, o."values", o.bands, o.not_scorable, o.screen, o.scored_at, now()
  FROM before_update o JOIN after_update n ON n.sitting_id = o.sitting_id
  WHERE (o."values", o.bands, o.not_scorable, o.screen) IS DISTINCT FROM (n."values", n.bands, n.not_scorable, n.screen);
  RETURN NULL;
END $keep$;
CREATE TRIGGER keep_earlier_results AFTER UPDATE ON screening_result
  REFERENCING OLD TABLE AS before_update NEW TABLE AS after_update
  FOR EACH STATEMENT EXECUTE FUNCTION public.screening_keep_earlier_results();
"""
BACKWARD = """
DROP TRIGGER keep_earlier_results ON screening_result;
DROP FUNCTION public.screening_keep_earlier_results();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0001_the_house_stands"),
        ("people", "0004_files_move_and_are_counted"),
        ("screening", "0007_forms_on_paper"),
    ]

    operations = [
        migrations.CreateModel(
            name="EarlierResult",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("instrument_hash", models.CharField(max_length=64)),
                ("rule_version", models.CharField(max_length=20)),
                ("norm_version", models.CharField(blank=True, max_length=40)),
                ("values", models.JSONField()),
                ("bands", models.JSONField()),
                ("not_scorable", models.JSONField()),
                ("screen", models.JSONField()),
                ("scored_at", models.DateTimeField()),
                ("replaced_at", models.DateTimeField()),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.school"
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.schoolclass"
                    ),
                ),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="screening.sitting"
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.student"
                    ),
                ),
            ],
            options={
                "ordering": ["replaced_at"],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
