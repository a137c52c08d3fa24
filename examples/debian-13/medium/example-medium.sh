#!/usr/bin/env bash
# For a step of a workflow: assembles the example medium, serves it on loopback until the job's runner ends, and writes
# to GITHUB_OUTPUT what verify-iso takes (`source`, `checksums`, `signature`, `keyring`, `fingerprints`).
#
#   example-medium.sh FOLDER [image.yml]        needs Node 24
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=${1:?name the folder to fill}
definition=${2:-}

node "$here/assemble.ts" --output "$folder" ${definition:+--definition "$definition"}

url_file="$folder.url"
rm -f "$url_file"
# The server outlives this step. A runner ends it with the job (RUNNER_TRACKING_ID); without one it ends with our caller.
watch=()
[ -n "${RUNNER_TRACKING_ID:-}" ] || watch=(--watch-pid "$PPID")
nohup setsid node "$here/serve.ts" --folder "$folder" --url-file "$url_file" "${watch[@]}" \
  > "$folder.server.log" 2>&1 < /dev/null &
for _ in $(seq 100); do
  [ -s "$url_file" ] && break
  sleep 0.1
done
url=$(cat "$url_file") || { cat "$folder.server.log" >&2; exit 1; }

describe() {
  node -p 'JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"))[process.argv[2]]' "$folder/medium.json" "$1"
}
{
  echo "source=$url/$(describe iso)"
  echo "checksums=$url/$(describe checksums)"
  echo "signature=$url/$(describe signature)"
  echo "keyring=$folder/$(describe key)"
  echo "fingerprints=$(describe fingerprint)"
} | tee -a "${GITHUB_OUTPUT:-/dev/null}"
