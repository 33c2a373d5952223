-- What a desk knows and the database may not: after a time apart, at the first join, after a restore. At most 500 of each.
-- p_sends: [{id, key, business, proved, sentAt, queuedAt, partooId, staff}], p_open: [{id, key, queuedAt, state, forced,
-- tried, sealed}], p_ended: open invitations that have ended, or that were taken over and are saved, p_refusals: [{key, since, hint}].
-- p_known: the last change that the database has acknowledged. A database that does not know it was restored: it answers `hello`,
-- and the hello finds that out before a push of newer changes hides it.
-- Idempotent. `erased` and `taken` name invitations that the desk must end; `refusalsLeft` the refusals beyond its limit;
-- `notKept` the invitations that the database has for another number, or that another desk has open.
create function deskbell_v1.push(
  p_token bytea, p_known bigint, p_change bigint, p_sends jsonb, p_open jsonb, p_ended uuid[], p_refusals jsonb
) returns jsonb language plpgsql security definer set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
declare
  me desk;
  db site_database;
  numbers int := jsonb_array_length(p_sends) + jsonb_array_length(p_open);
  erased uuid[];
  not_kept uuid[];
  refusals_left uuid[] := '{}';
  entry record;
begin
  me := caller(p_token);
  perform require_values(num_nulls(p_known, p_change, p_sends, p_open, p_ended, p_refusals));
  if me.pushed < p_known then
    return '{"is":"hello"}';
  end if;
  if greatest(jsonb_array_length(p_sends), jsonb_array_length(p_open), jsonb_array_length(p_refusals), cardinality(p_ended)) > 500 then
    raise exception 'too much at once' using errcode = 'SD004';
  end if;
  perform require_values((
    select count(*)::int from (
      select num_nulls(id, key, business, proved, "sentAt", "queuedAt") as missing from jsonb_to_recordset(p_sends) as item (
        id uuid, key uuid, business text, proved boolean, "sentAt" bigint, "queuedAt" bigint
      )
      union all
      select num_nulls(id, key, "queuedAt", state, forced, tried) from jsonb_to_recordset(p_open) as item (
        id uuid, key uuid, "queuedAt" bigint, state text, forced boolean, tried boolean
      )
      union all
      select num_nulls(key, since, hint) from jsonb_to_recordset(p_refusals) as item (key uuid, since bigint, hint int)
    ) as items where missing > 0
  ));
  select * into db from site_database;
  -- The last quarter of the numbers is reserved for claims. Refusals have a limit of their own: whatever else a desk has asked in
  -- this hour, a "no" is shared at once.
  if numbers > 0 and not use_limit(me.id, 'keys', numbers, db.keys_an_hour * 3 / 4, 'hour') then
    return '{"is":"too-often"}';
  end if;
  -- First, so that an erasure at the same time is either seen below or waits for this commit.
  perform lock_numbers(array(
    select (item->>'key')::uuid from jsonb_array_elements(p_sends || p_open || p_refusals) as item
  ));
  -- A PC that has joined again has the invitations that its earlier desk had open, and goes on with them: that desk is revoked, or
  -- has been silent since this one joined.
  update open_invitation set desk_id = me.id from desk as earlier
    where (invitation = any (p_ended) or invitation in (select (item->>'id')::uuid from jsonb_array_elements(p_open) as item))
      and earlier.id = open_invitation.desk_id and earlier.id <> me.id and earlier.site_id = me.site_id
      and (earlier.revoked_at is not null or earlier.seen_at < me.enrolled_at)
      and taken_by is distinct from me.id;
  if found then
    perform note_act(me.id, 'took its earlier invitations along');
  end if;
  select coalesce(array_agg(distinct item.id), '{}') into erased
    from jsonb_to_recordset(p_sends || p_open) as item (id uuid, key uuid, "queuedAt" bigint)
    join erasure on erasure.number_key = item.key and item."queuedAt" < erasure.queued_before;
  insert into send (invitation, number_key, desk_id, business, state, sent_at, partoo_id, staff)
    select item.id, item.key, me.id, item.business, case when item.proved then 'sent' else 'maybe' end,
      plausible_ms(item."sentAt"), item."partooId", item.staff
    from jsonb_to_recordset(p_sends) as item (
      id uuid, key uuid, business text, proved boolean, "sentAt" bigint, "partooId" text, staff text
    )
    where item.id <> all (erased)
    on conflict (invitation, desk_id) do update set
      -- A push is older than a claim that is in flight, unless it is a proof.
      state = case
        when send.state = 'sent' or excluded.state = 'sent' then 'sent'
        when is_in_flight(send, db.flight_ms) then send.state
        else excluded.state end,
      sent_at = case
        when send.state <> 'sent' and excluded.state = 'sent' then excluded.sent_at
        when send.state <> 'sent' or excluded.state = 'sent' then greatest(send.sent_at, excluded.sent_at)
        else send.sent_at end,
      partoo_id = coalesce(excluded.partoo_id, send.partoo_id)
    where send.number_key = excluded.number_key;
  insert into open_invitation (invitation, number_key, desk_id, queued_at, state, forced, tried, sealed)
    select item.id, item.key, me.id, plausible_ms(item."queuedAt"), item.state, item.forced, item.tried, decode(item.sealed, 'base64')
    from jsonb_to_recordset(p_open) as item (
      id uuid, key uuid, "queuedAt" bigint, state text, forced boolean, tried boolean, sealed text
    )
    where item.id <> all (erased)
    on conflict (invitation) do update set
      number_key = excluded.number_key, queued_at = excluded.queued_at, state = excluded.state,
      forced = excluded.forced, tried = excluded.tried, sealed = excluded.sealed
    where open_invitation.desk_id = me.id;
  select coalesce(array_agg(distinct id), '{}') into not_kept from (
    select item.id from jsonb_to_recordset(p_sends) as item (id uuid, key uuid)
      join send on send.invitation = item.id and send.desk_id = me.id and send.number_key <> item.key
    union all
    select item.id from jsonb_to_recordset(p_open) as item (id uuid)
      join open_invitation on open_invitation.invitation = item.id and open_invitation.desk_id <> me.id
  ) as items where id <> all (erased);
  update open_invitation set is_taken_saved = true where invitation = any (p_ended) and taken_by = me.id;
  delete from open_invitation
    where invitation = any (p_ended) and desk_id = me.id and (taken_by is null or is_taken_saved);
  update desk set pushed = greatest(pushed, p_change), seen_at = now() where id = me.id;
  for entry in
    select * from jsonb_to_recordset(p_refusals) as item (key uuid, since bigint, hint int) order by key
  loop
    if add_refusal(me, entry.key, entry.since, entry.hint) = 'too-many' then
      refusals_left := refusals_left || entry.key;
    end if;
  end loop;
  return jsonb_build_object('is', 'kept', 'erased', to_jsonb(erased), 'refusalsLeft', to_jsonb(refusals_left),
    'notKept', to_jsonb(not_kept), 'taken', (
    select coalesce(jsonb_agg(jsonb_build_object('invitation', invitation, 'where', place(taken_by, me.site_id))), '[]')
    from open_invitation where desk_id = me.id and taken_by is not null
  ));
