-- What the organisation knows about some numbers. Numbers about which it knows nothing are left out.
create function deskbell_v1.look(p_token bytea, p_keys uuid[]) returns jsonb
language plpgsql security definer set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
declare
  me desk;
  db site_database;
begin
  me := caller(p_token);
  perform set_config('synchronous_commit', 'off', true);
  perform require_values(num_nulls(p_keys));
  if cardinality(p_keys) not between 1 and 16 then
    raise exception 'too many numbers' using errcode = 'SD004';
  end if;
  select * into db from site_database;
  -- The last quarter of the numbers is reserved for claims: a desk that looks up too many can still send.
  if not use_limit(me.id, 'keys', cardinality(p_keys), db.keys_an_hour * 3 / 4, 'hour') then
    return '{"is":"too-often"}';
  end if;
  return jsonb_build_object('is', 'known', 'numbers', (
    select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
      'key', wanted.number_key,
      'refused', case when refusal.entry is not null then
        jsonb_build_object('since', refusal.since, 'where', place(refusal.desk_id, me.site_id)) end,
      'sent', case when last.invitation is not null then
        jsonb_build_object('at', last.sent_at, 'proved', last.state = 'sent', 'inFlight', last.in_flight,
          'invitation', case when last.desk_id = me.id then last.invitation end,
          'staff', case when sender.site_id = me.site_id then last.staff end, 'where', place(last.desk_id, me.site_id)) end,
      'waits', case when open.invitation is not null then
        jsonb_build_object('since', open.queued_at, 'where', place(open.desk_id, me.site_id),
          'isSilent', holder.revoked_at is not null or holder.seen_at < now() - interval '10 minutes',
          'silentSince', to_ms(holder.seen_at)) end
    ))), '[]')
    from (select distinct unnest(p_keys) as number_key) as wanted
    left join refusal on refusal.number_key = wanted.number_key
    left join lateral (
      select send.*, is_in_flight(send, db.flight_ms) as in_flight
      from send where send.number_key = wanted.number_key order by sent_at desc limit 1
    ) as last on true
    left join desk as sender on sender.id = last.desk_id
    left join lateral (
      select * from open_invitation as waiting
      where waiting.number_key = wanted.number_key and waiting.desk_id <> me.id and waiting.taken_by is null
      order by queued_at limit 1
    ) as open on true
    left join desk as holder on holder.id = open.desk_id
    where refusal.entry is not null or last.invitation is not null or open.invitation is not null
  ));
end $$;

-- Asks for the right to send one invitation now. A granted claim counts as a possible SMS from then on, and never becomes
-- free by itself: only its own desk takes it back, with settle(). Asking again for the same invitation is one claim.
-- p_claim: the number of this call, higher than any before it at this desk: it tells a late call from a later claim.
-- p_seen: the time of the SMS that a person saw before they sent again anyway. p_looked: Partoo was searched before.
create function deskbell_v1.claim(
  p_token bytea, p_invitation uuid, p_claim bigint, p_key uuid, p_business text, p_now bigint, p_queued_at bigint,
  p_forced boolean, p_seen bigint, p_staff text, p_looked boolean
) returns jsonb language plpgsql security definer set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
declare
  me desk;
  db site_database;
  since bigint;
  mine open_invitation;
  other send;
  wait_ms int;
  granted bigint;
