-- Tests, runs, plan, books. The tables of the probes are made from the contract (tables/create-tables.ts).

create table cluster (
  id text primary key,
  created_at timestamptz not null default now()
);

-- One leader plans. Its epoch is checked in every planning transaction; `revision` counts these.
create table leadership (
  only_row boolean primary key default true check (only_row),
  holder text not null default '',
  epoch int8 not null default 0,
  expires_at timestamptz not null default 'epoch',
  revision int8 not null default 0
);
insert into leadership default values;

create table stream_test (
  uid uuid primary key default gen_random_uuid(),
  namespace text not null,
  name text not null,
  generation int4 not null default 1,
  resource_version int8 not null default 1,
  spec jsonb not null,
  labels jsonb not null default '{}',
  annotations jsonb not null default '{}',
  -- values of the run-now and stop-now annotations that were acted on
  handled_run_now text,
  handled_stop_now text,
  -- whether it was suspended when it was last planned: lifting that starts a run
  was_suspended boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
create unique index stream_test_name on stream_test (namespace, name) where deleted_at is null;

create table agent (
  id text primary key,
  name text not null unique,
  version text not null,
  platform jsonb not null,
  addresses jsonb not null,
  capabilities jsonb not null,
  labels jsonb not null default '{}',
  online boolean not null default true,
  first_seen timestamptz not null default now(),
  last_seen timestamptz not null default now(),
  clock_offset_seconds float8
);

create table agent_session (
  token_hash bytea primary key,
  agent_id text not null references agent on delete cascade,
  created_at timestamptz not null default now()
);

create table agent_word (
  agent_id text primary key references agent on delete cascade,
  epoch int8 not null,
  seq int8 not null,
  through_ms int8 not null,
  plan_revision int8 not null,
  spooled jsonb not null,
  spool jsonb not null,
  heard_at timestamptz not null
);

create table run (
  id uuid primary key default gen_random_uuid(),
  test_uid uuid not null references stream_test,
  number int4 not null,
  reason text not null,
  start_ms int8 not null,
  planned_end_ms int8,
  end_ms int8,
  result text,
  -- interval, duration and schedule it was started with: a change of these starts a new run
  timing jsonb not null,
  unique (test_uid, number)
);

-- One opening of a stream. (id, slot number) names a slot for good; times are ms of this database's clock.
create table span (
  id int8 primary key generated always as identity,
  stream int8 not null,
  test_uid uuid not null references stream_test,
  run_id uuid not null references run,
  agent_id text not null references agent,
  destination text not null,
  endpoint text not null default '',
  probe text not null,
  kind text not null,
  options jsonb not null,
  target jsonb,
  start_ms int8 not null,
  period_ms int8 not null,
  offset_ms int8 not null,
  from_ms int8 not null,
  to_ms int8,
  -- planning revision that opened it, and the one that last changed it
  opened_revision int8 not null,
  revision int8 not null
);
create index span_of_test on span (test_uid);
create index span_of_agent on span (agent_id);
create index span_of_stream on span (stream);

create table ledger (
  agent_id text not null,
  epoch int8 not null,
  seq int8 not null,
  at timestamptz not null default clock_timestamp(),
  samples int4 not null,
  bytes int4 not null,
  primary key (agent_id, epoch, seq)
);

-- Which slots of a minute have their sample: bit (slot mod 64), and how they ended. Rows of one key add up.
create table slot_minute (
  span_id int8 not null,
  minute int4 not null,
  mask int8 not null,
  ok int4 not null,
  lost int4 not null,
  error int4 not null,
  reasons jsonb
);
create index slot_minute_key on slot_minute (span_id, minute);

-- Slots without a sample: denied by policy, dropped by the host of the agent.
create table slot_range (
  span_id int8 not null,
  first_slot int8 not null,
  end_slot int8 not null,
  outcome text not null,
  reason text not null
);
create index slot_range_key on slot_range (span_id, first_slot);

-- Answers that no slot asked for: outside the law.
create table surplus (
  span_id int8 not null,
  reason text not null,
  count int8 not null,
  primary key (span_id, reason)
);

create table event (
  id int8 primary key generated always as identity,
  at timestamptz not null default clock_timestamp(),
  kind text not null,
  reason text not null,
  message text not null,
  namespace text,
  test text,
  agent text,
  warning boolean not null default false
);
create index event_at on event (at desc);
create index event_of_test on event (namespace, test, at desc);

-- Quantiles of histograms in plain SQL: select streamswarm_quantile(streamswarm_merge(rtts_seconds_hist), 0.95)
-- from probe_icmp_1m. The bucket rule is that of contract/src/histogram (relative error 1 %).
create function streamswarm_quantile(hist int4[], q float8) returns float8 language sql immutable parallel safe as $$
  select case when k = -1000000 then 0 else 2 * power(1.01 / 0.99, k) / (1.01 / 0.99 + 1) end
  from (
    select hist[i] as k, sum(hist[i + 1]) over (order by i) as seen, sum(hist[i + 1]) over () as total
    from generate_series(1, coalesce(array_length(hist, 1), 0), 2) as i
  ) as buckets
  where seen >= greatest(1, ceil(q * total))
  order by seen
  limit 1
$$;

create function streamswarm_histogram_add(a int4[], b int4[]) returns int4[] language sql immutable parallel safe as $$
  select coalesce(array_agg(v order by k, place), '{}')
  from (
    select k, sum(c)::int4 as c
    from (
      select a[i] as k, a[i + 1] as c from generate_series(1, coalesce(array_length(a, 1), 0), 2) as i
      union all
      select b[i], b[i + 1] from generate_series(1, coalesce(array_length(b, 1), 0), 2) as i
    ) as both_sides
    group by k
  ) as merged
  cross join lateral (values (0, k), (1, c)) as pair (place, v)
$$;

create aggregate streamswarm_merge(int4[]) (sfunc = streamswarm_histogram_add, stype = int4[], initcond = '{}');
