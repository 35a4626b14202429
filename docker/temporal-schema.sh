#!/bin/sh
# Creates Temporal's databases, or brings them up to date. Run again, it changes nothing.
set -eu

for name in temporal visibility; do
  database=temporal
  [ "$name" = visibility ] && database=temporal_visibility
  sql() {
    temporal-sql-tool --plugin postgres12 --ep postgresql --port 5432 --user "$SQL_USER" \
      --password "$SQL_PASSWORD" --db "$database" "$@"
  }
  sql create
  sql setup-schema -v 0.0
  sql update-schema -d "/etc/temporal/schema/postgresql/v12/$name/versioned"
done
