-- Adds a refusal, for every desk: `added`, or `known` if it is there already. `too-many`: the desk has reached its limit of the day; it
-- keeps the refusal and tries again.
create function add_refusal(p_desk desk, p_key uuid, p_since bigint, p_hint int) returns text
language plpgsql set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
declare
  added bigint;
  a_day int;
begin
  if exists (select from refusal where number_key = p_key) then
    return 'known';
  end if;
  select refusals_a_day into a_day from site_database;
  if not use_limit(p_desk.id, 'refusals', 1, a_day, 'day') then
    update desk set import_allowance = import_allowance - 1 where id = p_desk.id and import_allowance > 0;
    if not found then
      return 'too-many';
    end if;
  end if;
  insert into refusal (number_key, hint, since, desk_id)
    values (p_key, p_hint, plausible_ms(p_since), p_desk.id) returning entry into added;
  perform add_to_feed('refusal', jsonb_build_object('entry', added, 'hint', p_hint));
  return 'added';
end $$;

-- A customer wants no further SMS. From the commit on no claim for the number is granted.
create function deskbell_v1.refuse(p_token bytea, p_key uuid, p_since bigint, p_hint int) returns jsonb
language plpgsql security definer set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
declare
  me desk;
  result text;
begin
  me := caller(p_token);
  perform require_values(num_nulls(p_key, p_since, p_hint));
  if not use_limit(me.id, 'keys', 1, (select keys_an_hour from site_database), 'hour') then
    return '{"is":"too-many"}';
  end if;
  perform lock_number(p_key);
  result := add_refusal(me, p_key, p_since, p_hint);
  if result = 'too-many' then
    perform forget_unused_number(p_key);
    return '{"is":"too-many"}';
  end if;
  return jsonb_build_object('is', 'kept', 'isNew', result = 'added');
end $$;

-- Removes a refusal that a desk of the own site has added.
create function deskbell_v1.refuse_undo(p_token bytea, p_key uuid) returns jsonb
language plpgsql security definer set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
declare
  me desk;
  db site_database;
  gone refusal;
begin
  me := caller(p_token);
  perform require_values(num_nulls(p_key));
  select * into db from site_database;
  if not use_limit(me.id, 'keys', 1, db.keys_an_hour, 'hour') then
    return '{"is":"too-many"}';
  end if;
  -- Before the lock, which adds a row for every number.
  if not exists (select from refusal where number_key = p_key) then
    return '{"is":"absent"}';
  end if;
  perform lock_number(p_key);
  select * into gone from refusal where number_key = p_key;
  if not found then
    perform forget_unused_number(p_key);
    return '{"is":"absent"}';
  end if;
  if (select site_id from desk where id = gone.desk_id) <> me.site_id then
    return jsonb_build_object('is', 'elsewhere', 'where', place(gone.desk_id, me.site_id));
  end if;
  if not use_limit(me.id, 'removed-refusals', 1, db.removed_refusals_a_day, 'day') then
    return '{"is":"too-many"}';
  end if;
  perform remove_refusal(gone);
  perform note_act(me.id, 'removed a refusal', 'entry ' || gone.entry);
  return '{"is":"removed"}';
end $$;

create function remove_refusal(p_refusal refusal) returns void language plpgsql set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
begin
  delete from refusal where number_key = p_refusal.number_key;
  -- A desk that starts from 0 need not learn of it; one that knows it learns that it is gone.
  delete from feed where kind = 'refusal' and (body->>'entry')::bigint = p_refusal.entry;
  perform add_to_feed('refusal-gone', jsonb_build_object('entry', p_refusal.entry));
end $$;
create index feed_refusal on feed (((body->>'entry')::bigint)) where kind = 'refusal';

-- Erases a customer here, and orders every desk to do so. Waits for an SMS that is being sent. p_before: when the desk
-- erased the customer, if that was earlier than now: what was saved since then stays. The order ends two minutes after this
-- server's time at the latest: a desk with a fast clock does not erase what is queued later.
create function deskbell_v1.erase(
  p_token bytea, p_key uuid, p_now bigint, p_forget_refusal boolean, p_before bigint default null
) returns jsonb
language plpgsql security definer set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
declare
  me desk;
  db site_database;
  known refusal;
  keeps_refusal boolean;
  ordered bigint;
  ends_before bigint := greatest(1, least(coalesce(p_before, p_now), now_ms() + 120000) + 1);
