#!/bin/sh
# cluster (the default): pm2-runtime. single: one process. Anything else is run as it is.
set -eu

# As process 1 a shell ignores a stop signal, and it would wait for its command before it ran a trap.
trap 'kill -TERM "$step" 2>/dev/null || true; wait; exit 143' TERM INT
run() {
  "$@" &
  step=$!
  wait "$step"
}

case "$1" in
cluster | single)
  run node dist/apps/catalog/src/database/migrate.js
  run node dist/apps/catalog/src/import/main.js --if-empty apps/catalog/data/gutenberg.csv
  ;;
esac

case "$1" in
cluster) exec node node_modules/pm2/bin/pm2-runtime start docker/ecosystem.config.js --env production ;;
single) exec node --enable-source-maps dist/apps/catalog/src/main.js ;;
*) exec "$@" ;;
esac