begin
  me := caller(p_token);
  perform require_values(num_nulls(p_invitation, p_claim, p_key, p_business, p_now, p_queued_at, p_forced, p_looked));
  if is_clock_off(p_now) then
    return jsonb_build_object('is', 'clock', 'now', now_ms());
  end if;
  -- Not in one expression: is_settled() also notices a server that has started again.
  if not is_settled() and not p_looked then
    return '{"is":"look"}';
  end if;
  if not p_looked and not is_whole() then
    return '{"is":"look"}';
  end if;
  select * into db from site_database;
  if not use_limit(me.id, 'keys', 1, db.keys_an_hour, 'hour') then
    return '{"is":"too-often"}';
  end if;
  perform lock_number(p_key);
  if exists (select from erasure where number_key = p_key and p_queued_at < queued_before) then
    return '{"is":"erased"}';
  end if;
  select refusal.since into since from refusal where number_key = p_key;
  if found then
    return jsonb_build_object('is', 'refused', 'since', since);
  end if;
  select * into mine from open_invitation where invitation = p_invitation;
  if mine.taken_by is not null then
    return jsonb_build_object('is', 'taken', 'where', place(mine.taken_by, me.site_id));
  end if;
  -- The invitation itself is proved as sent: a desk that was restored from a backup does not know that. A further SMS,
  -- also a forced one, is a further invitation.
  select * into other from send where invitation = p_invitation and desk_id = me.id and state = 'sent';
  if found then
    return jsonb_build_object('is', 'window', 'sentAt', other.sent_at, 'proved', true, 'where', place(me.id, me.site_id));
  end if;
  -- Another desk may have this invitation too: the same PC, before it left and joined again. Its SMS counts here like that of
  -- any other desk.
  select * into other from send
    where number_key = p_key and (invitation <> p_invitation or desk_id <> me.id) and is_in_flight(send, db.flight_ms)
    limit 1;
  if found then
    return jsonb_build_object('is', 'busy', 'where', place(other.desk_id, me.site_id));
  end if;
  select * into other from send
    where number_key = p_key and (invitation <> p_invitation or desk_id <> me.id) and sent_at > p_now - db.window_ms
      and not (p_forced and sent_at <= coalesce(p_seen, 0))
    order by sent_at desc limit 1;
  if found then
    return jsonb_build_object('is', 'window', 'sentAt', other.sent_at, 'proved', other.state = 'sent',
      'where', place(other.desk_id, me.site_id));
  end if;
  wait_ms := take_turns('send', 1);
  if wait_ms > 0 then
    return jsonb_build_object('is', 'turn', 'waitMs', wait_ms);
  end if;
  insert into send (invitation, number_key, desk_id, business, state, sent_at, claim, staff)
    values (p_invitation, p_key, me.id, p_business, 'in_flight', p_now, p_claim, p_staff)
    on conflict (invitation, desk_id) do update
      set state = 'in_flight', sent_at = greatest(send.sent_at, excluded.sent_at), claim = p_claim, claimed_at = clock_timestamp()
      where send.number_key = p_key and send.state <> 'sent' and send.claim <= p_claim
    returning claim into granted;
  if granted is null then
    raise exception 'this invitation belongs to another number' using errcode = 'SD003';
  end if;
  return jsonb_build_object('is', 'granted', 'claim', granted);
end $$;

-- What became of a claim. p_sent_at null: proved never sent; that takes back only the claim with this number, because a
-- call that was on its way for long could meet a later claim. Without a proof, only the result of the last claim changes one
-- that is in flight: a late result of an earlier one must not end it. A proof is never taken back, and no time moves back.
-- `known`: false when the database has no such SMS (it was restored): the desk pushes it then.
create function deskbell_v1.settle(
  p_token bytea, p_invitation uuid, p_claim bigint, p_sent_at bigint, p_proved boolean, p_partoo_id text
) returns jsonb language plpgsql security definer set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
declare
  me desk;
  key uuid;
begin
  me := caller(p_token);
  perform require_values(num_nulls(p_invitation, p_claim, p_proved));
  select number_key into key from send where invitation = p_invitation and desk_id = me.id;
  if not found then
    return '{"is":"kept","known":false}';
  end if;
  perform lock_number(key);
  if p_sent_at is null then
    delete from send
      where invitation = p_invitation and desk_id = me.id and claim = p_claim and state <> 'sent';
    return '{"is":"kept","known":true}';
  end if;
  update send set
    state = case when p_proved or state = 'sent' then 'sent' else 'maybe' end,
    sent_at = case
      when state <> 'sent' and p_proved then plausible_ms(p_sent_at)
      when state <> 'sent' or p_proved then greatest(sent_at, plausible_ms(p_sent_at))
      else sent_at end,
    partoo_id = coalesce(p_partoo_id, partoo_id)
  where invitation = p_invitation and desk_id = me.id
    and (p_proved or claim = p_claim or not is_in_flight(send, (select flight_ms from site_database)));
  delete from open_invitation where invitation = p_invitation and desk_id = me.id and p_proved;
  return '{"is":"kept","known":true}';
