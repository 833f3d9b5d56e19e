-- Planning for clusters: nodes and hosts, schedules, the copies of tests that live in an API server.

alter table agent
  add column kind text not null default 'Host' check (kind in ('Node', 'Host')),
  add column node_name text,
  -- labels of its Node alone, where `labels` has more
  add column node_labels jsonb,
  -- where other agents reach it; null: what it tells itself
  add column address text,
  add column suspended boolean not null default false,
  -- its node or host was taken away: what it still owed is dropped
  add column gone_at timestamptz;

-- Counts changes of what planning knows of agents, so that a planner need not read a thousand rows each time.
create table agent_list (
  only_row boolean primary key default true check (only_row),
  version int8 not null default 0
);
insert into agent_list default values;

create function streamswarm_agents_changed() returns trigger language plpgsql as $$
begin
  update agent_list set version = version + 1;
  return null;
end $$;

create trigger agent_came after insert or delete on agent
  for each row execute function streamswarm_agents_changed();
create trigger agent_changed after update on agent
  for each row when (
    (old.name, old.kind, old.node_name, old.labels, old.node_labels, old.address, old.addresses, old.suspended, old.gone_at)
    is distinct from
    (new.name, new.kind, new.node_name, new.labels, new.node_labels, new.address, new.addresses, new.suspended, new.gone_at)
  ) execute function streamswarm_agents_changed();

-- How far the schedule of a test is dealt with: every due time up to here was decided on.
alter table stream_test
  add column schedule_key text,
  add column schedule_through_ms int8;

-- The due time that a run was started for: no second run starts for it.
alter table run add column due_ms int8;
create unique index run_of_due_time on run (test_uid, due_ms) where due_ms is not null;

-- Until now startAt was the only schedule, and the texts of its runs held all of it.
update run set due_ms = (extract(epoch from ((timing ->> 'schedule')::jsonb ->> 'startAt')::timestamptz) * 1000)::int8
  where reason = 'Schedule' and timing ->> 'schedule' is not null;
update run set timing = jsonb_set(
    timing, '{schedule}', to_jsonb('{"startAt":' || to_json((timing ->> 'schedule')::jsonb ->> 'startAt') || '}'))
  where timing ->> 'schedule' is not null;
update stream_test
  set schedule_key = started.schedule, schedule_through_ms = started.due_ms
  from (select distinct on (test_uid) test_uid, due_ms, timing ->> 'schedule' as schedule
        from run where due_ms is not null order by test_uid, number desc) as started
  where started.test_uid = uid;

create index run_open on run (test_uid) where end_ms is null;
create index span_of_run on span (run_id);
-- Streams that are open now, and those of a window, among all that ever were.
create index span_until on span ((coalesce(to_ms, 8000000000000000000)));
-- Until when an agent owes slots of a span (plan-of-agent.ts).
drop index span_of_agent;
create index span_of_agent on span (agent_id, (coalesce(to_ms, 8000000000000000000) + 3 * period_ms));
