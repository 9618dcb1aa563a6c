#!/bin/sh
# Starts a throw-away PostgreSQL server on a loopback port, as its own user (PostgreSQL refuses root), and prints its URL:
#   THC_TEST_POSTGRES=$(scripts/ci-postgres.sh start DIR) npm test; scripts/ci-postgres.sh stop DIR
# DIR must be one that user `postgres` can reach. Needs Debian's package `postgresql` (or initdb and pg_ctl on the PATH).
set -eu
verb=$1
dir=$2
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
if [ -z "$bin" ]; then
  found=$(command -v initdb) || { echo "no initdb: PostgreSQL is not installed" >&2; exit 1; }
  bin=$(dirname "$found")
fi
as() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi; }
# Runs a step whose words go to a file, which is shown when it fails.
step() {
  log=$1
  shift
  as "$@" >"$dir/$log" 2>&1 || { cat "$dir/$log" >&2; exit 1; }
}
case $verb in
start)
  mkdir -p "$dir"
  if [ "$(id -u)" = 0 ]; then chown postgres "$dir"; fi
  port=$(node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
  cd "$dir"
  step initdb.log "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C
  step start.log "$bin/pg_ctl" -D "$dir/data" -w -l "$dir/server.log" -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$dir" start
  echo "postgres://postgres@127.0.0.1:$port/postgres"
  ;;
stop)
  cd "$dir"
  as "$bin/pg_ctl" -D "$dir/data" -m fast stop >/dev/null
  ;;
*)
  echo "usage: $0 start|stop DIR" >&2
  exit 2
  ;;
esac
