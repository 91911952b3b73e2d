"""Exact counts by school, and what was told of them. Two functions give the exact counts of several schools to the job
that builds releases: they answer only to the platform itself with the sight "cube", which no post has.
"""

import uuid

import django.db.models.deletion
import django.db.models.functions.math
import django.db.models.lookups
from django.db import migrations, models

MAY = """nullif(current_setting('qingyan.kind', true), '') = 'system'
    AND 'cube' = ANY (coalesce(nullif(current_setting('qingyan.sight', true), ''), '{}')::text[])"""

FORWARD = f"""
GRANT CREATE ON SCHEMA counting TO qingyan_counter;

CREATE FUNCTION counting.cube_cells(p_schools bigint[], p_round uuid, p_term bigint)
RETURNS TABLE (school_id bigint, topic text, part text, band text, sex text, category text,
               count integer, told integer, told_above integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $count$
  SELECT c.school_id, c.topic, c.part, c.band, c.sex, c.category, c.count, c.told, c.told_above
  FROM public.insight_rawcell c
  WHERE c.school_id = ANY (p_schools)
    AND c.round_id IS NOT DISTINCT FROM p_round AND c.term_id IS NOT DISTINCT FROM p_term
    AND {MAY}
  ORDER BY c.school_id, c.id
$count$;

CREATE FUNCTION counting.cube_occasions(p_schools bigint[])
RETURNS TABLE (round_id uuid, term_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $count$
  SELECT DISTINCT c.round_id, c.term_id
  FROM public.insight_rawcell c
  WHERE c.school_id = ANY (p_schools) AND c.count IS DISTINCT FROM c.told AND {MAY}
$count$;

REVOKE ALL ON FUNCTION counting.cube_cells(bigint[], uuid, bigint) FROM PUBLIC;
REVOKE ALL ON FUNCTION counting.cube_occasions(bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION counting.cube_cells(bigint[], uuid, bigint) TO qingyan_app;
GRANT EXECUTE ON FUNCTION counting.cube_occasions(bigint[]) TO qingyan_app;
ALTER FUNCTION counting.cube_cells(bigint[], uuid, bigint) OWNER TO qingyan_counter;
ALTER FUNCTION counting.cube_occasions(bigint[]) OWNER TO qingyan_counter;
REVOKE CREATE ON SCHEMA counting FROM qingyan_counter;
"""

BACKWARD = """
SET LOCAL ROLE qingyan_counter;
DROP FUNCTION counting.cube_occasions(bigint[]);
DROP FUNCTION counting.cube_cells(bigint[], uuid, bigint);
RESET ROLE;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0002_days_that_are_not_as_their_weekday_says"),
        ("screening", "0019_guardians_fill_in_a_form"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReleasedTable",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "level",
                    models.CharField(choices=[("school", "学校"), ("district", "区"), ("city", "市")], max_length=8),
                ),
                ("place", models.BigIntegerField()),
                ("topic", models.CharField(max_length=12)),
                ("number", models.PositiveIntegerField()),
                ("released_at", models.DateTimeField()),
                ("digest", models.CharField(max_length=64)),
                ("current", models.BooleanField(default=True)),
                (
                    "round",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="screening.campaign",
                    ),
                ),
                (
                    "term",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.term",
                    ),
                ),
            ],
            options={
                "ordering": ["-released_at"],
            },
        ),
        migrations.CreateModel(
            name="ReleasedCell",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.CharField(blank=True, max_length=90)),
                ("band", models.CharField(blank=True, max_length=16)),
                ("sex", models.CharField(blank=True, max_length=1)),
                ("category", models.CharField(max_length=40)),
                ("shown", models.PositiveIntegerField(null=True)),
                ("partial", models.BooleanField(default=False)),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="insight.releasedtable"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RawCell",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("topic", models.CharField(max_length=12)),
                ("part", models.CharField(blank=True, max_length=90)),
                ("band", models.CharField(blank=True, max_length=16)),
                ("sex", models.CharField(blank=True, max_length=1)),
                ("category", models.CharField(max_length=40)),
                ("count", models.PositiveIntegerField()),
                ("told", models.PositiveIntegerField(null=True)),
                ("told_above", models.PositiveIntegerField(null=True)),
                ("counted_at", models.DateTimeField()),
                (
                    "round",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="screening.campaign",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.school"
                    ),
                ),
                (
                    "term",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.term",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("school", "round", "term", "topic", "part", "band", "sex", "category"),
                        name="raw_cell_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("round__isnull", False), ("term__isnull", False), _connector="XOR"),
                        name="raw_cell_has_an_occasion",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "topic__in",
                                ["alerts", "coverage", "factors", "levels", "timeliness", "validity", "workload"],
                            )
                        ),
                        name="raw_cell_topic_is_known",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="releasedtable",
            constraint=models.UniqueConstraint(
                condition=models.Q(("current", True)),
                fields=("level", "place", "topic", "round", "term"),
                name="one_current_table",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="releasedtable",
            constraint=models.UniqueConstraint(
                fields=("level", "place", "topic", "round", "term", "number"),
                name="table_number_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="releasedtable",
            constraint=models.CheckConstraint(
                condition=models.Q(("round__isnull", False), ("term__isnull", False), _connector="XOR"),
                name="table_has_an_occasion",
            ),
        ),
        migrations.AddConstraint(
            model_name="releasedtable",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("topic__in", ["alerts", "coverage", "factors", "levels", "timeliness", "validity", "workload"])
                ),
                name="table_topic_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="releasedtable",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", ["school", "district", "city"])), name="table_level_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="releasedcell",
            constraint=models.UniqueConstraint(
                fields=("table", "part", "band", "sex", "category"), name="released_cell_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="releasedcell",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("shown__isnull", True),
                    django.db.models.lookups.Exact(django.db.models.functions.math.Mod("shown", 5), 0),
                    _connector="OR",
                ),
                name="released_figure_is_rounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="releasedcell",
            constraint=models.CheckConstraint(
                condition=models.Q(("shown__isnull", True), ("shown", 0), ("shown__gte", 8), _connector="OR"),
                name="released_figure_is_not_small",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
