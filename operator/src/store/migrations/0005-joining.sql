-- Hosts that join over the network: tokens to join by, keys they prove themselves with, proofs already used.

create table join_token (
  id uuid primary key default gen_random_uuid(),
  -- SHA-256 of the token, which is shown once and stored nowhere
  token_hash bytea not null unique,
  -- name of the agent that joins by it; null: what the host says
  name text,
  labels jsonb not null default '{}',
  created_by text not null,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz
);

create table host_identity (
  agent_id text primary key,
  -- Ed25519, base64url of its 32 bytes; null: an agent of the operator's own host that was revoked without having joined
  public_key text unique,
  name text,
  labels jsonb not null default '{}',
  join_token_id uuid unique references join_token,
  joined_at timestamptz not null default clock_timestamp(),
  revoked_at timestamptz
);

-- Each signed assertion opens one session.
create table used_assertion (
  agent_id text not null,
  jti text not null,
  expires_at timestamptz not null,
  primary key (agent_id, jti)
);
create index used_assertion_by_end on used_assertion (expires_at);
