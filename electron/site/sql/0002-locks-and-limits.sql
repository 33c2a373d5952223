-- Functions that only other functions call.

-- Whole milliseconds since 1970. A cast would round up, into the future of a desk on the same machine.
create function to_ms(p_at timestamptz) returns bigint language sql immutable set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
  select floor(extract(epoch from p_at) * 1000)::bigint;
$$;

create function now_ms() returns bigint language sql volatile set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
  select to_ms(clock_timestamp());
$$;

-- A desk's time of an SMS may be off by a day, as this server's may; more would block the number for years. Null stays
-- null.
create function plausible_ms(p_time bigint) returns bigint language sql volatile strict set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
  select greatest(1, least(p_time, now_ms() + 86400000));
$$;

create function is_clock_off(p_now bigint) returns boolean language sql volatile set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
  select p_now is null or abs(p_now - now_ms()) > 86400000;
$$;

-- Under another isolation level the functions read an old state of the data, and grant a number twice.
create function require_read_committed() returns void language plpgsql stable set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'the isolation level is not read committed' using errcode = 'SD006';
  end if;
end $$;

-- Refuses a call without a value that decides something: most comparisons with null neither hold nor fail.
create function require_values(p_nulls int) returns void language plpgsql immutable set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
begin
  if p_nulls > 0 then
    raise exception 'a value is missing' using errcode = 'SD004';
  end if;
end $$;

-- The desk with this token. Every function that a desk calls begins with it. What that function writes is on disk with the
-- commit, whatever the login is set to.
create function caller(p_token bytea) returns desk language plpgsql stable set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
declare
  me desk;
begin
  perform require_read_committed();
  if current_setting('synchronous_commit') in ('off', 'local') then
    perform set_config('synchronous_commit', 'on', true);
  end if;
  select * into me from desk where token_hash = sha256(p_token);
  if not found then
    raise exception 'unknown desk' using errcode = 'SD001';
  end if;
  if me.revoked_at is not null then
    raise exception 'revoked desk' using errcode = 'SD002';
  end if;
  return me;
end $$;

-- Locks the row of a number until the commit. Every decision about the number comes after it.
create function lock_number(p_key uuid) returns void language plpgsql set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
begin
  loop
    insert into number (number_key) values (p_key) on conflict do nothing;
    perform from number where number_key = p_key for update;
    exit when found;  -- else it was erased or purged in between
  end loop;
end $$;

-- Locks the rows of several numbers, in one order for everyone: two batches never wait for each other.
create function lock_numbers(p_keys uuid[]) returns void language plpgsql set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
declare
  wanted uuid;
begin
  for wanted in select distinct unnest(p_keys) order by 1 loop
    perform lock_number(wanted);
  end loop;
end $$;

-- Deletes the row of a number about which the database knows nothing.
create function forget_unused_number(p_key uuid) returns void language sql set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
  delete from number where number_key = p_key
    and not exists (select from send where number_key = p_key)
    and not exists (select from open_invitation where number_key = p_key)
    and not exists (select from refusal where number_key = p_key);
$$;

-- Whether the desk may use that much more of a limit in this hour or day of UTC; if so, it is used.
create function use_limit(p_desk int, p_what text, p_count int, p_most int, p_unit text) returns boolean
language plpgsql set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
begin
  if p_count > p_most then
    return false;
  end if;
  insert into limit_use (desk_id, what, since, count) values (p_desk, p_what, date_trunc(p_unit, now(), 'UTC'), p_count)
    on conflict (desk_id, what, since) do update set count = limit_use.count + excluded.count
    where limit_use.count + excluded.count <= p_most;
  return found;
end $$;

-- Whether a text is a name as the desks write it: one line, no space around it, and no mark that is hidden or turns the text around.
create function is_plain_name(p_name text, p_most int) returns boolean language sql immutable set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
  select length(p_name) between 1 and p_most and p_name = btrim(p_name)
    and p_name !~ '[\u0001-\u001f\u007f-\u00a0\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]';
$$;

