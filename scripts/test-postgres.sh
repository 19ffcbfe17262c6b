#!/bin/sh
# A private Postgres server for the tests, from the binaries of the installed postgresql package.
#
#   export HEED_TEST_DATABASE_URL="$(scripts/test-postgres.sh start)"
#   npm test
#   scripts/test-postgres.sh stop
#
# start  starts it unless it runs already, and prints its URL alone on stdout
# stop   stops it and removes its data; fine when it does not run
#
# Works as an ordinary user and as root (Postgres refuses root, so it then runs as the user postgres).
# HEED_TEST_POSTGRES_PORT picks another port (default 54329), HEED_POSTGRES_BIN another folder of binaries.
set -eu

port="${HEED_TEST_POSTGRES_PORT:-54329}"
folder="${TMPDIR:-/tmp}/heed-postgres-$port"
url="postgres://heed@127.0.0.1:$port/postgres"

fail() {
  echo "test-postgres: $1" >&2
  exit 1
}

find_binaries() {
  if [ -n "${HEED_POSTGRES_BIN:-}" ]; then
    echo "$HEED_POSTGRES_BIN"
    return
  fi
  newest=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -n | tail -1)
  if [ -n "$newest" ]; then
    echo "$newest"
  elif command -v pg_ctl >/dev/null 2>&1; then
    dirname "$(command -v pg_ctl)"
  fi
}

bin=$(find_binaries)
[ -n "$bin" ] && [ -x "$bin/pg_ctl" ] || fail "no Postgres found; install it (Debian: apt-get install postgresql) or set HEED_POSTGRES_BIN"

# Runs a command as a user that Postgres accepts.
as_server_user() {
  if [ "$(id -u)" -eq 0 ]; then
    su postgres -s /bin/sh -c "cd / && $1"
  else
    sh -c "cd / && $1"
  fi
}

is_running() {
  [ -d "$folder/data" ] && as_server_user "'$bin/pg_ctl' status -D '$folder/data'" >/dev/null 2>&1
}

start() {
  if ! is_running; then
    rm -rf "$folder"
    mkdir -p "$folder"
    if [ "$(id -u)" -eq 0 ]; then chown postgres "$folder"; fi
    chmod 700 "$folder"
    as_server_user "'$bin/initdb' -D '$folder/data' -U heed -E UTF8 --locale=C.UTF-8 --auth=trust" >"$folder/initdb.log" 2>&1 ||
      fail "initdb failed; see $folder/initdb.log"
    # fsync is off for speed: this data is thrown away.
    options="-p $port -k $folder -c listen_addresses=127.0.0.1 -c max_connections=100 -c shared_buffers=32MB -c fsync=off"
    as_server_user "'$bin/pg_ctl' start -w -t 30 -D '$folder/data' -l '$folder/server.log' -o '$options'" >/dev/null 2>&1 ||
      fail "the server did not start; see $folder/server.log"
  fi
  echo "$url"
}

stop() {
  if is_running; then
    as_server_user "'$bin/pg_ctl' stop -m immediate -w -t 30 -D '$folder/data'" >/dev/null 2>&1 || fail "the server did not stop"
  fi
  rm -rf "$folder"
}

case "${1:-}" in
  start) start ;;
  stop) stop ;;
  *) fail "use start or stop" ;;
esac