end $$;

-- Takes over an invitation of a desk of the own site that is silent or revoked. Asking again gives the same answer: the
-- desk saves it before anything else.
create function deskbell_v1.take_over(p_token bytea, p_invitation uuid) returns jsonb
language plpgsql security definer set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
declare
  me desk;
  wanted open_invitation;
  holder desk;
begin
  me := caller(p_token);
  select * into wanted from open_invitation where invitation = p_invitation;
  if not found then
    return '{"is":"absent"}';
  end if;
  perform lock_number(wanted.number_key);
  select * into wanted from open_invitation where invitation = p_invitation;
  if not found then
    return '{"is":"absent"}';
  end if;
  select * into holder from desk where id = wanted.desk_id;
  if holder.site_id <> me.site_id then
    return '{"is":"elsewhere"}';
  end if;
  if wanted.taken_by is distinct from me.id then
    if wanted.taken_by is not null then
      return jsonb_build_object('is', 'taken', 'where', place(wanted.taken_by, me.site_id));
    end if;
    if holder.id = me.id or (holder.revoked_at is null and holder.seen_at > now() - interval '10 minutes') then
      return '{"is":"awake"}';
    end if;
    -- What may have been sent stays where it is: a person decides there.
    if wanted.forced or wanted.tried or wanted.sealed is null or wanted.state not in ('held', 'waiting')
      or exists (select from send where invitation = p_invitation) then
      return '{"is":"in-doubt"}';
    end if;
    update open_invitation set taken_by = me.id where invitation = p_invitation;
    perform note_act(me.id, 'took over', 'from desk ' || holder.id);
  end if;
  return jsonb_build_object('is', 'yours', 'sealed', encode(wanted.sealed, 'base64'), 'queuedAt', wanted.queued_at);
end $$;
