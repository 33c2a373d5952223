-- The roles and the version of the schema. Runs each time and changes nothing that is there.
do $$
declare
  role record;
begin
  for role in
    select * from (values
      ('deskbell_owner', false),  -- owns the tables and the functions
      ('deskbell_desk', true),    -- every desk of the organisation signs in as this role
      ('deskbell_report', true),  -- reads one view of counts
      ('deskbell_admin', false)   -- may call the functions of deskbell_admin
    ) as wanted (name, can_log_in)
  loop
    if not exists (select from pg_roles where rolname = role.name) then
      execute format('create role %I %s', role.name, case when role.can_log_in then 'login' else 'nologin' end);
    end if;
  end loop;
  -- An owner of the database who is no superuser has to be a member to work as these roles.
  if not (select rolsuper from pg_roles where rolname = current_user) then
    execute format('grant deskbell_owner, deskbell_admin to %I', current_user);
  end if;
  execute format('grant create on database %I to deskbell_owner', current_database());
end $$;

set local role deskbell_owner;
create schema if not exists deskbell;
create schema if not exists deskbell_v1;
create schema if not exists deskbell_admin;
-- SECURITY: a new function may be called by everyone unless this says otherwise.
alter default privileges for role deskbell_owner revoke execute on functions from public;
set local search_path = deskbell, pg_temp;
create table if not exists schema_version (
  only_row boolean primary key default true check (only_row),
  version int not null
);
insert into schema_version (version) values (0) on conflict do nothing;
