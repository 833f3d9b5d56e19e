-- People and scripts that may look and change, and who did what. Secrets stand here as hashes only.

create table access_user (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  role text not null check (role in ('viewer', 'editor', 'admin')),
  -- scrypt with its parameters and salt
  password_hash text not null,
  created_by text not null,
  created_at timestamptz not null default clock_timestamp(),
  last_login_at timestamptz
);
-- one person, however the name is written
create unique index access_user_name on access_user (lower(name));

create table access_session (
  -- SHA-256 of the id, which only the browser has
  id_hash bytea primary key,
  user_id uuid not null references access_user on delete cascade,
  created_at timestamptz not null default clock_timestamp(),
  last_used_at timestamptz not null default clock_timestamp(),
  -- the end, however much it is used
  expires_at timestamptz not null
);
create index access_session_of_user on access_session (user_id);

create table api_token (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  role text not null check (role in ('viewer', 'editor', 'admin')),
  -- SHA-256 of the token, which is shown once
  token_hash bytea not null unique,
  created_by text not null,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  last_used_at timestamptz
);

-- The link by which the first admin comes in; a newer one replaces it.
create table admin_link (
  only_row boolean primary key default true check (only_row),
  token_hash bytea not null,
  expires_at timestamptz not null
);

create table audit (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  actor text not null,
  -- such as test.delete
  action text not null,
  object text not null,
  detail text
);
