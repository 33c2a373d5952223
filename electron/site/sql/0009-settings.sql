-- Gives a setting to a site, or to every site; null takes it back.
create function keep_setting(p_site int, p_name text, p_value jsonb, p_desk int) returns void
language plpgsql set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
begin
  if p_value is null then
    delete from setting
      where site_id is not distinct from p_site and name = p_name and (desk_id is null) = (p_desk is null);
  else
    insert into setting (site_id, name, value, desk_id) values (p_site, p_name, p_value, p_desk)
      on conflict (site_id, name, (desk_id is null)) do update set value = excluded.value, desk_id = excluded.desk_id, changed_at = now();
  end if;
  update site_database set settings_version = gen_random_uuid();
end $$;

-- The settings of the caller's site: those of IT, for the site before those for every site, and then those that a desk
-- shares. `shared`: the last ones, which every desk of the site may change.
create function deskbell_v1.settings(p_token bytea) returns jsonb
language plpgsql security definer set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
declare
  me desk;
  before uuid;
  held jsonb;
  shared jsonb;
begin
  me := caller(p_token);
  -- Before the values: a change in between is then read again, with the next hello.
  select settings_version into before from site_database;
  select jsonb_object_agg(name, value), jsonb_agg(name) filter (where desk_id is not null) into held, shared
    from (
      select distinct on (name) name, value, desk_id from setting
      where site_id is null or site_id = me.site_id order by name, desk_id nulls first, site_id nulls last
    ) as own;
  return jsonb_build_object('is', 'settings', 'version', before, 'values', coalesce(held, '{}'), 'shared', coalesce(shared, '[]'));
end $$;

-- Adds names to the staff of the own site and removes others, so that two desks that change the list at once lose nothing.
-- p_begins: shares the list where it is not shared. Otherwise a desk that has not heard that sharing has ended would begin it again,
-- with its change only.
create function deskbell_v1.change_staff(p_token bytea, p_added text[], p_removed text[], p_begins boolean) returns jsonb
language plpgsql security definer set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
declare
  me desk;
  kept jsonb;
  names text[];
begin
  me := caller(p_token);
  perform require_values(num_nulls(p_added, p_removed, p_begins) + num_nulls(variadic p_added) + num_nulls(variadic p_removed));
  if exists (select from unnest(p_added) as name where not is_plain_name(name, 100)) then
    raise exception 'a name is empty, too long or has hidden marks' using errcode = 'SD004';
  end if;
  -- One change of a site's list at a time.
  perform from site where id = me.site_id for no key update;
  if exists (select from setting where name = 'staff' and desk_id is null and (site_id is null or site_id = me.site_id)) then
    return '{"is":"fixed"}';
  end if;
  select value into kept from setting where name = 'staff' and site_id = me.site_id and desk_id is not null;
  if kept is null and not p_begins then
    return '{"is":"not-shared"}';
  end if;
  select array_agg(name order by nth) into names
    from jsonb_array_elements_text(kept)
      with ordinality as before(name, nth)
    where not name = any (p_removed);
  select array_agg(name order by first) into names
    from (
      select name, min(nth) as first from unnest(names || p_added) with ordinality as both_lists(name, nth) group by name
    ) as once;
  if cardinality(names) > 100 then
    return '{"is":"too-many-names"}';
  end if;
  if not use_limit(me.id, 'staff changes', 1, (select staff_changes_a_day from site_database), 'day') then
    return '{"is":"too-many"}';
  end if;
  perform keep_setting(me.site_id, 'staff', to_jsonb(coalesce(names, '{}'::text[])), me.id);
  perform note_act(me.id, 'changed the staff', cardinality(p_added) || ' added, ' || cardinality(p_removed) || ' removed');
  return '{"is":"kept"}';
end $$;

-- Ends the shared list: each desk uses its own again.
create function deskbell_v1.end_shared_staff(p_token bytea) returns jsonb
language plpgsql security definer set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
declare
  me desk;
begin
  me := caller(p_token);
  perform from site where id = me.site_id for no key update;
  if not exists (select from setting where name = 'staff' and site_id = me.site_id and desk_id is not null) then
    return '{"is":"absent"}';
  end if;
  if not use_limit(me.id, 'staff changes', 1, (select staff_changes_a_day from site_database), 'day') then
    return '{"is":"too-many"}';
  end if;
  perform keep_setting(me.site_id, 'staff', null, me.id);
  perform note_act(me.id, 'ended the shared staff');
  return '{"is":"done"}';
end $$;

-- Sets what holds at every desk of a site, or of the organisation where the code is null. The names and values are those of
-- the managed file; docs/site-database.md lists the names that a desk accepts.
create function deskbell_admin.set_setting(p_site text, p_name text, p_value jsonb) returns void
language plpgsql security definer set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
begin
  perform keep_setting(site_of(p_site), p_name, coalesce(p_value, 'null'), null);
  perform note_act(null, 'set a setting', p_name || ' ' || coalesce(p_site, 'everywhere'));
end $$;

-- Takes a setting back: the next one of site, organisation and desk holds again.
create function deskbell_admin.clear_setting(p_site text, p_name text) returns void
language plpgsql security definer set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
begin
  perform keep_setting(site_of(p_site), p_name, null, null);
  perform note_act(null, 'cleared a setting', p_name || ' ' || coalesce(p_site, 'everywhere'));
end $$;

-- The site with a code; null for every site.
create function site_of(p_code text) returns int language plpgsql set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
declare
  site_id int;
begin
  select id into site_id from site where code = p_code;
  if site_id is null and p_code is not null then
    raise exception 'there is no site with the code %', p_code;
  end if;
  return site_id;
end $$;
