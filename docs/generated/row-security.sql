-- Made by `python -m tools.generate_docs`; do not edit. Written after every migration from the models' declarations
-- (qingyan/foundation/access/protection.py); tests compare it with pg_policies.
--
-- Tables without row-level security, and why:
--   account_emailaddress: staff e-mail addresses, read before a scope exists
--   account_emailconfirmation: staff e-mail confirmation
--   alerts_districtcall: that a school has not answered in time; names a school and staff, no pupil and no reason
--   audit_head: lengths and hashes only; its one policy lets only the owner see rows
--   auth_group: Django's own groups, unused
--   auth_group_permissions: Django's own groups, unused
--   auth_permission: Django's own permissions, unused
--   axes_accessattempt: wrong staff sign-ins, by person and address together
--   axes_accessattemptexpiration: when a lockout ends
--   axes_accessfailurelog: failed staff sign-ins
--   axes_accesslog: staff sign-ins
--   concerns_helpnote: what a school's public help page says; no person's data
--   consent_consenttext: the words that guardians and pupils are asked to agree to; holds no person's data
--   crypto_datakey: keys wrapped by a master key that the database never holds; needed before a scope exists
--   django_content_type: names of models
--   django_migrations: which migrations ran
--   django_session: staff sessions, read before a scope exists
--   foundation_jobs_receipt: job keys only; read before the job enters its scope
--   instruments_broughtwording: the words of a questionnaire that an organisation may use; holds no person's data
--   instruments_itemsignature: who answers for a sensitive item of a released file; holds no pupil's data
--   instruments_localnorm: figures of groups of at least 30 pupils, rounded; holds no pupil's data
--   instruments_localnormcell: figures of a group of at least 30 pupils, rounded; holds no pupil's data
--   instruments_markcheck: that the marks of a questionnaire's words were read by two; holds no pupil's data
--   instruments_reviewdecision: what the city decided about a released file; holds no pupil's data
--   mfa_authenticator: staff second factors, read before a scope exists
--   notifications_delivery: the delivery log: channel, state and times of notices to staff, no content
--   notifications_notification: to staff: a kind of a fixed file, a time and an opaque path; no pupil's name, level or reason
--   notifications_preference: when and how a member of staff wants to be told; no pupil's data
--   notifications_robot: group robots of a school or the city; their addresses are sealed, no pupil's data
--   organisations_city: a place or a date of the public service; holds no person
--   organisations_district: a place or a date of the public service; holds no person
--   organisations_hotline: a place or a date of the public service; holds no person
--   organisations_school: a place or a date of the public service; holds no person
--   organisations_schoolclass: a place or a date of the public service; holds no person
--   organisations_schoolyear: a place or a date of the public service; holds no person
--   organisations_specialday: a place or a date of the public service; holds no person
--   organisations_station: a place or a date of the public service; holds no person
--   organisations_term: a place or a date of the public service; holds no person
--   people_account: read at sign-in, before a scope exists; staff only, no pupil's data
--   people_post: read at sign-in, before a scope exists; staff only, no pupil's data
--   people_staffprofile: read at sign-in, before a scope exists; staff only, no pupil's data
--   procrastinate_events: what happened to jobs
--   procrastinate_jobs: jobs; arguments hold identifiers only
--   procrastinate_periodic_defers: when periodic jobs ran
--   procrastinate_workers: workers and their heartbeats
--   screening_burdenlimits: a rule of the city; holds no person
--   screening_burdenreason: why a round near the limits was opened; holds no pupil's data
--   screening_campaign: the plan of a round; holds no pupil's data
--   screening_campaigninstrument: which instrument in which grades; holds no pupil's data
--   screening_observationend: when a school ended the observation; holds no pupil's data
--   screening_pastshare: counts of at least 30 sheets of a round that is over; no person
--   screening_registration: a school's request to run a test; holds no pupil's data
--   screening_registrationstep: what was said about a school's request; holds no pupil's data
--   screening_roundtemplate: which rounds are templates; holds no pupil's data
--   screening_secondstage: the rule of a round's second stage; holds no pupil's data
--   screening_slot: times and rooms of a round; holds no pupil's data

