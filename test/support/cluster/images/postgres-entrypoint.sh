#!/bin/sh
# The lab's stand-in for the entrypoint of the official image: POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB, PGDATA.
set -eu
: "${POSTGRES_PASSWORD:?set POSTGRES_PASSWORD}"
user=${POSTGRES_USER:-postgres}
database=${POSTGRES_DB:-$user}

if [ ! -s "$PGDATA/PG_VERSION" ]; then
  mkdir -p "$PGDATA"
  chmod 700 "$PGDATA"
  password_file=$(mktemp)
  printf '%s\n' "$POSTGRES_PASSWORD" >"$password_file"
  initdb --pgdata="$PGDATA" --username="$user" --pwfile="$password_file" --encoding=UTF8 --locale=C.UTF-8 \
    --auth-local=trust --auth-host=scram-sha-256
  rm -f "$password_file"
  echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
  # Its port opens only when the database is there: readiness of a pod is a look at the port.
  pg_ctl --pgdata="$PGDATA" --wait --options="-c listen_addresses=''" start
  [ "$database" = postgres ] || createdb --username="$user" --host=/var/run/postgresql "$database"
  pg_ctl --pgdata="$PGDATA" --wait --mode=fast stop
fi

exec postgres -c listen_addresses='*' "$@"