-- 0: granted; else the milliseconds to wait. No minute holds more than per_minute requests.
create function take_turns(p_purpose text, p_count int) returns int language plpgsql set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
declare
  limits rate;
  this_second bigint;
  used bigint;
  most int;
  freed_at bigint;
begin
  if p_count is null or p_count not between 1 and 20 then
    raise exception 'too many turns' using errcode = 'SD004';
  end if;
  select * into limits from rate for update;
  if limits.paused_until > clock_timestamp() then
    return 1 + extract(epoch from limits.paused_until - clock_timestamp()) * 1000;
  end if;
  this_second := extract(epoch from clock_timestamp())::bigint;
  -- As in electron/outbox/rate-limiter.ts: the rest is reserved for what comes first.
  most := greatest(p_count, floor(limits.per_minute * case p_purpose when 'send' then 1 when 'search' then 0.75 else 0.5 end)::int);
  if most > limits.per_minute then
    raise exception 'too many turns' using errcode = 'SD004';
  end if;
  -- 61 counters, so that no 60 seconds hold more, wherever they begin.
  select coalesce(sum(count), 0) into used from rate_second where second >= this_second - 60;
  if used + p_count <= most then
    insert into rate_second (second, count) values (this_second, p_count)
      on conflict (second) do update set count = rate_second.count + excluded.count;
    delete from rate_second where second < this_second - 65;
    return 0;
  end if;
  select second into freed_at from (
    select second, sum(count) over (order by second) as freed from rate_second where second >= this_second - 60
  ) as counters
  where freed >= used + p_count - most order by second limit 1;
  return greatest(50, (coalesce(freed_at, this_second) + 61 - this_second) * 1000)::int;
end $$;

-- Adds to the feed. Locks its head until the commit.
create function add_to_feed(p_kind text, p_body jsonb) returns bigint language plpgsql set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
declare
  added bigint;
begin
  update feed_head set seq = seq + 1 returning seq into added;
  insert into feed (seq, kind, body) values (added, p_kind, p_body);
  return added;
end $$;

-- Where a desk is: its name only for colleagues of the same site.
create function place(p_desk int, p_site int) returns jsonb language sql stable set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
  select case
    when desk.site_id = p_site then jsonb_build_object('desk', desk.name, 'site', site.name)
    else jsonb_build_object('site', site.name)
  end
  from desk join site on site.id = desk.site_id where desk.id = p_desk;
$$;

-- Whether every desk of the last 35 days has pushed what it knows since the database was rewound.
create function is_whole() returns boolean language sql stable set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
  select not exists (
    select from desk, site_database
    where desk.revoked_at is null and desk.epoch < site_database.epoch and desk.seen_at > now() - interval '35 days'
  );
$$;

-- A server that was started again, or has changed its timeline, may hold an older state. It counts as settled when
-- every desk has had the time to say hello.
create function is_settled() returns boolean language plpgsql set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
declare
  known site_database;
  timeline text := '';
begin
  if not pg_is_in_recovery() then
    timeline := substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8);
  end if;
  -- A dump that is restored has other tables, and is as old as the dump.
  timeline := timeline || ' ' || 'deskbell.send'::regclass::oid || ' ' || (select oid from pg_database where datname = current_database());
  select * into known from site_database;
  if known.known_start is distinct from pg_postmaster_start_time() or known.known_timeline is distinct from timeline then
    update site_database set known_start = pg_postmaster_start_time(), known_timeline = timeline,
      settled_at = clock_timestamp() + settle_ms * interval '1 millisecond'
    where known_start is distinct from pg_postmaster_start_time() or known_timeline is distinct from timeline;
    return false;
  end if;
  return known.settled_at <= clock_timestamp();
end $$;

create function is_in_flight(p_send send, p_flight_ms int) returns boolean language sql volatile set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
  select (p_send).state = 'in_flight' and (p_send).claimed_at > clock_timestamp() - p_flight_ms * interval '1 millisecond';
$$;

create function note_act(p_desk int, p_what text, p_detail text default null) returns void
language sql set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
  insert into act (desk_id, what, detail) values (p_desk, p_what, p_detail);
$$;