CREATE SCHEMA IF NOT EXISTS scope;
CREATE OR REPLACE FUNCTION scope.setting(name text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(pg_catalog.current_setting('qingyan.' || name, true), '') $$;
CREATE OR REPLACE FUNCTION scope.actor() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(pg_catalog.current_setting('qingyan.actor', true), '')::uuid $$;
CREATE OR REPLACE FUNCTION scope.school() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(pg_catalog.current_setting('qingyan.school', true), '')::bigint $$;
CREATE OR REPLACE FUNCTION scope.schools() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce(nullif(pg_catalog.current_setting('qingyan.schools', true), ''), '{}')::bigint[] $$;
CREATE OR REPLACE FUNCTION scope.classes() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(pg_catalog.current_setting('qingyan.classes', true), '')::bigint[] $$;
CREATE OR REPLACE FUNCTION scope.student() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(pg_catalog.current_setting('qingyan.student', true), '')::uuid $$;
CREATE OR REPLACE FUNCTION scope.students() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(pg_catalog.current_setting('qingyan.students', true), '')::uuid[] $$;
CREATE OR REPLACE FUNCTION scope.moving() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce(nullif(pg_catalog.current_setting('qingyan.moving', true), ''), '{}')::uuid[] $$;
CREATE OR REPLACE FUNCTION scope.sees(word text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT word = ANY (coalesce(nullif(pg_catalog.current_setting('qingyan.sight', true), ''), '{}')::text[]) $$;
GRANT USAGE ON SCHEMA scope, public TO qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;

DO $$ DECLARE made oid; BEGIN
  FOR made IN SELECT p.oid FROM pg_proc p WHERE p.prosecdef AND has_function_privilege('qingyan_app', p.oid, 'EXECUTE')
      AND p.pronamespace = (SELECT oid FROM pg_namespace WHERE nspname = 'audit') LOOP
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO qingyan_narrow', made::regprocedure);
  END LOOP;
  EXECUTE 'GRANT USAGE ON SCHEMA audit TO qingyan_narrow';
END $$;

REVOKE ALL ON TABLE "account_emailaddress" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE "account_emailaddress" TO qingyan_app;
REVOKE ALL ON TABLE "account_emailconfirmation" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE "account_emailconfirmation" TO qingyan_app;
REVOKE ALL ON TABLE "alerts_absence" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE (ends_at) ON TABLE "alerts_absence" TO qingyan_app;
ALTER TABLE "alerts_absence" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "alerts_absence" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "alerts_absence" AS PERMISSIVE FOR ALL TO qingyan_app USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "alerts_absence" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
REVOKE ALL ON TABLE "alerts_alert" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "alerts_alert" TO qingyan_app;
GRANT INSERT ON TABLE "alerts_alert" TO qingyan_narrow;
ALTER TABLE "alerts_alert" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "alerts_alert" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "alerts_alert" AS PERMISSIVE FOR ALL TO qingyan_app, qingyan_narrow USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "alerts_alert" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY own_student ON "alerts_alert" AS RESTRICTIVE FOR ALL TO qingyan_narrow USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL) OR student_id = (SELECT scope.student()) OR student_id = ANY ((SELECT scope.students())::uuid[]));
CREATE POLICY own_classes ON "alerts_alert" AS RESTRICTIVE FOR ALL TO qingyan_narrow USING ((SELECT scope.classes()) IS NULL OR school_class_id = ANY ((SELECT scope.classes())::bigint[]));
CREATE POLICY sight ON "alerts_alert" AS RESTRICTIVE FOR SELECT TO qingyan_app, qingyan_narrow USING ((SELECT scope.sees('alerts')));
DROP POLICY IF EXISTS moving ON "alerts_alert";
CREATE POLICY moving ON "alerts_alert" AS PERMISSIVE FOR ALL TO qingyan_owner USING (student_id = ANY ((SELECT scope.moving())::uuid[])) WITH CHECK (student_id = ANY ((SELECT scope.moving())::uuid[]));
REVOKE ALL ON TABLE "alerts_districtcall" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "alerts_districtcall" TO qingyan_app;
REVOKE ALL ON TABLE "alerts_dutypost" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, DELETE ON TABLE "alerts_dutypost" TO qingyan_app;
ALTER TABLE "alerts_dutypost" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "alerts_dutypost" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "alerts_dutypost" AS PERMISSIVE FOR ALL TO qingyan_app USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "alerts_dutypost" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
REVOKE ALL ON TABLE "alerts_handing" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT ON TABLE "alerts_handing" TO qingyan_app;
ALTER TABLE "alerts_handing" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "alerts_handing" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "alerts_handing" AS PERMISSIVE FOR ALL TO qingyan_app USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "alerts_handing" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY sight ON "alerts_handing" AS RESTRICTIVE FOR SELECT TO qingyan_app USING ((SELECT scope.sees('alerts') OR scope.sees('duty')));
REVOKE ALL ON TABLE "archives_entry" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT ON TABLE "archives_entry" TO qingyan_app;
GRANT INSERT ON TABLE "archives_entry" TO qingyan_narrow;
ALTER TABLE "archives_entry" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "archives_entry" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "archives_entry" AS PERMISSIVE FOR ALL TO qingyan_app, qingyan_narrow USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "archives_entry" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY own_student ON "archives_entry" AS RESTRICTIVE FOR ALL TO qingyan_narrow USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL) OR student_id = (SELECT scope.student()) OR student_id = ANY ((SELECT scope.students())::uuid[]));
CREATE POLICY own_classes ON "archives_entry" AS RESTRICTIVE FOR ALL TO qingyan_narrow USING ((SELECT scope.classes()) IS NULL);
CREATE POLICY sight ON "archives_entry" AS RESTRICTIVE FOR SELECT TO qingyan_app, qingyan_narrow USING ((SELECT scope.sees('file')));
DROP POLICY IF EXISTS moving ON "archives_entry";
CREATE POLICY moving ON "archives_entry" AS PERMISSIVE FOR ALL TO qingyan_owner USING (student_id = ANY ((SELECT scope.moving())::uuid[])) WITH CHECK (student_id = ANY ((SELECT scope.moving())::uuid[]));
REVOKE ALL ON TABLE "archives_sealedsource" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT ON TABLE "archives_sealedsource" TO qingyan_app;
ALTER TABLE "archives_sealedsource" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "archives_sealedsource" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "archives_sealedsource" AS PERMISSIVE FOR ALL TO qingyan_app USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "archives_sealedsource" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY sight ON "archives_sealedsource" AS RESTRICTIVE FOR SELECT TO qingyan_app USING ((SELECT scope.sees('file')));
DROP POLICY IF EXISTS moving ON "archives_sealedsource";
CREATE POLICY moving ON "archives_sealedsource" AS PERMISSIVE FOR ALL TO qingyan_owner USING (student_id = ANY ((SELECT scope.moving())::uuid[])) WITH CHECK (student_id = ANY ((SELECT scope.moving())::uuid[]));
REVOKE ALL ON TABLE "audit_entry" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT ON TABLE "audit_entry" TO qingyan_app;
ALTER TABLE "audit_entry" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "audit_entry" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "audit_entry" AS PERMISSIVE FOR SELECT TO qingyan_app USING (chain = (SELECT scope.school()));
CREATE POLICY whole_school ON "audit_entry" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY sight ON "audit_entry" AS RESTRICTIVE FOR SELECT TO qingyan_app USING ((SELECT scope.sees('audit')));
REVOKE ALL ON TABLE "audit_head" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT ON TABLE "audit_head" TO qingyan_app;
REVOKE ALL ON TABLE "auth_group" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT ON TABLE "auth_group" TO qingyan_app;
REVOKE ALL ON TABLE "auth_group_permissions" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT ON TABLE "auth_group_permissions" TO qingyan_app;
REVOKE ALL ON TABLE "auth_permission" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT ON TABLE "auth_permission" TO qingyan_app;
REVOKE ALL ON TABLE "axes_accessattempt" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE "axes_accessattempt" TO qingyan_app;
REVOKE ALL ON TABLE "axes_accessattemptexpiration" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE "axes_accessattemptexpiration" TO qingyan_app;
REVOKE ALL ON TABLE "axes_accessfailurelog" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE "axes_accessfailurelog" TO qingyan_app;
REVOKE ALL ON TABLE "axes_accesslog" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE "axes_accesslog" TO qingyan_app;
REVOKE ALL ON TABLE "cases_case" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "cases_case" TO qingyan_app;
ALTER TABLE "cases_case" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "cases_case" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "cases_case" AS PERMISSIVE FOR ALL TO qingyan_app USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "cases_case" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY sight ON "cases_case" AS RESTRICTIVE FOR SELECT TO qingyan_app USING ((SELECT scope.sees('cases') OR scope.sees('case_leader')));
DROP POLICY IF EXISTS moving ON "cases_case";
CREATE POLICY moving ON "cases_case" AS PERMISSIVE FOR ALL TO qingyan_owner USING (student_id = ANY ((SELECT scope.moving())::uuid[])) WITH CHECK (student_id = ANY ((SELECT scope.moving())::uuid[]));
REVOKE ALL ON TABLE "cases_casesource" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT ON TABLE "cases_casesource" TO qingyan_app;
ALTER TABLE "cases_casesource" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "cases_casesource" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "cases_casesource" AS PERMISSIVE FOR ALL TO qingyan_app USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "cases_casesource" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY sight ON "cases_casesource" AS RESTRICTIVE FOR SELECT TO qingyan_app USING ((SELECT scope.sees('cases')));
DROP POLICY IF EXISTS moving ON "cases_casesource";
CREATE POLICY moving ON "cases_casesource" AS PERMISSIVE FOR ALL TO qingyan_owner USING (student_id = ANY ((SELECT scope.moving())::uuid[])) WITH CHECK (student_id = ANY ((SELECT scope.moving())::uuid[]));
REVOKE ALL ON TABLE "cases_casestep" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT ON TABLE "cases_casestep" TO qingyan_app;
ALTER TABLE "cases_casestep" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "cases_casestep" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "cases_casestep" AS PERMISSIVE FOR ALL TO qingyan_app USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "cases_casestep" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY sight ON "cases_casestep" AS RESTRICTIVE FOR SELECT TO qingyan_app USING ((SELECT scope.sees('cases') OR scope.sees('case_leader')));
DROP POLICY IF EXISTS moving ON "cases_casestep";
CREATE POLICY moving ON "cases_casestep" AS PERMISSIVE FOR ALL TO qingyan_owner USING (student_id = ANY ((SELECT scope.moving())::uuid[])) WITH CHECK (student_id = ANY ((SELECT scope.moving())::uuid[]));
REVOKE ALL ON TABLE "cases_interview" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT ON TABLE "cases_interview" TO qingyan_app;
ALTER TABLE "cases_interview" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "cases_interview" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "cases_interview" AS PERMISSIVE FOR ALL TO qingyan_app USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "cases_interview" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY sight ON "cases_interview" AS RESTRICTIVE FOR SELECT TO qingyan_app USING ((SELECT scope.sees('cases')));
DROP POLICY IF EXISTS moving ON "cases_interview";
CREATE POLICY moving ON "cases_interview" AS PERMISSIVE FOR ALL TO qingyan_owner USING (student_id = ANY ((SELECT scope.moving())::uuid[])) WITH CHECK (student_id = ANY ((SELECT scope.moving())::uuid[]));
REVOKE ALL ON TABLE "cases_panel" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "cases_panel" TO qingyan_app;
ALTER TABLE "cases_panel" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "cases_panel" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "cases_panel" AS PERMISSIVE FOR ALL TO qingyan_app USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "cases_panel" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY sight ON "cases_panel" AS RESTRICTIVE FOR SELECT TO qingyan_app USING ((SELECT scope.sees('cases') OR scope.sees('case_leader')));
DROP POLICY IF EXISTS moving ON "cases_panel";
CREATE POLICY moving ON "cases_panel" AS PERMISSIVE FOR ALL TO qingyan_owner USING (student_id = ANY ((SELECT scope.moving())::uuid[])) WITH CHECK (student_id = ANY ((SELECT scope.moving())::uuid[]));
REVOKE ALL ON TABLE "cases_panelmember" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "cases_panelmember" TO qingyan_app;
ALTER TABLE "cases_panelmember" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "cases_panelmember" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "cases_panelmember" AS PERMISSIVE FOR ALL TO qingyan_app USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "cases_panelmember" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY sight ON "cases_panelmember" AS RESTRICTIVE FOR SELECT TO qingyan_app USING ((SELECT scope.sees('cases') OR scope.sees('case_leader')));
DROP POLICY IF EXISTS moving ON "cases_panelmember";
CREATE POLICY moving ON "cases_panelmember" AS PERMISSIVE FOR ALL TO qingyan_owner USING (student_id = ANY ((SELECT scope.moving())::uuid[])) WITH CHECK (student_id = ANY ((SELECT scope.moving())::uuid[]));
REVOKE ALL ON TABLE "cases_todo" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "cases_todo" TO qingyan_app;
ALTER TABLE "cases_todo" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "cases_todo" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "cases_todo" AS PERMISSIVE FOR ALL TO qingyan_app USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "cases_todo" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY sight ON "cases_todo" AS RESTRICTIVE FOR SELECT TO qingyan_app USING ((SELECT scope.sees('cases') OR scope.sees('case_leader')));
DROP POLICY IF EXISTS moving ON "cases_todo";
CREATE POLICY moving ON "cases_todo" AS PERMISSIVE FOR ALL TO qingyan_owner USING (student_id = ANY ((SELECT scope.moving())::uuid[])) WITH CHECK (student_id = ANY ((SELECT scope.moving())::uuid[]));
REVOKE ALL ON TABLE "concerns_bullyingmessage" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT ON TABLE "concerns_bullyingmessage" TO qingyan_app;
ALTER TABLE "concerns_bullyingmessage" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "concerns_bullyingmessage" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "concerns_bullyingmessage" AS PERMISSIVE FOR ALL TO qingyan_app USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "concerns_bullyingmessage" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY sight ON "concerns_bullyingmessage" AS RESTRICTIVE FOR SELECT TO qingyan_app USING ((SELECT scope.sees('bullying')));
REVOKE ALL ON TABLE "concerns_bullyingreport" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "concerns_bullyingreport" TO qingyan_app;
ALTER TABLE "concerns_bullyingreport" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "concerns_bullyingreport" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "concerns_bullyingreport" AS PERMISSIVE FOR ALL TO qingyan_app USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "concerns_bullyingreport" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY sight ON "concerns_bullyingreport" AS RESTRICTIVE FOR SELECT TO qingyan_app USING ((SELECT scope.sees('bullying')));
REVOKE ALL ON TABLE "concerns_concern" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "concerns_concern" TO qingyan_app;
ALTER TABLE "concerns_concern" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "concerns_concern" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "concerns_concern" AS PERMISSIVE FOR ALL TO qingyan_app USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "concerns_concern" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY sight ON "concerns_concern" AS RESTRICTIVE FOR SELECT TO qingyan_app USING ((SELECT scope.sees('concerns')));
REVOKE ALL ON TABLE "concerns_concernmessage" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT ON TABLE "concerns_concernmessage" TO qingyan_app;
ALTER TABLE "concerns_concernmessage" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "concerns_concernmessage" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "concerns_concernmessage" AS PERMISSIVE FOR ALL TO qingyan_app USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "concerns_concernmessage" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY sight ON "concerns_concernmessage" AS RESTRICTIVE FOR SELECT TO qingyan_app USING ((SELECT scope.sees('concerns')));
REVOKE ALL ON TABLE "concerns_helpnote" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE "concerns_helpnote" TO qingyan_app;
GRANT SELECT ON TABLE "concerns_helpnote" TO qingyan_narrow;
REVOKE ALL ON TABLE "concerns_knock" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, DELETE ON TABLE "concerns_knock" TO qingyan_app;
ALTER TABLE "concerns_knock" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "concerns_knock" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "concerns_knock" AS PERMISSIVE FOR ALL TO qingyan_app USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "concerns_knock" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY sight ON "concerns_knock" AS RESTRICTIVE FOR SELECT TO qingyan_app USING ((SELECT scope.sees('concerns') OR scope.sees('bullying')));
REVOKE ALL ON TABLE "consent_assententry" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT ON TABLE "consent_assententry" TO qingyan_app;
GRANT SELECT, INSERT ON TABLE "consent_assententry" TO qingyan_narrow;
ALTER TABLE "consent_assententry" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "consent_assententry" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "consent_assententry" AS PERMISSIVE FOR ALL TO qingyan_app, qingyan_narrow USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "consent_assententry" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY own_student ON "consent_assententry" AS RESTRICTIVE FOR ALL TO qingyan_narrow USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL) OR student_id = (SELECT scope.student()) OR student_id = ANY ((SELECT scope.students())::uuid[]));
CREATE POLICY own_classes ON "consent_assententry" AS RESTRICTIVE FOR ALL TO qingyan_narrow USING ((SELECT scope.classes()) IS NULL);
CREATE POLICY sight ON "consent_assententry" AS RESTRICTIVE FOR SELECT TO qingyan_app, qingyan_narrow USING ((SELECT scope.sees('answers')));
DROP POLICY IF EXISTS moving ON "consent_assententry";
CREATE POLICY moving ON "consent_assententry" AS PERMISSIVE FOR ALL TO qingyan_owner USING (student_id = ANY ((SELECT scope.moving())::uuid[])) WITH CHECK (student_id = ANY ((SELECT scope.moving())::uuid[]));
REVOKE ALL ON TABLE "consent_consententry" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT ON TABLE "consent_consententry" TO qingyan_app;
GRANT SELECT ON TABLE "consent_consententry" TO qingyan_narrow;
ALTER TABLE "consent_consententry" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "consent_consententry" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "consent_consententry" AS PERMISSIVE FOR ALL TO qingyan_app, qingyan_narrow USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "consent_consententry" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY own_student ON "consent_consententry" AS RESTRICTIVE FOR ALL TO qingyan_narrow USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL) OR student_id = (SELECT scope.student()) OR student_id = ANY ((SELECT scope.students())::uuid[]));
CREATE POLICY own_classes ON "consent_consententry" AS RESTRICTIVE FOR ALL TO qingyan_narrow USING ((SELECT scope.classes()) IS NULL);
CREATE POLICY sight ON "consent_consententry" AS RESTRICTIVE FOR SELECT TO qingyan_app, qingyan_narrow USING ((SELECT scope.sees('consent')));
DROP POLICY IF EXISTS moving ON "consent_consententry";
CREATE POLICY moving ON "consent_consententry" AS PERMISSIVE FOR ALL TO qingyan_owner USING (student_id = ANY ((SELECT scope.moving())::uuid[])) WITH CHECK (student_id = ANY ((SELECT scope.moving())::uuid[]));
REVOKE ALL ON TABLE "consent_consenttext" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT ON TABLE "consent_consenttext" TO qingyan_app;
GRANT SELECT ON TABLE "consent_consenttext" TO qingyan_narrow;
GRANT SELECT ON TABLE "consent_consenttext" TO qingyan_bureau, qingyan_counter;
REVOKE ALL ON TABLE "consent_guardianlink" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "consent_guardianlink" TO qingyan_app;
ALTER TABLE "consent_guardianlink" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "consent_guardianlink" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "consent_guardianlink" AS PERMISSIVE FOR ALL TO qingyan_app USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "consent_guardianlink" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY sight ON "consent_guardianlink" AS RESTRICTIVE FOR SELECT TO qingyan_app USING ((SELECT scope.sees('consent')));
REVOKE ALL ON TABLE "consent_guardiantry" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, DELETE ON TABLE "consent_guardiantry" TO qingyan_app;
ALTER TABLE "consent_guardiantry" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "consent_guardiantry" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "consent_guardiantry" AS PERMISSIVE FOR ALL TO qingyan_app USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "consent_guardiantry" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY sight ON "consent_guardiantry" AS RESTRICTIVE FOR SELECT TO qingyan_app USING ((SELECT scope.sees('consent')));
REVOKE ALL ON TABLE "crypto_datakey" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT ON TABLE "crypto_datakey" TO qingyan_app;
REVOKE ALL ON TABLE "django_content_type" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT ON TABLE "django_content_type" TO qingyan_app;
REVOKE ALL ON TABLE "django_migrations" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT ON TABLE "django_migrations" TO qingyan_app;
REVOKE ALL ON TABLE "django_session" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE "django_session" TO qingyan_app;
REVOKE ALL ON TABLE "foundation_jobs_receipt" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, DELETE ON TABLE "foundation_jobs_receipt" TO qingyan_app;
REVOKE ALL ON TABLE "instruments_broughtwording" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT ON TABLE "instruments_broughtwording" TO qingyan_app;
GRANT SELECT ON TABLE "instruments_broughtwording" TO qingyan_narrow;
GRANT SELECT ON TABLE "instruments_broughtwording" TO qingyan_bureau, qingyan_counter;
REVOKE ALL ON TABLE "instruments_itemsignature" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT ON TABLE "instruments_itemsignature" TO qingyan_app;
GRANT SELECT ON TABLE "instruments_itemsignature" TO qingyan_narrow;
GRANT SELECT ON TABLE "instruments_itemsignature" TO qingyan_bureau, qingyan_counter;
REVOKE ALL ON TABLE "instruments_localnorm" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT ON TABLE "instruments_localnorm" TO qingyan_app;
GRANT SELECT ON TABLE "instruments_localnorm" TO qingyan_narrow;
GRANT SELECT ON TABLE "instruments_localnorm" TO qingyan_bureau, qingyan_counter;
REVOKE ALL ON TABLE "instruments_localnormcell" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT ON TABLE "instruments_localnormcell" TO qingyan_app;
GRANT SELECT ON TABLE "instruments_localnormcell" TO qingyan_narrow;
GRANT SELECT ON TABLE "instruments_localnormcell" TO qingyan_bureau, qingyan_counter;
REVOKE ALL ON TABLE "instruments_markcheck" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT ON TABLE "instruments_markcheck" TO qingyan_app;
GRANT SELECT ON TABLE "instruments_markcheck" TO qingyan_narrow;
GRANT SELECT ON TABLE "instruments_markcheck" TO qingyan_bureau, qingyan_counter;
REVOKE ALL ON TABLE "instruments_reviewdecision" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT ON TABLE "instruments_reviewdecision" TO qingyan_app;
GRANT SELECT ON TABLE "instruments_reviewdecision" TO qingyan_narrow;
GRANT SELECT ON TABLE "instruments_reviewdecision" TO qingyan_bureau, qingyan_counter;
REVOKE ALL ON TABLE "mfa_authenticator" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE "mfa_authenticator" TO qingyan_app;
REVOKE ALL ON TABLE "notifications_delivery" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE "notifications_delivery" TO qingyan_app;
REVOKE ALL ON TABLE "notifications_notification" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE "notifications_notification" TO qingyan_app;
GRANT INSERT, SELECT (id, account_id, read_at) ON TABLE "notifications_notification" TO qingyan_narrow;
REVOKE ALL ON TABLE "notifications_preference" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE "notifications_preference" TO qingyan_app;
REVOKE ALL ON TABLE "notifications_robot" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE "notifications_robot" TO qingyan_app;
REVOKE ALL ON TABLE "organisations_city" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "organisations_city" TO qingyan_app;
GRANT SELECT ON TABLE "organisations_city" TO qingyan_narrow;
GRANT SELECT ON TABLE "organisations_city" TO qingyan_bureau, qingyan_counter;
REVOKE ALL ON TABLE "organisations_district" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "organisations_district" TO qingyan_app;
GRANT SELECT ON TABLE "organisations_district" TO qingyan_narrow;
GRANT SELECT ON TABLE "organisations_district" TO qingyan_bureau, qingyan_counter;
REVOKE ALL ON TABLE "organisations_hotline" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "organisations_hotline" TO qingyan_app;
GRANT SELECT ON TABLE "organisations_hotline" TO qingyan_narrow;
GRANT SELECT ON TABLE "organisations_hotline" TO qingyan_bureau, qingyan_counter;
REVOKE ALL ON TABLE "organisations_school" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "organisations_school" TO qingyan_app;
GRANT SELECT ON TABLE "organisations_school" TO qingyan_narrow;
GRANT SELECT ON TABLE "organisations_school" TO qingyan_bureau, qingyan_counter;
REVOKE ALL ON TABLE "organisations_schoolclass" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "organisations_schoolclass" TO qingyan_app;
GRANT SELECT ON TABLE "organisations_schoolclass" TO qingyan_narrow;
GRANT SELECT ON TABLE "organisations_schoolclass" TO qingyan_bureau, qingyan_counter;
REVOKE ALL ON TABLE "organisations_schoolyear" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "organisations_schoolyear" TO qingyan_app;
GRANT SELECT ON TABLE "organisations_schoolyear" TO qingyan_narrow;
GRANT SELECT ON TABLE "organisations_schoolyear" TO qingyan_bureau, qingyan_counter;
REVOKE ALL ON TABLE "organisations_specialday" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "organisations_specialday" TO qingyan_app;
GRANT SELECT ON TABLE "organisations_specialday" TO qingyan_narrow;
GRANT SELECT ON TABLE "organisations_specialday" TO qingyan_bureau, qingyan_counter;
REVOKE ALL ON TABLE "organisations_station" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "organisations_station" TO qingyan_app;
GRANT SELECT ON TABLE "organisations_station" TO qingyan_narrow;
GRANT SELECT ON TABLE "organisations_station" TO qingyan_bureau, qingyan_counter;
REVOKE ALL ON TABLE "organisations_term" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "organisations_term" TO qingyan_app;
GRANT SELECT ON TABLE "organisations_term" TO qingyan_narrow;
GRANT SELECT ON TABLE "organisations_term" TO qingyan_bureau, qingyan_counter;
REVOKE ALL ON TABLE "people_account" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "people_account" TO qingyan_app;
GRANT SELECT (id, name) ON TABLE "people_account" TO qingyan_narrow;
REVOKE ALL ON TABLE "people_enrolment" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE "people_enrolment" TO qingyan_app;
GRANT SELECT ON TABLE "people_enrolment" TO qingyan_narrow;
ALTER TABLE "people_enrolment" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "people_enrolment" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "people_enrolment" AS PERMISSIVE FOR ALL TO qingyan_app, qingyan_narrow USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "people_enrolment" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY own_student ON "people_enrolment" AS RESTRICTIVE FOR ALL TO qingyan_narrow USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL) OR student_id = (SELECT scope.student()) OR student_id = ANY ((SELECT scope.students())::uuid[]));
CREATE POLICY own_classes ON "people_enrolment" AS RESTRICTIVE FOR ALL TO qingyan_narrow USING ((SELECT scope.classes()) IS NULL OR school_class_id = ANY ((SELECT scope.classes())::bigint[]));
CREATE POLICY sight ON "people_enrolment" AS RESTRICTIVE FOR SELECT TO qingyan_app, qingyan_narrow USING ((SELECT scope.sees('identity')));
DROP POLICY IF EXISTS moving ON "people_enrolment";
CREATE POLICY moving ON "people_enrolment" AS PERMISSIVE FOR ALL TO qingyan_owner USING (student_id = ANY ((SELECT scope.moving())::uuid[])) WITH CHECK (student_id = ANY ((SELECT scope.moving())::uuid[]));
REVOKE ALL ON TABLE "people_guardian" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE "people_guardian" TO qingyan_app;
ALTER TABLE "people_guardian" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "people_guardian" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "people_guardian" AS PERMISSIVE FOR ALL TO qingyan_app USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "people_guardian" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY sight ON "people_guardian" AS RESTRICTIVE FOR SELECT TO qingyan_app USING ((SELECT scope.sees('contacts')));
DROP POLICY IF EXISTS moving ON "people_guardian";
CREATE POLICY moving ON "people_guardian" AS PERMISSIVE FOR ALL TO qingyan_owner USING (student_id = ANY ((SELECT scope.moving())::uuid[])) WITH CHECK (student_id = ANY ((SELECT scope.moving())::uuid[]));
REVOKE ALL ON TABLE "people_merge" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "people_merge" TO qingyan_app;
ALTER TABLE "people_merge" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "people_merge" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "people_merge" AS PERMISSIVE FOR ALL TO qingyan_app USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "people_merge" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY sight ON "people_merge" AS RESTRICTIVE FOR SELECT TO qingyan_app USING ((SELECT scope.sees('roster')));
REVOKE ALL ON TABLE "people_post" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "people_post" TO qingyan_app;
GRANT SELECT ON TABLE "people_post" TO qingyan_narrow;
REVOKE ALL ON TABLE "people_promotion" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "people_promotion" TO qingyan_app;
ALTER TABLE "people_promotion" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "people_promotion" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "people_promotion" AS PERMISSIVE FOR ALL TO qingyan_app USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "people_promotion" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY sight ON "people_promotion" AS RESTRICTIVE FOR SELECT TO qingyan_app USING ((SELECT scope.sees('roster')));
REVOKE ALL ON TABLE "people_pupilsession" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "people_pupilsession" TO qingyan_app;
GRANT SELECT, UPDATE (expires_at) ON TABLE "people_pupilsession" TO qingyan_narrow;
ALTER TABLE "people_pupilsession" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "people_pupilsession" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "people_pupilsession" AS PERMISSIVE FOR ALL TO qingyan_app, qingyan_narrow USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "people_pupilsession" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY own_student ON "people_pupilsession" AS RESTRICTIVE FOR ALL TO qingyan_narrow USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL) OR student_id = (SELECT scope.student()) OR student_id = ANY ((SELECT scope.students())::uuid[]));
CREATE POLICY own_classes ON "people_pupilsession" AS RESTRICTIVE FOR ALL TO qingyan_narrow USING ((SELECT scope.classes()) IS NULL OR school_class_id = ANY ((SELECT scope.classes())::bigint[]));
CREATE POLICY sight ON "people_pupilsession" AS RESTRICTIVE FOR SELECT TO qingyan_app, qingyan_narrow USING ((SELECT scope.sees('door') OR scope.sees('answers')));
DROP POLICY IF EXISTS moving ON "people_pupilsession";
CREATE POLICY moving ON "people_pupilsession" AS PERMISSIVE FOR ALL TO qingyan_owner USING (student_id = ANY ((SELECT scope.moving())::uuid[])) WITH CHECK (student_id = ANY ((SELECT scope.moving())::uuid[]));
REVOKE ALL ON TABLE "people_rosterdraft" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "people_rosterdraft" TO qingyan_app;
ALTER TABLE "people_rosterdraft" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "people_rosterdraft" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "people_rosterdraft" AS PERMISSIVE FOR ALL TO qingyan_app USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "people_rosterdraft" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY sight ON "people_rosterdraft" AS RESTRICTIVE FOR SELECT TO qingyan_app USING ((SELECT scope.sees('roster')));
REVOKE ALL ON TABLE "people_rosterpart" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE "people_rosterpart" TO qingyan_app;
ALTER TABLE "people_rosterpart" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "people_rosterpart" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "people_rosterpart" AS PERMISSIVE FOR ALL TO qingyan_app USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "people_rosterpart" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY sight ON "people_rosterpart" AS RESTRICTIVE FOR SELECT TO qingyan_app USING ((SELECT scope.sees('roster')));
REVOKE ALL ON TABLE "people_rosterprogress" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE "people_rosterprogress" TO qingyan_app;
ALTER TABLE "people_rosterprogress" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "people_rosterprogress" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "people_rosterprogress" AS PERMISSIVE FOR ALL TO qingyan_app USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "people_rosterprogress" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY sight ON "people_rosterprogress" AS RESTRICTIVE FOR SELECT TO qingyan_app USING ((SELECT scope.sees('roster')));
REVOKE ALL ON TABLE "people_schoolingstep" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "people_schoolingstep" TO qingyan_app;
ALTER TABLE "people_schoolingstep" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "people_schoolingstep" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "people_schoolingstep" AS PERMISSIVE FOR ALL TO qingyan_app USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "people_schoolingstep" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY sight ON "people_schoolingstep" AS RESTRICTIVE FOR SELECT TO qingyan_app USING ((SELECT scope.sees('roster') OR scope.sees('file')));
DROP POLICY IF EXISTS moving ON "people_schoolingstep";
CREATE POLICY moving ON "people_schoolingstep" AS PERMISSIVE FOR ALL TO qingyan_owner USING (student_id = ANY ((SELECT scope.moving())::uuid[])) WITH CHECK (student_id = ANY ((SELECT scope.moving())::uuid[]));
REVOKE ALL ON TABLE "people_signinattempt" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, DELETE ON TABLE "people_signinattempt" TO qingyan_app;
ALTER TABLE "people_signinattempt" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "people_signinattempt" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "people_signinattempt" AS PERMISSIVE FOR ALL TO qingyan_app USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "people_signinattempt" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY sight ON "people_signinattempt" AS RESTRICTIVE FOR SELECT TO qingyan_app USING ((SELECT scope.sees('door')));
REVOKE ALL ON TABLE "people_slip" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "people_slip" TO qingyan_app;
ALTER TABLE "people_slip" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "people_slip" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "people_slip" AS PERMISSIVE FOR ALL TO qingyan_app USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "people_slip" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY sight ON "people_slip" AS RESTRICTIVE FOR SELECT TO qingyan_app USING ((SELECT scope.sees('slips') OR scope.sees('door')));
DROP POLICY IF EXISTS moving ON "people_slip";
CREATE POLICY moving ON "people_slip" AS PERMISSIVE FOR ALL TO qingyan_owner USING (student_id = ANY ((SELECT scope.moving())::uuid[])) WITH CHECK (student_id = ANY ((SELECT scope.moving())::uuid[]));
REVOKE ALL ON TABLE "people_slipprint" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "people_slipprint" TO qingyan_app;
ALTER TABLE "people_slipprint" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "people_slipprint" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "people_slipprint" AS PERMISSIVE FOR ALL TO qingyan_app USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "people_slipprint" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY sight ON "people_slipprint" AS RESTRICTIVE FOR SELECT TO qingyan_app USING ((SELECT scope.sees('slips')));
REVOKE ALL ON TABLE "people_staffprofile" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "people_staffprofile" TO qingyan_app;
REVOKE ALL ON TABLE "people_student" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE "people_student" TO qingyan_app;
GRANT SELECT ON TABLE "people_student" TO qingyan_narrow;
GRANT SELECT (id, school_id, school_class_id, state, city_index) ON TABLE "people_student" TO qingyan_counter;
ALTER TABLE "people_student" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "people_student" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "people_student" AS PERMISSIVE FOR ALL TO qingyan_app, qingyan_narrow USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "people_student" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY own_student ON "people_student" AS RESTRICTIVE FOR ALL TO qingyan_narrow USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL) OR id = (SELECT scope.student()) OR id = ANY ((SELECT scope.students())::uuid[]));
CREATE POLICY own_classes ON "people_student" AS RESTRICTIVE FOR ALL TO qingyan_narrow USING ((SELECT scope.classes()) IS NULL OR school_class_id = ANY ((SELECT scope.classes())::bigint[]));
CREATE POLICY sight ON "people_student" AS RESTRICTIVE FOR SELECT TO qingyan_app, qingyan_narrow USING ((SELECT scope.sees('identity') OR scope.sees('door')));
DROP POLICY IF EXISTS moving ON "people_student";
CREATE POLICY moving ON "people_student" AS PERMISSIVE FOR ALL TO qingyan_owner USING (id = ANY ((SELECT scope.moving())::uuid[])) WITH CHECK (id = ANY ((SELECT scope.moving())::uuid[]));
CREATE POLICY counting ON "people_student" AS PERMISSIVE FOR SELECT TO qingyan_counter USING (true);
REVOKE ALL ON TABLE "people_transfer" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "people_transfer" TO qingyan_app;
GRANT SELECT (school_id, direction, state) ON TABLE "people_transfer" TO qingyan_counter;
ALTER TABLE "people_transfer" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "people_transfer" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "people_transfer" AS PERMISSIVE FOR ALL TO qingyan_app USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "people_transfer" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY sight ON "people_transfer" AS RESTRICTIVE FOR SELECT TO qingyan_app USING ((SELECT scope.sees('roster')));
DROP POLICY IF EXISTS moving ON "people_transfer";
CREATE POLICY moving ON "people_transfer" AS PERMISSIVE FOR ALL TO qingyan_owner USING (subject = ANY ((SELECT scope.moving())::uuid[])) WITH CHECK (subject = ANY ((SELECT scope.moving())::uuid[]));
CREATE POLICY counting ON "people_transfer" AS PERMISSIVE FOR SELECT TO qingyan_counter USING (true);
REVOKE ALL ON TABLE "procrastinate_events" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE "procrastinate_events" TO qingyan_app;
REVOKE ALL ON TABLE "procrastinate_jobs" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE "procrastinate_jobs" TO qingyan_app;
REVOKE ALL ON TABLE "procrastinate_periodic_defers" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE "procrastinate_periodic_defers" TO qingyan_app;
REVOKE ALL ON TABLE "procrastinate_workers" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE "procrastinate_workers" TO qingyan_app;
REVOKE ALL ON TABLE "screening_answeringquality" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "screening_answeringquality" TO qingyan_app;
ALTER TABLE "screening_answeringquality" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "screening_answeringquality" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "screening_answeringquality" AS PERMISSIVE FOR ALL TO qingyan_app USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "screening_answeringquality" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY sight ON "screening_answeringquality" AS RESTRICTIVE FOR SELECT TO qingyan_app USING ((SELECT scope.sees('results')));
DROP POLICY IF EXISTS moving ON "screening_answeringquality";
CREATE POLICY moving ON "screening_answeringquality" AS PERMISSIVE FOR ALL TO qingyan_owner USING (student_id = ANY ((SELECT scope.moving())::uuid[])) WITH CHECK (student_id = ANY ((SELECT scope.moving())::uuid[]));
REVOKE ALL ON TABLE "screening_answersheet" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "screening_answersheet" TO qingyan_app;
GRANT SELECT, INSERT, UPDATE (answers, times, sequences, submission, answers_hash, saved_at) ON TABLE "screening_answersheet" TO qingyan_narrow;
ALTER TABLE "screening_answersheet" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "screening_answersheet" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "screening_answersheet" AS PERMISSIVE FOR ALL TO qingyan_app, qingyan_narrow USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "screening_answersheet" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY own_student ON "screening_answersheet" AS RESTRICTIVE FOR ALL TO qingyan_narrow USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL) OR student_id = (SELECT scope.student()) OR student_id = ANY ((SELECT scope.students())::uuid[]));
CREATE POLICY own_classes ON "screening_answersheet" AS RESTRICTIVE FOR ALL TO qingyan_narrow USING ((SELECT scope.classes()) IS NULL OR school_class_id = ANY ((SELECT scope.classes())::bigint[]));
CREATE POLICY sight ON "screening_answersheet" AS RESTRICTIVE FOR SELECT TO qingyan_app, qingyan_narrow USING ((SELECT scope.sees('answers')));
DROP POLICY IF EXISTS moving ON "screening_answersheet";
CREATE POLICY moving ON "screening_answersheet" AS PERMISSIVE FOR ALL TO qingyan_owner USING (student_id = ANY ((SELECT scope.moving())::uuid[])) WITH CHECK (student_id = ANY ((SELECT scope.moving())::uuid[]));
REVOKE ALL ON TABLE "screening_assignment" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE (state, withdrawn_at) ON TABLE "screening_assignment" TO qingyan_app;
GRANT SELECT ON TABLE "screening_assignment" TO qingyan_narrow;
ALTER TABLE "screening_assignment" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "screening_assignment" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "screening_assignment" AS PERMISSIVE FOR ALL TO qingyan_app, qingyan_narrow USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "screening_assignment" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY own_student ON "screening_assignment" AS RESTRICTIVE FOR ALL TO qingyan_narrow USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL) OR student_id = (SELECT scope.student()) OR student_id = ANY ((SELECT scope.students())::uuid[]));
CREATE POLICY own_classes ON "screening_assignment" AS RESTRICTIVE FOR ALL TO qingyan_narrow USING ((SELECT scope.classes()) IS NULL OR school_class_id = ANY ((SELECT scope.classes())::bigint[]));
CREATE POLICY sight ON "screening_assignment" AS RESTRICTIVE FOR SELECT TO qingyan_app, qingyan_narrow USING ((SELECT scope.sees('answers')));
DROP POLICY IF EXISTS moving ON "screening_assignment";
CREATE POLICY moving ON "screening_assignment" AS PERMISSIVE FOR ALL TO qingyan_owner USING (student_id = ANY ((SELECT scope.moving())::uuid[])) WITH CHECK (student_id = ANY ((SELECT scope.moving())::uuid[]));
REVOKE ALL ON TABLE "screening_burdenlimits" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "screening_burdenlimits" TO qingyan_app;
GRANT SELECT ON TABLE "screening_burdenlimits" TO qingyan_narrow;
GRANT SELECT ON TABLE "screening_burdenlimits" TO qingyan_bureau, qingyan_counter;
REVOKE ALL ON TABLE "screening_burdenreason" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT ON TABLE "screening_burdenreason" TO qingyan_app;
GRANT SELECT ON TABLE "screening_burdenreason" TO qingyan_bureau, qingyan_counter;
REVOKE ALL ON TABLE "screening_campaign" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "screening_campaign" TO qingyan_app;
GRANT SELECT ON TABLE "screening_campaign" TO qingyan_narrow;
GRANT SELECT ON TABLE "screening_campaign" TO qingyan_bureau, qingyan_counter;
REVOKE ALL ON TABLE "screening_campaigninstrument" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE (screen_rule), DELETE ON TABLE "screening_campaigninstrument" TO qingyan_app;
GRANT SELECT ON TABLE "screening_campaigninstrument" TO qingyan_narrow;
GRANT SELECT ON TABLE "screening_campaigninstrument" TO qingyan_bureau, qingyan_counter;
REVOKE ALL ON TABLE "screening_disputedsubmission" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT ON TABLE "screening_disputedsubmission" TO qingyan_app;
GRANT SELECT, INSERT ON TABLE "screening_disputedsubmission" TO qingyan_narrow;
ALTER TABLE "screening_disputedsubmission" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "screening_disputedsubmission" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "screening_disputedsubmission" AS PERMISSIVE FOR ALL TO qingyan_app, qingyan_narrow USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "screening_disputedsubmission" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY own_student ON "screening_disputedsubmission" AS RESTRICTIVE FOR ALL TO qingyan_narrow USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL) OR student_id = (SELECT scope.student()) OR student_id = ANY ((SELECT scope.students())::uuid[]));
CREATE POLICY own_classes ON "screening_disputedsubmission" AS RESTRICTIVE FOR ALL TO qingyan_narrow USING ((SELECT scope.classes()) IS NULL OR school_class_id = ANY ((SELECT scope.classes())::bigint[]));
CREATE POLICY sight ON "screening_disputedsubmission" AS RESTRICTIVE FOR SELECT TO qingyan_app, qingyan_narrow USING ((SELECT scope.sees('answers')));
DROP POLICY IF EXISTS moving ON "screening_disputedsubmission";
CREATE POLICY moving ON "screening_disputedsubmission" AS PERMISSIVE FOR ALL TO qingyan_owner USING (student_id = ANY ((SELECT scope.moving())::uuid[])) WITH CHECK (student_id = ANY ((SELECT scope.moving())::uuid[]));
REVOKE ALL ON TABLE "screening_earlierresult" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT ON TABLE "screening_earlierresult" TO qingyan_app;
ALTER TABLE "screening_earlierresult" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "screening_earlierresult" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "screening_earlierresult" AS PERMISSIVE FOR ALL TO qingyan_app USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "screening_earlierresult" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY sight ON "screening_earlierresult" AS RESTRICTIVE FOR SELECT TO qingyan_app USING ((SELECT scope.sees('results')));
DROP POLICY IF EXISTS moving ON "screening_earlierresult";
CREATE POLICY moving ON "screening_earlierresult" AS PERMISSIVE FOR ALL TO qingyan_owner USING (student_id = ANY ((SELECT scope.moving())::uuid[])) WITH CHECK (student_id = ANY ((SELECT scope.moving())::uuid[]));
REVOKE ALL ON TABLE "screening_earlylook" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "screening_earlylook" TO qingyan_app;
ALTER TABLE "screening_earlylook" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "screening_earlylook" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "screening_earlylook" AS PERMISSIVE FOR ALL TO qingyan_app USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "screening_earlylook" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY sight ON "screening_earlylook" AS RESTRICTIVE FOR SELECT TO qingyan_app USING ((SELECT scope.sees('results')));
REVOKE ALL ON TABLE "screening_observation" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "screening_observation" TO qingyan_app;
GRANT SELECT, INSERT, UPDATE (marks, sentence, form_version, saved_at) ON TABLE "screening_observation" TO qingyan_narrow;
ALTER TABLE "screening_observation" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "screening_observation" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "screening_observation" AS PERMISSIVE FOR ALL TO qingyan_app, qingyan_narrow USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "screening_observation" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY own_student ON "screening_observation" AS RESTRICTIVE FOR ALL TO qingyan_narrow USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL) OR student_id = (SELECT scope.student()) OR student_id = ANY ((SELECT scope.students())::uuid[]));
CREATE POLICY own_classes ON "screening_observation" AS RESTRICTIVE FOR ALL TO qingyan_narrow USING ((SELECT scope.classes()) IS NULL OR school_class_id = ANY ((SELECT scope.classes())::bigint[]));
CREATE POLICY sight ON "screening_observation" AS RESTRICTIVE FOR SELECT TO qingyan_app, qingyan_narrow USING ((SELECT scope.sees('observation')));
DROP POLICY IF EXISTS moving ON "screening_observation";
CREATE POLICY moving ON "screening_observation" AS PERMISSIVE FOR ALL TO qingyan_owner USING (student_id = ANY ((SELECT scope.moving())::uuid[])) WITH CHECK (student_id = ANY ((SELECT scope.moving())::uuid[]));
REVOKE ALL ON TABLE "screening_observationend" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT ON TABLE "screening_observationend" TO qingyan_app;
GRANT SELECT ON TABLE "screening_observationend" TO qingyan_narrow;
REVOKE ALL ON TABLE "screening_paperform" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "screening_paperform" TO qingyan_app;
ALTER TABLE "screening_paperform" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "screening_paperform" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "screening_paperform" AS PERMISSIVE FOR ALL TO qingyan_app USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "screening_paperform" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY sight ON "screening_paperform" AS RESTRICTIVE FOR SELECT TO qingyan_app USING ((SELECT scope.sees('answers')));
DROP POLICY IF EXISTS moving ON "screening_paperform";
CREATE POLICY moving ON "screening_paperform" AS PERMISSIVE FOR ALL TO qingyan_owner USING (student_id = ANY ((SELECT scope.moving())::uuid[])) WITH CHECK (student_id = ANY ((SELECT scope.moving())::uuid[]));
REVOKE ALL ON TABLE "screening_parentform" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "screening_parentform" TO qingyan_app;
ALTER TABLE "screening_parentform" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "screening_parentform" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "screening_parentform" AS PERMISSIVE FOR ALL TO qingyan_app USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "screening_parentform" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY sight ON "screening_parentform" AS RESTRICTIVE FOR SELECT TO qingyan_app USING ((SELECT scope.sees('results')));
DROP POLICY IF EXISTS moving ON "screening_parentform";
CREATE POLICY moving ON "screening_parentform" AS PERMISSIVE FOR ALL TO qingyan_owner USING (student_id = ANY ((SELECT scope.moving())::uuid[])) WITH CHECK (student_id = ANY ((SELECT scope.moving())::uuid[]));
REVOKE ALL ON TABLE "screening_pastshare" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, DELETE ON TABLE "screening_pastshare" TO qingyan_app;
GRANT SELECT ON TABLE "screening_pastshare" TO qingyan_bureau, qingyan_counter;
REVOKE ALL ON TABLE "screening_registration" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "screening_registration" TO qingyan_app;
GRANT SELECT ON TABLE "screening_registration" TO qingyan_narrow;
GRANT SELECT ON TABLE "screening_registration" TO qingyan_bureau, qingyan_counter;
REVOKE ALL ON TABLE "screening_registrationstep" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT ON TABLE "screening_registrationstep" TO qingyan_app;
GRANT SELECT ON TABLE "screening_registrationstep" TO qingyan_bureau, qingyan_counter;
REVOKE ALL ON TABLE "screening_reinvitation" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE (state, taken_back_at) ON TABLE "screening_reinvitation" TO qingyan_app;
GRANT SELECT ON TABLE "screening_reinvitation" TO qingyan_narrow;
ALTER TABLE "screening_reinvitation" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "screening_reinvitation" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "screening_reinvitation" AS PERMISSIVE FOR ALL TO qingyan_app, qingyan_narrow USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "screening_reinvitation" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY own_student ON "screening_reinvitation" AS RESTRICTIVE FOR ALL TO qingyan_narrow USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL) OR student_id = (SELECT scope.student()) OR student_id = ANY ((SELECT scope.students())::uuid[]));
CREATE POLICY own_classes ON "screening_reinvitation" AS RESTRICTIVE FOR ALL TO qingyan_narrow USING ((SELECT scope.classes()) IS NULL OR school_class_id = ANY ((SELECT scope.classes())::bigint[]));
CREATE POLICY sight ON "screening_reinvitation" AS RESTRICTIVE FOR SELECT TO qingyan_app, qingyan_narrow USING ((SELECT scope.sees('answers')));
DROP POLICY IF EXISTS moving ON "screening_reinvitation";
CREATE POLICY moving ON "screening_reinvitation" AS PERMISSIVE FOR ALL TO qingyan_owner USING (student_id = ANY ((SELECT scope.moving())::uuid[])) WITH CHECK (student_id = ANY ((SELECT scope.moving())::uuid[]));
REVOKE ALL ON TABLE "screening_reminder" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE "screening_reminder" TO qingyan_app;
GRANT SELECT ON TABLE "screening_reminder" TO qingyan_narrow;
ALTER TABLE "screening_reminder" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "screening_reminder" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "screening_reminder" AS PERMISSIVE FOR ALL TO qingyan_app, qingyan_narrow USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "screening_reminder" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY own_student ON "screening_reminder" AS RESTRICTIVE FOR ALL TO qingyan_narrow USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL));
CREATE POLICY own_classes ON "screening_reminder" AS RESTRICTIVE FOR ALL TO qingyan_narrow USING ((SELECT scope.classes()) IS NULL OR school_class_id = ANY ((SELECT scope.classes())::bigint[]));
CREATE POLICY sight ON "screening_reminder" AS RESTRICTIVE FOR SELECT TO qingyan_app, qingyan_narrow USING ((SELECT scope.sees('progress')));
REVOKE ALL ON TABLE "screening_result" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ("values", bands, not_scorable, screen, instrument_hash, rule_version, norm_version, scored_at) ON TABLE "screening_result" TO qingyan_app;
GRANT INSERT ON TABLE "screening_result" TO qingyan_narrow;
ALTER TABLE "screening_result" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "screening_result" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "screening_result" AS PERMISSIVE FOR ALL TO qingyan_app, qingyan_narrow USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "screening_result" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY own_student ON "screening_result" AS RESTRICTIVE FOR ALL TO qingyan_narrow USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL) OR student_id = (SELECT scope.student()) OR student_id = ANY ((SELECT scope.students())::uuid[]));
CREATE POLICY own_classes ON "screening_result" AS RESTRICTIVE FOR ALL TO qingyan_narrow USING ((SELECT scope.classes()) IS NULL OR school_class_id = ANY ((SELECT scope.classes())::bigint[]));
CREATE POLICY sight ON "screening_result" AS RESTRICTIVE FOR SELECT TO qingyan_app, qingyan_narrow USING ((SELECT scope.sees('results')));
DROP POLICY IF EXISTS moving ON "screening_result";
CREATE POLICY moving ON "screening_result" AS PERMISSIVE FOR ALL TO qingyan_owner USING (student_id = ANY ((SELECT scope.moving())::uuid[])) WITH CHECK (student_id = ANY ((SELECT scope.moving())::uuid[]));
REVOKE ALL ON TABLE "screening_roundtemplate" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, DELETE ON TABLE "screening_roundtemplate" TO qingyan_app;
GRANT SELECT ON TABLE "screening_roundtemplate" TO qingyan_bureau, qingyan_counter;
REVOKE ALL ON TABLE "screening_seat" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE "screening_seat" TO qingyan_app;
GRANT SELECT ON TABLE "screening_seat" TO qingyan_narrow;
ALTER TABLE "screening_seat" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "screening_seat" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "screening_seat" AS PERMISSIVE FOR ALL TO qingyan_app, qingyan_narrow USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "screening_seat" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY own_student ON "screening_seat" AS RESTRICTIVE FOR ALL TO qingyan_narrow USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL) OR student_id = (SELECT scope.student()) OR student_id = ANY ((SELECT scope.students())::uuid[]));
CREATE POLICY own_classes ON "screening_seat" AS RESTRICTIVE FOR ALL TO qingyan_narrow USING ((SELECT scope.classes()) IS NULL OR school_class_id = ANY ((SELECT scope.classes())::bigint[]));
CREATE POLICY sight ON "screening_seat" AS RESTRICTIVE FOR SELECT TO qingyan_app, qingyan_narrow USING ((SELECT scope.sees('progress')));
DROP POLICY IF EXISTS moving ON "screening_seat";
CREATE POLICY moving ON "screening_seat" AS PERMISSIVE FOR ALL TO qingyan_owner USING (student_id = ANY ((SELECT scope.moving())::uuid[])) WITH CHECK (student_id = ANY ((SELECT scope.moving())::uuid[]));
REVOKE ALL ON TABLE "screening_secondstage" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "screening_secondstage" TO qingyan_app;
GRANT SELECT ON TABLE "screening_secondstage" TO qingyan_narrow;
GRANT SELECT ON TABLE "screening_secondstage" TO qingyan_bureau, qingyan_counter;
REVOKE ALL ON TABLE "screening_sitting" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE ON TABLE "screening_sitting" TO qingyan_app;
GRANT SELECT, INSERT, UPDATE (state, stopped_at, finished_at, help_asked_at, help_given_at) ON TABLE "screening_sitting" TO qingyan_narrow;
GRANT SELECT (campaign_id, student_id, school_id, school_class_id, instrument, state, started_at, finished_at, again_of_id) ON TABLE "screening_sitting" TO qingyan_counter;
ALTER TABLE "screening_sitting" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "screening_sitting" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_school ON "screening_sitting" AS PERMISSIVE FOR ALL TO qingyan_app, qingyan_narrow USING (school_id = (SELECT scope.school())) WITH CHECK (school_id = (SELECT scope.school()));
CREATE POLICY whole_school ON "screening_sitting" AS RESTRICTIVE FOR ALL TO qingyan_app USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));
CREATE POLICY own_student ON "screening_sitting" AS RESTRICTIVE FOR ALL TO qingyan_narrow USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL) OR student_id = (SELECT scope.student()) OR student_id = ANY ((SELECT scope.students())::uuid[]));
CREATE POLICY own_classes ON "screening_sitting" AS RESTRICTIVE FOR ALL TO qingyan_narrow USING ((SELECT scope.classes()) IS NULL OR school_class_id = ANY ((SELECT scope.classes())::bigint[]));
CREATE POLICY sight ON "screening_sitting" AS RESTRICTIVE FOR SELECT TO qingyan_app, qingyan_narrow USING ((SELECT scope.sees('progress') OR scope.sees('answers')));
DROP POLICY IF EXISTS moving ON "screening_sitting";
CREATE POLICY moving ON "screening_sitting" AS PERMISSIVE FOR ALL TO qingyan_owner USING (student_id = ANY ((SELECT scope.moving())::uuid[])) WITH CHECK (student_id = ANY ((SELECT scope.moving())::uuid[]));
CREATE POLICY counting ON "screening_sitting" AS PERMISSIVE FOR SELECT TO qingyan_counter USING (true);
REVOKE ALL ON TABLE "screening_slot" FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE "screening_slot" TO qingyan_app;
GRANT SELECT ON TABLE "screening_slot" TO qingyan_narrow;
GRANT SELECT ON TABLE "screening_slot" TO qingyan_bureau, qingyan_counter;

REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO qingyan_app;


ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
DO $$ DECLARE made oid; BEGIN
  FOR made IN SELECT p.oid FROM pg_proc p WHERE p.proowner = current_user::regrole
      AND p.pronamespace IN ('public'::regnamespace, 'scope'::regnamespace) LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', made::regprocedure);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO qingyan_app', made::regprocedure);
  END LOOP;
END $$;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA scope TO qingyan_app, qingyan_narrow, qingyan_bureau, qingyan_counter;

DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'people_student_key_with_school') THEN ALTER TABLE "people_student" ADD CONSTRAINT "people_student_key_with_school" UNIQUE (id, school_id); END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'screening_sitting_key_with_school') THEN ALTER TABLE "screening_sitting" ADD CONSTRAINT "screening_sitting_key_with_school" UNIQUE (id, school_id); END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'alerts_alert_key_with_school') THEN ALTER TABLE "alerts_alert" ADD CONSTRAINT "alerts_alert_key_with_school" UNIQUE (id, school_id); END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'cases_case_key_with_school') THEN ALTER TABLE "cases_case" ADD CONSTRAINT "cases_case_key_with_school" UNIQUE (id, school_id); END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'cases_panel_key_with_school') THEN ALTER TABLE "cases_panel" ADD CONSTRAINT "cases_panel_key_with_school" UNIQUE (id, school_id); END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'concerns_bullyingreport_key_with_school') THEN ALTER TABLE "concerns_bullyingreport" ADD CONSTRAINT "concerns_bullyingreport_key_with_school" UNIQUE (id, school_id); END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'concerns_concern_key_with_school') THEN ALTER TABLE "concerns_concern" ADD CONSTRAINT "concerns_concern_key_with_school" UNIQUE (id, school_id); END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'consent_guardianlink_key_with_school') THEN ALTER TABLE "consent_guardianlink" ADD CONSTRAINT "consent_guardianlink_key_with_school" UNIQUE (id, school_id); END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'people_rosterdraft_key_with_school') THEN ALTER TABLE "people_rosterdraft" ADD CONSTRAINT "people_rosterdraft_key_with_school" UNIQUE (id, school_id); END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'alerts_alert_student_id_same_school') THEN ALTER TABLE "alerts_alert" ADD CONSTRAINT "alerts_alert_student_id_same_school" FOREIGN KEY (student_id, school_id) REFERENCES people_student (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'alerts_alert_sitting_id_same_school') THEN ALTER TABLE "alerts_alert" ADD CONSTRAINT "alerts_alert_sitting_id_same_school" FOREIGN KEY (sitting_id, school_id) REFERENCES screening_sitting (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'alerts_alert_twin_id_same_school') THEN ALTER TABLE "alerts_alert" ADD CONSTRAINT "alerts_alert_twin_id_same_school" FOREIGN KEY (twin_id, school_id) REFERENCES alerts_alert (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'alerts_handing_alert_id_same_school') THEN ALTER TABLE "alerts_handing" ADD CONSTRAINT "alerts_handing_alert_id_same_school" FOREIGN KEY (alert_id, school_id) REFERENCES alerts_alert (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'archives_entry_student_id_same_school') THEN ALTER TABLE "archives_entry" ADD CONSTRAINT "archives_entry_student_id_same_school" FOREIGN KEY (student_id, school_id) REFERENCES people_student (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'archives_sealedsource_student_id_same_school') THEN ALTER TABLE "archives_sealedsource" ADD CONSTRAINT "archives_sealedsource_student_id_same_school" FOREIGN KEY (student_id, school_id) REFERENCES people_student (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'cases_case_student_id_same_school') THEN ALTER TABLE "cases_case" ADD CONSTRAINT "cases_case_student_id_same_school" FOREIGN KEY (student_id, school_id) REFERENCES people_student (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'cases_casesource_case_id_same_school') THEN ALTER TABLE "cases_casesource" ADD CONSTRAINT "cases_casesource_case_id_same_school" FOREIGN KEY (case_id, school_id) REFERENCES cases_case (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'cases_casesource_student_id_same_school') THEN ALTER TABLE "cases_casesource" ADD CONSTRAINT "cases_casesource_student_id_same_school" FOREIGN KEY (student_id, school_id) REFERENCES people_student (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'cases_casestep_case_id_same_school') THEN ALTER TABLE "cases_casestep" ADD CONSTRAINT "cases_casestep_case_id_same_school" FOREIGN KEY (case_id, school_id) REFERENCES cases_case (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'cases_casestep_student_id_same_school') THEN ALTER TABLE "cases_casestep" ADD CONSTRAINT "cases_casestep_student_id_same_school" FOREIGN KEY (student_id, school_id) REFERENCES people_student (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'cases_interview_case_id_same_school') THEN ALTER TABLE "cases_interview" ADD CONSTRAINT "cases_interview_case_id_same_school" FOREIGN KEY (case_id, school_id) REFERENCES cases_case (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'cases_interview_student_id_same_school') THEN ALTER TABLE "cases_interview" ADD CONSTRAINT "cases_interview_student_id_same_school" FOREIGN KEY (student_id, school_id) REFERENCES people_student (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'cases_panel_case_id_same_school') THEN ALTER TABLE "cases_panel" ADD CONSTRAINT "cases_panel_case_id_same_school" FOREIGN KEY (case_id, school_id) REFERENCES cases_case (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'cases_panel_student_id_same_school') THEN ALTER TABLE "cases_panel" ADD CONSTRAINT "cases_panel_student_id_same_school" FOREIGN KEY (student_id, school_id) REFERENCES people_student (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'cases_panelmember_panel_id_same_school') THEN ALTER TABLE "cases_panelmember" ADD CONSTRAINT "cases_panelmember_panel_id_same_school" FOREIGN KEY (panel_id, school_id) REFERENCES cases_panel (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'cases_panelmember_student_id_same_school') THEN ALTER TABLE "cases_panelmember" ADD CONSTRAINT "cases_panelmember_student_id_same_school" FOREIGN KEY (student_id, school_id) REFERENCES people_student (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'cases_todo_case_id_same_school') THEN ALTER TABLE "cases_todo" ADD CONSTRAINT "cases_todo_case_id_same_school" FOREIGN KEY (case_id, school_id) REFERENCES cases_case (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'cases_todo_student_id_same_school') THEN ALTER TABLE "cases_todo" ADD CONSTRAINT "cases_todo_student_id_same_school" FOREIGN KEY (student_id, school_id) REFERENCES people_student (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'concerns_bullyingmessage_report_id_same_school') THEN ALTER TABLE "concerns_bullyingmessage" ADD CONSTRAINT "concerns_bullyingmessage_report_id_same_school" FOREIGN KEY (report_id, school_id) REFERENCES concerns_bullyingreport (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'concerns_concernmessage_report_id_same_school') THEN ALTER TABLE "concerns_concernmessage" ADD CONSTRAINT "concerns_concernmessage_report_id_same_school" FOREIGN KEY (report_id, school_id) REFERENCES concerns_concern (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'consent_assententry_student_id_same_school') THEN ALTER TABLE "consent_assententry" ADD CONSTRAINT "consent_assententry_student_id_same_school" FOREIGN KEY (student_id, school_id) REFERENCES people_student (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'consent_consententry_student_id_same_school') THEN ALTER TABLE "consent_consententry" ADD CONSTRAINT "consent_consententry_student_id_same_school" FOREIGN KEY (student_id, school_id) REFERENCES people_student (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'consent_guardianlink_student_id_same_school') THEN ALTER TABLE "consent_guardianlink" ADD CONSTRAINT "consent_guardianlink_student_id_same_school" FOREIGN KEY (student_id, school_id) REFERENCES people_student (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'consent_guardianlink_follows_id_same_school') THEN ALTER TABLE "consent_guardianlink" ADD CONSTRAINT "consent_guardianlink_follows_id_same_school" FOREIGN KEY (follows_id, school_id) REFERENCES consent_guardianlink (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'people_enrolment_student_id_same_school') THEN ALTER TABLE "people_enrolment" ADD CONSTRAINT "people_enrolment_student_id_same_school" FOREIGN KEY (student_id, school_id) REFERENCES people_student (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'people_guardian_student_id_same_school') THEN ALTER TABLE "people_guardian" ADD CONSTRAINT "people_guardian_student_id_same_school" FOREIGN KEY (student_id, school_id) REFERENCES people_student (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'people_pupilsession_student_id_same_school') THEN ALTER TABLE "people_pupilsession" ADD CONSTRAINT "people_pupilsession_student_id_same_school" FOREIGN KEY (student_id, school_id) REFERENCES people_student (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'people_rosterpart_draft_id_same_school') THEN ALTER TABLE "people_rosterpart" ADD CONSTRAINT "people_rosterpart_draft_id_same_school" FOREIGN KEY (draft_id, school_id) REFERENCES people_rosterdraft (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'people_rosterprogress_draft_id_same_school') THEN ALTER TABLE "people_rosterprogress" ADD CONSTRAINT "people_rosterprogress_draft_id_same_school" FOREIGN KEY (draft_id, school_id) REFERENCES people_rosterdraft (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'people_schoolingstep_student_id_same_school') THEN ALTER TABLE "people_schoolingstep" ADD CONSTRAINT "people_schoolingstep_student_id_same_school" FOREIGN KEY (student_id, school_id) REFERENCES people_student (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'people_slip_student_id_same_school') THEN ALTER TABLE "people_slip" ADD CONSTRAINT "people_slip_student_id_same_school" FOREIGN KEY (student_id, school_id) REFERENCES people_student (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'screening_answeringquality_sitting_id_same_school') THEN ALTER TABLE "screening_answeringquality" ADD CONSTRAINT "screening_answeringquality_sitting_id_same_school" FOREIGN KEY (sitting_id, school_id) REFERENCES screening_sitting (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'screening_answeringquality_student_id_same_school') THEN ALTER TABLE "screening_answeringquality" ADD CONSTRAINT "screening_answeringquality_student_id_same_school" FOREIGN KEY (student_id, school_id) REFERENCES people_student (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'screening_answersheet_sitting_id_same_school') THEN ALTER TABLE "screening_answersheet" ADD CONSTRAINT "screening_answersheet_sitting_id_same_school" FOREIGN KEY (sitting_id, school_id) REFERENCES screening_sitting (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'screening_answersheet_student_id_same_school') THEN ALTER TABLE "screening_answersheet" ADD CONSTRAINT "screening_answersheet_student_id_same_school" FOREIGN KEY (student_id, school_id) REFERENCES people_student (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'screening_assignment_student_id_same_school') THEN ALTER TABLE "screening_assignment" ADD CONSTRAINT "screening_assignment_student_id_same_school" FOREIGN KEY (student_id, school_id) REFERENCES people_student (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'screening_disputedsubmission_sitting_id_same_school') THEN ALTER TABLE "screening_disputedsubmission" ADD CONSTRAINT "screening_disputedsubmission_sitting_id_same_school" FOREIGN KEY (sitting_id, school_id) REFERENCES screening_sitting (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'screening_disputedsubmission_student_id_same_school') THEN ALTER TABLE "screening_disputedsubmission" ADD CONSTRAINT "screening_disputedsubmission_student_id_same_school" FOREIGN KEY (student_id, school_id) REFERENCES people_student (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'screening_earlierresult_sitting_id_same_school') THEN ALTER TABLE "screening_earlierresult" ADD CONSTRAINT "screening_earlierresult_sitting_id_same_school" FOREIGN KEY (sitting_id, school_id) REFERENCES screening_sitting (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'screening_earlierresult_student_id_same_school') THEN ALTER TABLE "screening_earlierresult" ADD CONSTRAINT "screening_earlierresult_student_id_same_school" FOREIGN KEY (student_id, school_id) REFERENCES people_student (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'screening_observation_student_id_same_school') THEN ALTER TABLE "screening_observation" ADD CONSTRAINT "screening_observation_student_id_same_school" FOREIGN KEY (student_id, school_id) REFERENCES people_student (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'screening_paperform_student_id_same_school') THEN ALTER TABLE "screening_paperform" ADD CONSTRAINT "screening_paperform_student_id_same_school" FOREIGN KEY (student_id, school_id) REFERENCES people_student (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'screening_parentform_student_id_same_school') THEN ALTER TABLE "screening_parentform" ADD CONSTRAINT "screening_parentform_student_id_same_school" FOREIGN KEY (student_id, school_id) REFERENCES people_student (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'screening_reinvitation_first_id_same_school') THEN ALTER TABLE "screening_reinvitation" ADD CONSTRAINT "screening_reinvitation_first_id_same_school" FOREIGN KEY (first_id, school_id) REFERENCES screening_sitting (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'screening_reinvitation_student_id_same_school') THEN ALTER TABLE "screening_reinvitation" ADD CONSTRAINT "screening_reinvitation_student_id_same_school" FOREIGN KEY (student_id, school_id) REFERENCES people_student (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'screening_result_sitting_id_same_school') THEN ALTER TABLE "screening_result" ADD CONSTRAINT "screening_result_sitting_id_same_school" FOREIGN KEY (sitting_id, school_id) REFERENCES screening_sitting (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'screening_result_student_id_same_school') THEN ALTER TABLE "screening_result" ADD CONSTRAINT "screening_result_student_id_same_school" FOREIGN KEY (student_id, school_id) REFERENCES people_student (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'screening_seat_student_id_same_school') THEN ALTER TABLE "screening_seat" ADD CONSTRAINT "screening_seat_student_id_same_school" FOREIGN KEY (student_id, school_id) REFERENCES people_student (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'screening_sitting_student_id_same_school') THEN ALTER TABLE "screening_sitting" ADD CONSTRAINT "screening_sitting_student_id_same_school" FOREIGN KEY (student_id, school_id) REFERENCES people_student (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'screening_sitting_again_of_id_same_school') THEN ALTER TABLE "screening_sitting" ADD CONSTRAINT "screening_sitting_again_of_id_same_school" FOREIGN KEY (again_of_id, school_id) REFERENCES screening_sitting (id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED; END IF; END $$;
