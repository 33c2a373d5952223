-- Deletes what is older than the retention, by the earlier one of two clocks; a thousand rows of each kind at most.
create function purge(p_now bigint) returns int language plpgsql set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
declare
  db site_database;
  before bigint;
  deleted int := 0;
  step int;
  all_pulled bigint;
  cleared bigint;
begin
  select * into db from site_database;
  before := least(p_now, now_ms()) - db.retention_days * 86400000::bigint;
  delete from send where (invitation, desk_id) in (
    select invitation, desk_id from send where sent_at < before limit 1000 for update skip locked
  );
  get diagnostics step = row_count;
  deleted := deleted + step;
  delete from open_invitation where invitation in (
    select invitation from open_invitation join desk on desk.id = open_invitation.desk_id
    where queued_at < before
      and (is_taken_saved or desk.revoked_at is not null or desk.seen_at < now() - interval '35 days')
    limit 1000 for update of open_invitation skip locked
  );
  get diagnostics step = row_count;
  deleted := deleted + step;
  delete from number where number_key in (
    select number_key from number
    where not exists (select from send where send.number_key = number.number_key)
      and not exists (select from open_invitation where open_invitation.number_key = number.number_key)
      and not exists (select from refusal where refusal.number_key = number.number_key)
    limit 1000 for update skip locked
  );
  get diagnostics step = row_count;
  deleted := deleted + step;
  -- An order to erase stays until every desk has it and its backups (14 days) are over, and never longer than any row.
  select min(pulled) into all_pulled from desk where revoked_at is null;
  delete from erasure where number_key in (
    select number_key from erasure
    where (seq <= coalesce(all_pulled, 0) and ordered_at < now() - interval '14 days')
      or ordered_at < now() - (db.retention_days + 14) * interval '1 day'
    limit 1000 for update skip locked
  );
  get diagnostics step = row_count;
  deleted := deleted + step;
  with gone as (
    delete from feed where seq in (
      select seq from feed
      where (kind = 'erasure' and not exists (select from erasure where erasure.seq = feed.seq))
        or (kind = 'refusal-gone' and added_at < now() - interval '60 days')
      limit 1000 for update skip locked
    )
    returning seq, kind
  )
  select count(*), max(seq) filter (where kind = 'refusal-gone') into step, cleared from gone;
  if cleared is not null then
    update feed_head set cleared_to = greatest(cleared_to, cleared);
  end if;
  deleted := deleted + step;
  delete from limit_use where since < now() - interval '2 days';
  delete from enrolment where expires_at < now() - interval '30 days';
  delete from act where at < now() - interval '400 days';
  return deleted;
end $$;

-- At most every ten minutes, with the first call of a desk whose clock is not wrong.
create function purge_when_due(p_now bigint) returns void language plpgsql set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
begin
  if not is_clock_off(p_now) and (select purged_at < now() - interval '10 minutes' from site_database) then
    update site_database set purged_at = now() where purged_at < now() - interval '10 minutes';
    if found then
      perform purge(p_now);
    end if;
  end if;
end $$;

-- A code with which desks of a site join. Makes the site where there is none with this code. The code is shown once.
create function deskbell_admin.new_enrolment(
  p_site text, p_name text, uses int default 1, days int default 7, office boolean default false, import_allowance int default 20000
) returns text language plpgsql security definer set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
declare
  new_code text := replace(gen_random_uuid()::text, '-', '');
  place_id int;
begin
  insert into site (code, name) values (p_site, p_name)
    on conflict (code) do update set name = excluded.name returning id into place_id;
  insert into enrolment (code_hash, site_id, is_office, import_allowance, uses_left, expires_at)
    values (sha256(convert_to(new_code, 'UTF8')), place_id, office, import_allowance, uses, now() + days * interval '1 day');
  return new_code;
end $$;

-- Ends the right of a desk. False: there is no such desk.
create function deskbell_admin.revoke(p_desk int) returns boolean
language plpgsql security definer set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
begin
  if revoke_desk(p_desk) then
    perform note_act(p_desk, 'revoked');
  end if;
  return exists (select from desk where id = p_desk);
end $$;

-- Cancels the codes of a site that are not used up. Returns how many.
create function deskbell_admin.cancel_codes(p_site text) returns int
language plpgsql security definer set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
declare
  cancelled int;
begin
  update enrolment set uses_left = 0
    where uses_left > 0 and site_id = (select id from site where code = p_site);
  get diagnostics cancelled = row_count;
  return cancelled;
end $$;

-- Removes the SMS that one desk has claimed or pushed since a time: after false ones. Numbers that really got an SMS may
-- get another one, if Partoo does not refuse it. Returns how many.
create function deskbell_admin.remove_sends(p_desk int, p_since timestamptz) returns int
language plpgsql security definer set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
declare
  removed int;
begin
  perform lock_numbers(array(select number_key from send where desk_id = p_desk and claimed_at >= p_since));
  delete from send where desk_id = p_desk and claimed_at >= p_since;
  get diagnostics removed = row_count;
  perform note_act(p_desk, 'lost SMS', removed || ' since ' || p_since);
  return removed;
end $$;

-- Ends a pause that a desk asked for.
create function deskbell_admin.end_pause() returns void
language sql security definer set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
  update rate set paused_until = '-infinity';
$$;

-- Removes the refusals that one desk has added since a time: after false ones. Returns how many.
create function deskbell_admin.remove_refusals(p_desk int, p_since timestamptz) returns int
language plpgsql security definer set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
declare
  wrong refusal;
  removed int := 0;
begin
  perform lock_numbers(array(select number_key from refusal where desk_id = p_desk and added_at >= p_since));
  for wrong in select * from refusal where desk_id = p_desk and added_at >= p_since order by number_key loop
    perform remove_refusal(wrong);
    removed := removed + 1;
  end loop;
  perform note_act(p_desk, 'lost refusals', removed || ' since ' || p_since);
  return removed;
end $$;

-- Lets a desk import a list of this many numbers beyond its daily limit.
create function deskbell_admin.allow_import(p_desk int, p_count int) returns void
language sql security definer set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
  update desk set import_allowance = import_allowance + p_count where id = p_desk;
$$;

-- Changes what holds for all desks; null keeps the present value.
create function deskbell_admin.configure(
  per_minute int default null, reserve_per_minute int default null, retention_days int default null, when_apart text default null,
  poll_ms int default null
) returns void language plpgsql security definer set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
begin
  update rate set
    per_minute = coalesce(configure.per_minute, rate.per_minute),
    reserve_per_minute = coalesce(configure.reserve_per_minute, rate.reserve_per_minute);
  update site_database set
    retention_days = coalesce(configure.retention_days, site_database.retention_days),
    when_apart = coalesce(configure.when_apart, site_database.when_apart),
    poll_ms = coalesce(configure.poll_ms, site_database.poll_ms);
end $$;

-- Purges now. Returns how many rows it deleted; 0 when there is nothing left to delete.
create function deskbell_admin.purge() returns int
language sql security definer set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
  select purge(now_ms());
$$;
