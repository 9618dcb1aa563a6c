#!/bin/sh
# Starts a throw-away PostgreSQL server on a loopback port, as its own user (PostgreSQL refuses root), and prints its URL:
#   THC_TEST_POSTGRES=$(scripts/ci-postgres.sh start DIR) npm test; scripts/ci-postgres.sh stop DIR
# Needs Debian's package `postgresql` (or initdb and pg_ctl on the PATH).
set -eu
verb=$1
dir=$2
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb)")
as() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi; }
case $verb in
start)
  mkdir -p "$dir"
  if [ "$(id -u)" = 0 ]; then chown postgres "$dir"; fi
  port=$(node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
  cd "$dir"
  as "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C >"$dir/initdb.log" 2>&1
  as "$bin/pg_ctl" -D "$dir/data" -w -l "$dir/server.log" -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$dir" start >"$dir/start.log" 2>&1
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
