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

-- Nothing is granted long after a desk has given up waiting (2 s), and no desk blocks the others.
alter role deskbell_desk set statement_timeout = '1500ms';
alter role deskbell_desk set lock_timeout = '1000ms';
alter role deskbell_desk set idle_in_transaction_session_timeout = '5s';

-- SECURITY: keeps the tokens of desks out of the server's log. Only a superuser may set it.
do $$
begin
  alter role deskbell_desk set log_parameter_max_length = 0;
exception when insufficient_privilege then
  raise notice 'deskbell_desk: set log_parameter_max_length = 0 as a superuser, or keep log_statement off';
end $$;
