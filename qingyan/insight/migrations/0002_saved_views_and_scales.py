"""Views that analysts keep; sums of answers by school, and what is told of scales. One more function gives the sums of
several schools to the job that builds releases: it answers only to the platform itself with the sight "cube".
"""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

MAY = """nullif(current_setting('qingyan.kind', true), '') = 'system'
    AND 'cube' = ANY (coalesce(nullif(current_setting('qingyan.sight', true), ''), '{}')::text[])"""

FORWARD = f"""
GRANT CREATE ON SCHEMA counting TO qingyan_counter;

CREATE FUNCTION counting.cube_moments(p_schools bigint[], p_round uuid)
RETURNS TABLE (school_id bigint, instrument text, version text, sheets integer, complete integer,
               sums double precision[], products double precision[],
               missing integer[], lowest integer[], highest integer[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $count$
  SELECT m.school_id, m.instrument, m.version, m.sheets, m.complete, m.sums, m.products, m.missing, m.lowest, m.highest
  FROM public.insight_rawmoments m
  WHERE m.school_id = ANY (p_schools) AND m.round_id = p_round AND {MAY}
  ORDER BY m.instrument, m.version, m.school_id
$count$;

REVOKE ALL ON FUNCTION counting.cube_moments(bigint[], uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION counting.cube_moments(bigint[], uuid) TO qingyan_app;
ALTER FUNCTION counting.cube_moments(bigint[], uuid) OWNER TO qingyan_counter;
REVOKE CREATE ON SCHEMA counting FROM qingyan_counter;
"""

BACKWARD = """
SET LOCAL ROLE qingyan_counter;
DROP FUNCTION counting.cube_moments(bigint[], uuid);
RESET ROLE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("insight", "0001_the_cube_and_what_was_told"),
        ("organisations", "0002_days_that_are_not_as_their_weekday_says"),
        ("screening", "0019_guardians_fill_in_a_form"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RawMoments",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("instrument", models.CharField(max_length=40)),
                ("version", models.CharField(max_length=20)),
                ("sheets", models.PositiveIntegerField()),
                ("complete", models.PositiveIntegerField()),
                ("sums", django.contrib.postgres.fields.ArrayField(base_field=models.FloatField(), size=None)),
                ("products", django.contrib.postgres.fields.ArrayField(base_field=models.FloatField(), size=None)),
                ("missing", django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
                ("lowest", django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
                ("highest", django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
                ("counted_at", models.DateTimeField()),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="screening.campaign"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.school"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("school", "round", "instrument", "version"), name="raw_moments_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReleasedScale",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "level",
                    models.CharField(choices=[("school", "学校"), ("district", "区"), ("city", "市")], max_length=8),
                ),
                ("place", models.BigIntegerField()),
                ("instrument", models.CharField(max_length=40)),
                ("version", models.CharField(max_length=20)),
                ("scale", models.CharField(max_length=60)),
                ("position", models.PositiveSmallIntegerField()),
                ("sheets", models.PositiveIntegerField()),
                ("told", models.JSONField()),
                ("number", models.PositiveIntegerField()),
                ("released_at", models.DateTimeField()),
                ("digest", models.CharField(max_length=64)),
                ("current", models.BooleanField(default=True)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="screening.campaign"
                    ),
                ),
            ],
            options={
                "ordering": ["instrument", "version", "position"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("current", True)),
                        fields=("level", "place", "round", "instrument", "version", "scale"),
                        name="one_current_scale",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ["district", "city"])), name="released_scale_level_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sheets__gte", 100)), name="released_scale_stands_on_many"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "level",
                    models.CharField(choices=[("school", "学校"), ("district", "区"), ("city", "市")], max_length=8),
                ),
                ("place", models.BigIntegerField()),
                ("name", models.CharField(max_length=60)),
                ("choice", models.CharField(max_length=400)),
                ("shared", models.BooleanField(default=False)),
                ("saved_at", models.DateTimeField()),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-saved_at", "id"],
                "indexes": [models.Index(fields=["level", "place", "-saved_at"], name="saved_views_of_a_place")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ["district", "city"])), name="saved_view_level_is_known"
                    )
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
