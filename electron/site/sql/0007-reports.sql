-- The desks of the own site, the invitations that wait at the others, and the rate.
create function deskbell_v1.report_site(p_token bytea) returns jsonb
language plpgsql stable security definer set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
declare
  me desk;
  limits rate;
begin
  me := caller(p_token);
  select * into limits from rate;
  return jsonb_build_object('is', 'site',
    'site', (select name from site where id = me.site_id),
    'head', (select seq from feed_head),
    'perMinute', limits.per_minute,
    'usedThisMinute', (
      select coalesce(sum(count), 0) from rate_second where second > extract(epoch from now())::bigint - 60
    ),
    'pausedMs', greatest(0, case when isfinite(limits.paused_until)
      then ceil(extract(epoch from limits.paused_until - now()) * 1000) else 0 end),
    'organisation', (
      select jsonb_build_object('waiting', coalesce(sum(waiting), 0), 'oldestWaitingAt', min(oldest_waiting_at))
      from desk where revoked_at is null
    ),
    'desks', (
      select jsonb_agg(jsonb_build_object('desk', id, 'name', name, 'isThis', id = me.id, 'version', version,
        'seenAt', to_ms(seen_at), 'isRevoked', revoked_at is not null,
        'waiting', waiting, 'oldestWaitingAt', oldest_waiting_at, 'clockOffMs', clock_off_ms, 'pulled', pulled,
        'hasPushedAll', epoch = (select epoch from site_database)) order by name, id)
      from desk where site_id = me.site_id
    ),
    'open', (
      select coalesce(jsonb_agg(jsonb_build_object('invitation', invitation, 'desk', desk_id, 'queuedAt', queued_at,
        'state', state, 'forced', forced, 'tried', tried, 'sealed', encode(sealed, 'base64'),
        'isTakenByThis', taken_by is not null) order by queued_at, invitation), '[]')
      from (
        select open_invitation.* from open_invitation join desk on desk.id = open_invitation.desk_id
        where desk.site_id = me.site_id and desk.id <> me.id and (taken_by is null or (taken_by = me.id and not is_taken_saved))
        -- Some of each desk: one desk with many old ones does not hide the others.
        order by row_number() over (partition by desk.id order by queued_at, invitation), queued_at limit 200
      ) as others
    )
  );
end $$;

-- The sites as counts, for a desk of the office.
create function deskbell_v1.report_org(p_token bytea) returns jsonb
language plpgsql stable security definer set search_path = deskbell, pg_temp set timezone = 'UTC' as $$
declare
  me desk;
begin
  me := caller(p_token);
  if not me.is_office then
    return '{"is":"not-office"}';
  end if;
  return jsonb_build_object('is', 'organisation', 'sites', (
    select coalesce(jsonb_agg(jsonb_build_object('code', counts.code, 'name', counts.name, 'desks', counts.desks,
      'silent', counts.silent, 'waiting', counts.waiting, 'oldestWaitingAt', counts.oldest_waiting_at,
      'lastSeenAt', to_ms(counts.last_seen_at)) order by counts.code), '[]')
    from (
      select site.code, site.name, count(desk.id) as desks,
        count(desk.id) filter (where desk.seen_at < now() - interval '10 minutes') as silent,
        coalesce(sum(desk.waiting), 0) as waiting, min(desk.oldest_waiting_at) as oldest_waiting_at,
        max(desk.seen_at) as last_seen_at
      from site left join desk on desk.site_id = site.id and desk.revoked_at is null
      group by site.id
    ) as counts
  ));
end $$;
