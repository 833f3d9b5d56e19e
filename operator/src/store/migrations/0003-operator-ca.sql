-- The operator's own CA, which all replicas share, and what sessions of agents need beyond one host.

create table operator_ca (
  only_row boolean primary key default true check (only_row),
  certificate_pem text not null,
  -- PKCS #8; who reads this table can pose as the operator to its agents
  key_pem text not null,
  created_at timestamptz not null default now()
);

-- Sessions end: by their time, with their pod, or because a newer start of the same agent has one.
alter table agent_session
  add column pod_uid text,
  add column node_name text,
  -- of the start that opened it; null for agents that do not say
  add column epoch int8,
  add column expires_at timestamptz not null default now() + interval '1 hour';
create index agent_session_of_agent on agent_session (agent_id);
create index agent_session_of_pod on agent_session (pod_uid) where pod_uid is not null;
