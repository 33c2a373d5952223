-- Joins with an enrolment code. A desk that asks again with the same token, because the answer was lost, has joined once.
create function deskbell_v1.enrol(p_code text, p_name text, p_token_hash bytea, p_version text, p_secret_check bytea) returns jsonb
language plpgsql security definer set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
declare
  code enrolment;
  me desk;
  known bytea;
begin
  perform require_read_committed();
  perform require_values(num_nulls(p_code, p_name, p_token_hash, p_version, p_secret_check));
  select * into code from enrolment
    where code_hash = sha256(convert_to(p_code, 'UTF8')) and expires_at > now() for update;
  if not found then
    return '{"is":"unknown-code"}';
  end if;
  select * into me from desk where token_hash = p_token_hash and site_id = code.site_id;
  if not found then
    if code.uses_left = 0 then
      return '{"is":"unknown-code"}';
    end if;
    update site_database set secret_check = p_secret_check where secret_check is null;
    select secret_check into known from site_database;
    if known is distinct from p_secret_check then
      return '{"is":"other-secret"}';
    end if;
    update enrolment set uses_left = uses_left - 1 where code_hash = code.code_hash;
    insert into desk (site_id, name, token_hash, is_office, version, epoch, import_allowance, code_hash)
      select code.site_id, p_name, p_token_hash, code.is_office, p_version, epoch, code.import_allowance, code.code_hash
      from site_database
      returning * into me;
    perform note_act(me.id, 'enrolled');
  elsif me.revoked_at is not null then
    return '{"is":"unknown-code"}';
  end if;
  return jsonb_build_object('is', 'enrolled', 'desk', me.id, 'name', me.name,
    'site', (select name from site where id = me.site_id));
end $$;

-- What a desk says regularly, and what it has to know. Finds out whether the database was rewound.
create function deskbell_v1.hello(
  p_token bytea, p_now bigint, p_epoch int, p_pushed bigint, p_pulled bigint, p_waiting int, p_oldest_waiting_at bigint,
  p_version text
) returns jsonb language plpgsql security definer set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
declare
  me desk;
  db site_database;
  head bigint;
  limits rate;
  settled boolean;
  desks bigint;
begin
  me := caller(p_token);
  perform require_values(num_nulls(p_now, p_epoch, p_pushed, p_pulled, p_waiting, p_version));
  -- Losing a hello in a crash costs nothing; a raised epoch is made durable below.
  perform set_config('synchronous_commit', 'off', true);
  settled := is_settled();
  select * into db from site_database;
  select seq into head from feed_head;
  -- A desk that has not pushed for the present epoch yet compares with what it saw before, and pushes everything anyway.
  if p_epoch > db.epoch or (p_epoch = db.epoch and (p_pushed > me.pushed or p_pulled > head)) then
    perform set_config('synchronous_commit', 'on', true);
    select * into db from site_database for update;
    -- A step of at most a thousand, a few times a day: a desk with a wrong epoch does not use the numbers up.
    if p_epoch >= db.epoch and use_limit(me.id, 'rewinds', 1, db.rewinds_a_day, 'day') then
      update site_database set epoch = least(greatest(epoch, p_epoch), epoch + 1000) + 1, rewound_at = now()
        returning * into db;
      perform note_act(me.id, 'rewound', 'epoch ' || db.epoch);
    end if;
  end if;
  -- Numbers that other desks and reports can read, whatever this desk says.
  update desk set seen_at = now(), version = p_version, waiting = least(p_waiting, 1000000),
    oldest_waiting_at = plausible_ms(p_oldest_waiting_at),
    clock_off_ms = least(greatest(p_now, 0), 2 * now_ms()) - now_ms(), pulled = least(p_pulled, head),
    epoch = case when p_epoch = db.epoch then db.epoch else epoch end
  where id = me.id;
  perform purge_when_due(p_now);
  select * into limits from rate;
  select count(*) into desks from desk where revoked_at is null;
  return jsonb_build_object('is', 'hello', 'now', now_ms(), 'epoch', db.epoch, 'pushed', me.pushed, 'head', head,
    'whole', is_whole(), 'settled', settled, 'hintBits', db.hint_bits, 'pollMs', db.poll_ms, 'windowMs', db.window_ms,
    'whenApart', db.when_apart, 'retentionDays', db.retention_days, 'perMinute', limits.per_minute, 'settings', db.settings_version,
    'apartPerMinute', limits.reserve_per_minute::float8 / greatest(desks, 1));
end $$;

-- Ends the right of a desk at once, and cancels the code with which it joined: it has seen the code. False: it had none.
create function revoke_desk(p_desk int) returns boolean language plpgsql set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
begin
  update desk set revoked_at = now() where id = p_desk and revoked_at is null;
  if not found then
    return false;
  end if;
  update enrolment set uses_left = 0 where code_hash = (select code_hash from desk where id = p_desk);
  return true;
end $$;

-- Renames a desk of the own site.
create function deskbell_v1.rename_desk(p_token bytea, p_desk int, p_name text) returns jsonb
language plpgsql security definer set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
declare
  me desk;
begin
  me := caller(p_token);
  perform require_values(num_nulls(p_desk, p_name));
  if not is_plain_name(btrim(p_name), 60) then
    raise exception 'the name is empty, too long or has hidden marks' using errcode = 'SD004';
  end if;
  perform from desk where id = p_desk and site_id = me.site_id and revoked_at is null for no key update;
  if not found then
    return '{"is":"absent"}';
  end if;
  if not use_limit(me.id, 'renamed desks', 1, (select renamed_desks_a_day from site_database), 'day') then
    return '{"is":"too-many"}';
  end if;
  update desk set name = btrim(p_name) where id = p_desk;
  perform note_act(me.id, 'renamed a desk', 'desk ' || p_desk);
  return '{"is":"done"}';
end $$;

-- Ends the right of a desk of the own site that has been silent. The caller is awake.
create function deskbell_v1.remove_desk(p_token bytea, p_desk int) returns jsonb
language plpgsql security definer set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
declare
  me desk;
  wanted desk;
begin
  me := caller(p_token);
  perform require_values(num_nulls(p_desk));
  -- A hello of that desk is over, or comes after this.
  select * into wanted from desk
    where id = p_desk and site_id = me.site_id and revoked_at is null for no key update;
  if not found then
    return '{"is":"absent"}';
  end if;
  if wanted.id = me.id or wanted.seen_at > now() - interval '10 minutes' then
    return '{"is":"awake"}';
  end if;
  if not use_limit(me.id, 'removed desks', 1, (select removed_desks_a_day from site_database), 'day') then
    return '{"is":"too-many"}';
  end if;
  perform revoke_desk(p_desk);
  perform note_act(me.id, 'removed a desk', 'desk ' || p_desk);
  return '{"is":"done"}';
end $$;
