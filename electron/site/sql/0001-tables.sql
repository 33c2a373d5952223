-- Numbers are keyed hashes here; the key is in the organisation's secret, which the database does not have.
-- Times of SMS are Partoo's, in milliseconds since 1970. Columns of type timestamptz hold the time of this server, which
-- measures durations only.

create table site (
  id int generated always as identity primary key,
  code text not null unique check (code ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  name text not null check (length(name) between 1 and 100)
);

create table desk (
  id int generated always as identity primary key,
  site_id int not null references site,
  name text not null check (length(name) between 1 and 60),
  token_hash bytea not null unique check (length(token_hash) = 32),
  is_office boolean not null,
  version text not null check (length(version) <= 40),
  enrolled_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  revoked_at timestamptz,
  -- The epoch for which this desk has pushed everything that it knows.
  epoch int not null,
  -- The last of the desk's own changes that it has pushed, and the last entry of the feed that it has applied.
  pushed bigint not null default 0 check (pushed >= 0),
  pulled bigint not null default 0 check (pulled >= 0),
  waiting int not null default 0 check (waiting >= 0),
  oldest_waiting_at bigint,
  clock_off_ms bigint not null default 0,
  -- Refusals that it may add beyond the daily limit: for a list that it joins with, or imports.
  import_allowance int not null check (import_allowance >= 0),
  -- The enrolment code with which it joined: revoking the desk cancels the code.
  code_hash bytea not null
) with (fillfactor = 70);
create index desk_site on desk (site_id);

create table enrolment (
  code_hash bytea primary key check (length(code_hash) = 32),
  site_id int not null references site,
  is_office boolean not null,
  import_allowance int not null check (import_allowance >= 0),
  uses_left int not null check (uses_left >= 0),
  expires_at timestamptz not null
);

-- What a desk has used of a limit since the beginning of an hour or a day.
create table limit_use (
  desk_id int not null references desk,
  what text not null,
  since timestamptz not null,
  count int not null check (count >= 0),
  primary key (desk_id, what, since)
) with (fillfactor = 70);

-- Everything about one number is decided while its row is locked.
create table number (number_key uuid primary key);

-- An SMS that was sent, may have been sent or is being sent. Every desk has its own invitation ids: a desk that uses the
-- id of another desk changes nothing there.
create table send (
  invitation uuid not null,
  number_key uuid not null,
  desk_id int not null references desk,
  business text not null check (length(business) between 1 and 64),
  state text not null check (state in ('in_flight', 'maybe', 'sent')),
  sent_at bigint not null check (sent_at > 0),
  -- The last claim of this invitation: the number that its desk gave it, and when it was granted. A desk never uses a number
  -- again, also after it has taken a claim back.
  claim bigint not null default 0,
  claimed_at timestamptz not null default clock_timestamp(),
  partoo_id text check (length(partoo_id) between 1 and 64),
  staff text check (length(staff) <= 100),
  primary key (invitation, desk_id)
);
create index send_number on send (number_key, sent_at);
create index send_age on send using brin (sent_at);
create index send_partoo on send (partoo_id) where partoo_id is not null;

-- An invitation that has not ended, on the desk where it was typed. `sealed`: number and name, for taking it over.
create table open_invitation (
  invitation uuid primary key,
  number_key uuid not null,
  desk_id int not null references desk,
  queued_at bigint not null,
  state text not null check (state in ('held', 'waiting', 'sending', 'unconfirmed', 'needs_decision')),
  forced boolean not null,
  tried boolean not null,
  sealed bytea check (length(sealed) <= 1200),
  -- The desk that took it over, and whether that desk has saved it: until then the row is kept.
  taken_by int references desk,
  is_taken_saved boolean not null default false
);
create index open_invitation_number on open_invitation (number_key);
create index open_invitation_desk on open_invitation (desk_id, queued_at);

create table refusal (
  number_key uuid primary key,
  entry bigint generated always as identity unique,
  hint int not null check (hint >= 0),
  since bigint not null check (since > 0),
  desk_id int not null references desk,
  added_at timestamptz not null default now()
);
create index refusal_desk on refusal (desk_id, added_at);

-- An order to every desk: erase what was queued for this number before that time.
create table erasure (
  number_key uuid primary key,
  queued_before bigint not null,
  seq bigint not null,
  ordered_at timestamptz not null default now()
);

-- What desks pull. The row of feed_head is locked until the commit, so that a reader who has come to the head has missed
-- nothing: a sequence would hand out numbers in another order than the commits.
create table feed (
  seq bigint primary key,
  kind text not null check (kind in ('refusal', 'refusal-gone', 'erasure')),
  body jsonb not null,
  added_at timestamptz not null default clock_timestamp()
);
create table feed_head (
  only_row boolean primary key default true check (only_row),
  seq bigint not null default 0,
  -- Entries up to this one may be missing. A desk that stopped before it starts again from 0, unless it began at 0 after
  -- they were deleted.
  cleared_to bigint not null default 0
);
insert into feed_head default values;

-- The organisation's share of Partoo's 300 requests a minute; `reserve` is for the desks that cannot reach the database.
create table rate (
  only_row boolean primary key default true check (only_row),
  per_minute int not null default 250 check (per_minute > 0),
  reserve_per_minute int not null default 50 check (reserve_per_minute >= 0),
  paused_until timestamptz not null default '-infinity'
);
insert into rate default values;
create table rate_second (second bigint primary key, count int not null check (count > 0)) with (fillfactor = 50);

-- A setting that holds at every desk of the organisation (no site) or of one site, which comes first. The desk knows the
-- names and checks the values.
create table setting (
  site_id int references site,
  name text not null check (name ~ '^[a-zA-Z]{1,40}$'),
  value jsonb not null check (length(value::text) <= 1000000),
  -- The desk that shares it with its site; null: an administrator has set it.
  desk_id int references desk,
  changed_at timestamptz not null default now()
);
-- An administrator's and the shared one exist side by side: when the first is taken back, the second holds again.
create unique index setting_once on setting (site_id, name, (desk_id is null)) nulls not distinct;

-- Who erased, took over, renamed, removed, revoked, paused or changed a setting. It names no number.
create table act (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  desk_id int references desk,
  what text not null,
  detail text
);
create index act_age on act (at);

create table site_database (
  only_row boolean primary key default true check (only_row),
  -- Raised when the database knows less than a desk saw it know: it was restored from a backup.
  epoch int not null default 1,
  rewound_at timestamptz,
  -- The server as it was last seen. Another start or timeline may be an older state of the data.
  known_start timestamptz,
  known_timeline text,
  settled_at timestamptz not null default '-infinity',
  settle_ms int not null default 90000,
  window_ms bigint not null default 864000000,
  flight_ms int not null default 180000,
  hint_bits int not null default 24 check (hint_bits between 16 and 30),
  poll_ms int not null default 30000,
  when_apart text not null default 'look' check (when_apart in ('look', 'wait')),
  retention_days int not null default 30 check (retention_days between 11 and 3650),
  keys_an_hour int not null default 20000,
  refusals_a_day int not null default 200,
  removed_refusals_a_day int not null default 20,
  erasures_a_day int not null default 50,
  rewinds_a_day int not null default 10,
  renamed_desks_a_day int not null default 50,
  removed_desks_a_day int not null default 5,
  staff_changes_a_day int not null default 100,
  noted_pauses_an_hour int not null default 60,
  -- Another value after each change of a setting. No number: a restored database must not use one again.
  settings_version uuid not null default gen_random_uuid(),
  -- HMAC of the organisation's secret, to notice a desk with another one.
  secret_check bytea check (length(secret_check) = 16),
  purged_at timestamptz not null default '-infinity'
);
insert into site_database default values;

create view report as
  select site.code, site.name as site, desk.name as desk, desk.version, desk.seen_at, desk.waiting,
    to_timestamp(desk.oldest_waiting_at / 1000.0) as oldest_waiting_at, desk.revoked_at
  from desk join site on site.id = desk.site_id;