end $$;

-- Which of these SMS of Partoo's list belong to another invitation, or may do so: none of them proves this one. The first of the
-- others is reserved for it, because two desks may search in the same second. While another SMS to the number is being sent, each
-- may be that one. A desk that died during it and is not back after an hour does not count any more.
-- p_ids: in the order in which the desk would take them.
create function deskbell_v1.attribute_sms(p_token bytea, p_invitation uuid, p_ids text[]) returns jsonb
language plpgsql security definer set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
declare
  me desk;
  key uuid;
  others text[];
begin
  me := caller(p_token);
  perform require_values(num_nulls(p_invitation, p_ids));
  if cardinality(p_ids) not between 1 and 50 then
    raise exception 'too many SMS' using errcode = 'SD004';
  end if;
  if not use_limit(me.id, 'keys', 1, (select keys_an_hour * 3 / 4 from site_database), 'hour') then
    return '{"is":"too-often"}';
  end if;
  select number_key into key from send where invitation = p_invitation and desk_id = me.id;
  if found then
    perform lock_number(key);
    if exists (
      select from send where number_key = key and invitation <> p_invitation and state = 'in_flight'
        and claimed_at > clock_timestamp() - interval '1 hour'
    ) then
      return jsonb_build_object('is', 'attributed', 'others', to_jsonb(p_ids));
    end if;
  end if;
  select coalesce(array_agg(id), '{}') into others from unnest(p_ids) as id
    where exists (select from send where partoo_id = id and invitation <> p_invitation);
  update send set partoo_id = coalesce((
    select id from unnest(p_ids) with ordinality as listed (id, place)
    where id <> all (others) and length(id) between 1 and 64 order by place limit 1
  ), partoo_id)
  where invitation = p_invitation and desk_id = me.id and state <> 'sent';
  return jsonb_build_object('is', 'attributed', 'others', to_jsonb(others));
end $$;

-- Asks for the right to make requests to Partoo: searches and polls; a send has its turn from the claim.
create function deskbell_v1.turns(p_token bytea, p_purpose text, p_count int) returns jsonb
language plpgsql security definer set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
declare
  wait_ms int;
begin
  perform caller(p_token);
  perform set_config('synchronous_commit', 'off', true);
  if p_purpose is null or p_purpose not in ('send', 'search', 'poll') then
    raise exception 'unknown purpose' using errcode = 'SD004';
  end if;
  wait_ms := take_turns(p_purpose, p_count);
  if wait_ms > 0 then
    return jsonb_build_object('is', 'turn', 'waitMs', wait_ms);
  end if;
  return '{"is":"granted"}';
end $$;

-- Partoo asked one desk for a pause: all desks keep it. An hour at most; a longer one is asked for again.
create function deskbell_v1.pause(p_token bytea, p_ms bigint) returns jsonb
language plpgsql security definer set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
declare
  me desk;
  ends_at timestamptz;
begin
  me := caller(p_token);
  perform require_values(num_nulls(p_ms));
  ends_at := clock_timestamp() + least(greatest(p_ms, 0), 3600000) * interval '1 millisecond';
  update rate set paused_until = ends_at where paused_until < ends_at and p_ms > 0;
  -- A pause is always kept; the list of acts does not grow without a limit.
  if found and use_limit(me.id, 'noted-pauses', 1, (select noted_pauses_an_hour from site_database), 'hour') then
    perform note_act(me.id, 'paused', p_ms || ' ms');
  end if;
  return '{"is":"kept"}';
end $$;
