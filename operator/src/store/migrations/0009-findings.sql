-- Limits of tests that a stream breaks, or has broken.

create table finding (
  id int8 primary key generated always as identity,
  test_uid uuid not null references stream_test,
  stream int8 not null,
  agent text not null,
  destination text not null,
  probe text not null,
  kind text not null,
  metric text not null,
  side text not null,
  bound float8 not null,
  -- consecutive slots that break it
  slots int4 not null,
  -- first of those slots, and the value of the newest one when it was found
  began_at timestamptz not null,
  value float8 not null,
  ended_at timestamptz,
  -- why it ended: Recovered, Removed (the limit), Closed (the stream)
  end_reason text
);
-- However many operators look, one limit of one stream is broken once at a time.
create unique index finding_open on finding (test_uid, stream, kind, metric, side, bound, slots) where ended_at is null;
create index finding_by_begin on finding (began_at desc);