begin
  me := caller(p_token);
  perform require_values(num_nulls(p_key, p_now, p_forget_refusal));
  if is_clock_off(p_now) then
    return jsonb_build_object('is', 'clock', 'now', now_ms());
  end if;
  select * into db from site_database;
  if not use_limit(me.id, 'keys', 1, db.keys_an_hour, 'hour') then
    return '{"is":"too-many"}';
  end if;
  perform lock_number(p_key);
  if exists (select from send where number_key = p_key and is_in_flight(send, db.flight_ms)) then
    return '{"is":"sending"}';
  end if;
  if not use_limit(me.id, 'erasures', 1, db.erasures_a_day, 'day') then
    perform forget_unused_number(p_key);
    return '{"is":"too-many"}';
  end if;
  delete from send where number_key = p_key and (p_before is null or sent_at < ends_before);
  delete from open_invitation where number_key = p_key and (p_before is null or queued_at < ends_before);
  select * into known from refusal where number_key = p_key;
  keeps_refusal := found;
  -- A refusal that is younger than a late order is another wish of the customer.
  if keeps_refusal and p_forget_refusal and (p_before is null or known.since < ends_before) and (select site_id from desk where id = known.desk_id) = me.site_id then
    perform remove_refusal(known);
    keeps_refusal := false;
  end if;
  -- One order for each number: the later one replaces the earlier one in the feed too.
  delete from feed using erasure where erasure.number_key = p_key and feed.seq = erasure.seq;
  ends_before := greatest(ends_before, (select queued_before from erasure where number_key = p_key));
  ordered := add_to_feed('erasure', jsonb_build_object('key', p_key, 'before', ends_before));
  insert into erasure (number_key, queued_before, seq) values (p_key, ends_before, ordered)
    on conflict (number_key) do update
    set queued_before = excluded.queued_before, seq = excluded.seq, ordered_at = now();
  perform forget_unused_number(p_key);
  perform note_act(me.id, 'erased', 'feed ' || ordered);
  return jsonb_build_object('is', 'erased', 'seq', ordered, 'keepsRefusal', keeps_refusal);
end $$;

-- How far orders to erase have got, at most fifty: how many desks that are not revoked have pulled that far, of how many,
-- and the names of those of the own site that have not. The desk that asks has erased before it gave the order. It names no
-- customer.
create function deskbell_v1.erasure_progress(p_token bytea, p_seqs bigint[]) returns jsonb
language plpgsql stable security definer set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
declare
  me desk;
begin
  me := caller(p_token);
  perform require_values(num_nulls(p_seqs) + coalesce(cardinality(array_positions(p_seqs, null)), 0));
  if cardinality(p_seqs) > 50 then
    raise exception 'too much at once' using errcode = 'SD004';
  end if;
  return jsonb_build_object('is', 'progress', 'orders', (
    select coalesce(jsonb_agg(jsonb_build_object('seq', wanted.seq, 'done', counts.done, 'desks', counts.desks,
      'missing', counts.missing) order by wanted.seq), '[]')
    from (select distinct unnest(p_seqs) as seq) as wanted
    cross join lateral (
      select count(*) as desks, count(*) filter (where has_it) as done,
        coalesce(jsonb_agg(name order by name, id) filter (where not has_it and site_id = me.site_id), '[]') as missing
      from (
        select id, name, site_id, id = me.id or pulled >= wanted.seq as has_it from desk where revoked_at is null
      ) as each_desk
    ) as counts
  ));
end $$;

-- What happened after an entry of the feed; from 0 everything that holds. 500 entries a call.
-- p_cleared_to: `clearedTo` of the answer before, which the desk keeps with its position. A desk that begins at 0 needs no
-- entry that was deleted until then, so that it may read page by page to the end; an entry that is deleted later starts it
-- again. A position beyond the head is one of a database that was restored since.
create function deskbell_v1.pull(p_token bytea, p_after bigint, p_cleared_to bigint default 0) returns jsonb
language plpgsql stable security definer set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
declare
  me desk;
  head feed_head;
begin
  me := caller(p_token);
  perform require_values(num_nulls(p_after, p_cleared_to));
  select * into head from feed_head;
  if p_after > head.seq or (p_after > 0 and p_after < head.cleared_to and p_cleared_to < head.cleared_to) then
    return '{"is":"start-again"}';
  end if;
  return jsonb_build_object('is', 'feed', 'head', head.seq, 'clearedTo', head.cleared_to, 'entries', (
    select coalesce(jsonb_agg(jsonb_build_object('seq', seq, 'kind', kind) || body order by seq), '[]')
    from (select * from feed where seq > p_after order by seq limit 500) as page
  ));
end $$;
