-- Who may do what. Runs each time, after the migrations.
-- SECURITY: no role but the owner has a right on a table. A desk calls the functions of deskbell_v1 and nothing else.
revoke all on all tables in schema deskbell from public, deskbell_desk, deskbell_admin;
revoke all on all functions in schema deskbell from public, deskbell_desk, deskbell_report, deskbell_admin;
revoke all on all functions in schema deskbell_v1 from public, deskbell_report, deskbell_admin;
revoke all on all functions in schema deskbell_admin from public, deskbell_desk, deskbell_report;
grant usage on schema deskbell_v1 to deskbell_desk;
grant execute on all functions in schema deskbell_v1 to deskbell_desk;
grant usage on schema deskbell_admin to deskbell_admin;
grant execute on all functions in schema deskbell_admin to deskbell_admin;
grant usage on schema deskbell to deskbell_report;
grant select on deskbell.report to deskbell_report;
reset role;

do $$
begin
  execute format('revoke create, temporary on database %I from public', current_database());
  execute format('revoke create on database %I from deskbell_owner', current_database());
  execute format('grant connect on database %I to deskbell_desk, deskbell_report', current_database());
end $$;
revoke all on schema public from public;

-- Nothing is granted long after a desk has given up waiting (2 s), and a desk that loses its connection during a
-- transaction blocks the others for five seconds at most.
-- SECURITY: these are defaults for honest desks and no limits. PostgreSQL cannot forbid a login to change its own settings
-- and password, to hold locks in an open transaction, or to end other sessions of the same login. A stolen desk can so stop
-- the others; then each of them searches Partoo before it sends, and nothing is granted twice. To bound the damage to one
-- site, give each site a login of its own: create role <name> login password '…' in role deskbell_desk, with the same
-- settings (a member does not inherit them), and lock deskbell_desk itself with nologin.
alter role deskbell_desk set statement_timeout = '1500ms';
alter role deskbell_desk set lock_timeout = '1000ms';
alter role deskbell_desk set idle_in_transaction_session_timeout = '5s';
-- The functions refuse another isolation level, which may be the default of the database.
alter role deskbell_desk set default_transaction_isolation = 'read committed';
alter role deskbell_desk set default_transaction_read_only = off;

-- SECURITY: keeps the tokens of desks out of the server's log. Only a superuser may set it.
do $$
begin
  alter role deskbell_desk set log_parameter_max_length = 0;
exception when insufficient_privilege then
  raise notice 'deskbell_desk: set log_parameter_max_length = 0 as a superuser, or keep log_statement off';
end $$;
