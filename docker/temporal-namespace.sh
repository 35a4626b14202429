#!/bin/sh
# Creates the namespace, unless it is there. The server answers some seconds after it listens.
set -eu

until temporal operator cluster health >/dev/null 2>&1; do
  echo 'Waiting for the Temporal server.'
  sleep 1
done
temporal operator namespace describe --namespace "$NAMESPACE" >/dev/null 2>&1 ||
  temporal operator namespace create --namespace "$NAMESPACE" --retention 7d
