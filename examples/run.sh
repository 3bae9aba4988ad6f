#!/usr/bin/env bash
# Runs every example against a running Milvuso; one whose language is not installed is left out.
#   examples/run.sh [URL]
set -uo pipefail
cd "$(dirname "$0")" || exit 1
url=${1:-http://127.0.0.1:8080}
failed=0
try() {
    if ! command -v "$1" >/dev/null; then
        echo "left out: $* ($1 is not installed)"
    elif "$@" "$url"; then
        echo "ok: $*"
    else
        echo "FAILED: $*"
        failed=1
    fi
}
try bash curl.sh
try python3 client.py
try java Client.java
try node browser/try.mjs
exit "$failed"
