import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# The bureau reads what was handed in, and nothing before: a report that is still being checked is the school's own.
FORWARD = """
GRANT CREATE ON SCHEMA counting TO qingyan_counter;
CREATE FUNCTION counting.monthly_reports(p_month date)
RETURNS TABLE (school_id bigint, counts jsonb, zero boolean, handed_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $count$
  SELECT r.school_id, r.counts, r.zero, r.handed_at
  FROM public.papers_monthlyreport r
  WHERE r.month = p_month AND r.state = 'handed'
$count$;
REVOKE ALL ON FUNCTION counting.monthly_reports(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION counting.monthly_reports(date) TO qingyan_bureau;
ALTER FUNCTION counting.monthly_reports(date) OWNER TO qingyan_counter;
REVOKE CREATE ON SCHEMA counting FROM qingyan_counter;
"""
BACKWARD = """
SET LOCAL ROLE qingyan_counter;
DROP FUNCTION counting.monthly_reports(date);
RESET ROLE;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("screening", "0002_progress_is_counted_without_persons"),
        ("organisations", "0002_days_that_are_not_as_their_weekday_says"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MonthlyReport",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("month", models.DateField(verbose_name="月份")),
                (
                    "state",
                    models.CharField(
                        choices=[("made", "待核对"), ("checked", "待签发"), ("signed", "待报送"), ("handed", "已报送")],
                        default="made",
                        max_length=12,
                    ),
                ),
                ("counts", models.JSONField(default=dict)),
                ("zero", models.BooleanField(default=False, verbose_name="零报告")),
                ("made_at", models.DateTimeField()),
                ("checked_at", models.DateTimeField(null=True)),
                ("signed_at", models.DateTimeField(null=True)),
                ("handed_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "checked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.school"
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-month"],
                "constraints": [
                    models.UniqueConstraint(fields=("school", "month"), name="one_report_a_month"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["made", "checked", "signed", "handed"])),
                        name="report_state_is_known",
                    ),
                    models.CheckConstraint(condition=models.Q(("month__day", 1)), name="report_month_is_its_first_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "made"),
                            models.Q(("checked_at__isnull", False), ("checked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="report_checked_by_a_named_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("made", "checked")),
                            models.Q(
                                ("signed_at__isnull", False),
                                ("signed_by__isnull", False),
                                models.Q(("signed_by", models.F("checked_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="report_signed_by_another_person",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
