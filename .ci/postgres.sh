#!/usr/bin/env bash
# A throwaway PostgreSQL for tests: its own cluster in a folder, on a free port of 127.0.0.1.
#
#   .ci/postgres.sh start target/postgres   starts it (or finds it running) and prints its address
#   .ci/postgres.sh url   target/postgres   prints the address of the one that runs
#   .ci/postgres.sh stop  target/postgres   stops it and removes its data
#
# It never waits for the disk (fsync=off): what it holds is worth nothing. The benchmarks measure
# durable writes and start a cluster of their own. Text is sorted by the rules of a language and
# not by bytes, as on many real servers, so that a test notices who relies on bytes.
set -euo pipefail

say() { printf 'postgres.sh: %s\n' "$*" >&2; }
usage() { say "usage: postgres.sh start|stop|url DIR"; exit 2; }
[ $# -eq 2 ] || usage
verb=$1
[ "$verb" != start ] || mkdir -p "$2"
dir=$(cd "$2" 2>/dev/null && pwd) || dir=$2
# The user that it runs as need not be able to enter the folder from which we were called.
cd /

find_binaries() {
  local initdb
  initdb=$(find /usr/lib/postgresql -path '*/bin/initdb' 2>/dev/null | sort -V | tail -n 1) || true
  [ -n "$initdb" ] || initdb=$(command -v initdb || true)
  if [ -z "$initdb" ]; then
    say "PostgreSQL is not installed; on Debian: apt-get install postgresql"
    exit 1
  fi
  bin=$(dirname "$initdb")
}

# PostgreSQL refuses to run as root, so then it runs as the user that its package made.
as_owner() {
  if [ "$(id -u)" -ne 0 ]; then
    "$@"
  elif command -v runuser >/dev/null; then
    runuser -u postgres -- "$@"
  else
    su postgres -s /bin/sh -c 'exec "$0" "$@"' -- "$@"
  fi
}

# The data lie in the folder, or in a temporary one where that user cannot reach the folder.
make_home() {
  home=$dir/cluster
  mkdir -p "$home"
  if [ "$(id -u)" -eq 0 ]; then
    id postgres >/dev/null 2>&1 || { say "there is no user postgres to run as"; exit 1; }
    chown postgres: "$home"
    if ! as_owner test -w "$home" 2>/dev/null; then
      rmdir "$home"
      home=$(mktemp -d)
      chown postgres: "$home"
    fi
  fi
  printf '%s\n' "$home" >"$dir/home"
}

running() { [ -s "$dir/home" ] && as_owner "$bin/pg_ctl" -D "$(cat "$dir/home")/data" status >/dev/null 2>&1; }

make_cluster() {
  as_owner "$bin/initdb" -D "$home/data" --username=postgres --auth=trust --encoding=UTF8 \
    --locale=C.UTF-8 --locale-provider=icu --icu-locale=en-CA --no-sync >"$dir/initdb.log" 2>&1 ||
    { say "initdb failed:"; cat "$dir/initdb.log" >&2; exit 1; }
  as_owner tee -a "$home/data/postgresql.conf" >/dev/null <<'CONF'
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 300
shared_buffers = 64MB
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum_naptime = 10s
CONF
}

# Below the range from which the system hands out ports by itself.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 10000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { printf '%s\n' "$port"; return; }
  done
}

start() {
  if running; then
    cat "$dir/url"
    return
  fi
  forget
  make_home
  make_cluster
  local port
  for _ in 1 2 3 4 5; do
    port=$(free_port)
    # Its output must not keep our caller's pipe open.
    if as_owner "$bin/pg_ctl" -D "$home/data" -w -t 60 -l "$home/server.log" -o "-p $port" start >/dev/null 2>&1 </dev/null; then
      printf 'postgres://postgres@127.0.0.1:%s/postgres\n' "$port" | tee "$dir/url"
      return
    fi
  done
  say "it does not start:"
  cat "$home/server.log" >&2
  exit 1
}

forget() {
  if [ -s "$dir/home" ]; then
    rm -rf "$(cat "$dir/home")"
  fi
  rm -f "$dir/home" "$dir/url" "$dir/initdb.log"
}

stop() {
  if running; then
    as_owner "$bin/pg_ctl" -D "$(cat "$dir/home")/data" -m immediate -w stop >/dev/null
  fi
  forget
}

find_binaries
case $verb in
  start) start ;;
  stop) stop ;;
  url) running || { say "none is running in $dir"; exit 1; }; cat "$dir/url" ;;
  *) usage ;;
esac
