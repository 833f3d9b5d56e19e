-- The guide's API: it counts tests and clients with integers, and takes results that scripts have measured themselves.

-- Names stand here too: a test that was just made in a cluster has no copy in stream_test yet.
create table guide_test (
  id int4 generated always as identity primary key,
  test_uid uuid not null unique,
  namespace text not null,
  name text not null
);

create table guide_client (
  id int4 generated always as identity primary key,
  -- null: a script that registered itself, and measures by itself
  agent_id text unique references agent on delete cascade,
  hostname text not null,
  ip_address text,
  system_info jsonb,
  registered_at timestamptz not null default clock_timestamp(),
  last_heartbeat_at timestamptz,
  removed_at timestamptz
);
create unique index guide_client_of_script on guide_client (hostname) where agent_id is null and removed_at is null;

-- Which scripts a test was made for; agents are chosen by the test itself.
create table guide_test_client (
  test_id int4 not null references guide_test,
  client_id int4 not null references guide_client on delete cascade,
  primary key (test_id, client_id)
);

-- What scripts submitted, in the guide's units: no slot asked for it, so it is outside the books and the rollups.
create table guide_result (
  id int8 generated always as identity primary key,
  test_id int4 not null references guide_test,
  client_id int4 not null references guide_client on delete cascade,
  -- when it was measured, by the script
  at timestamptz not null,
  received_at timestamptz not null default clock_timestamp(),
  submitted_by text not null,
  fields jsonb not null
);
create index guide_result_of_test on guide_result (test_id, at);
create index guide_result_of_client on guide_result (client_id, at desc);
create index guide_result_at on guide_result (at desc);

create function streamswarm_guide_test() returns trigger language plpgsql as $$
begin
  insert into guide_test (test_uid, namespace, name) values (new.uid, new.namespace, new.name)
    on conflict (test_uid) do nothing;
  return null;
end $$;
create trigger guide_test_came after insert on stream_test
  for each row execute function streamswarm_guide_test();

-- A script that registered before its host had an agent keeps its number.
create function streamswarm_guide_client() returns trigger language plpgsql as $$
begin
  update guide_client set agent_id = new.id
    where agent_id is null and removed_at is null and hostname = new.name;
  if not found then
    insert into guide_client (agent_id, hostname) values (new.id, new.name);
  end if;
  return null;
end $$;
create trigger guide_client_came after insert on agent
  for each row execute function streamswarm_guide_client();

insert into guide_test (test_uid, namespace, name) select uid, namespace, name from stream_test order by created_at, uid;
insert into guide_client (agent_id, hostname) select id, name from agent order by first_seen, id;
