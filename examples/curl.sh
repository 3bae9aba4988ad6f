#!/usr/bin/env bash
# The loop by hand: two kinds of items with their fans, a visitor who likes one kind, and what that visitor is recommended then.
#   examples/curl.sh [URL]
set -euo pipefail
url=${1:-http://127.0.0.1:8080}
post() { curl --silent --show-error --fail-with-body --header 'Content-Type: application/json' --data "$2" "$url$1"; }

for i in 1 2 3 4 5 6 7 8; do
    post /items "[{\"item_id\": \"curl-jazz-$i\", \"category\": \"jazz\"}, {\"item_id\": \"curl-punk-$i\", \"category\": \"punk\"}]" >/dev/null
    for kind in jazz punk; do
        for fan in 1 2 3; do
            post /actions "{\"user_id\": \"curl-$kind-fan-$fan\", \"item_id\": \"curl-$kind-$i\", \"action_type\": \"Like\"}" >/dev/null
        done
    done
done

echo "before:"
curl --silent --fail "$url/recommendations/curl-visitor?num_recommendations=5"
echo

post /actions '[
    {"user_id": "curl-visitor", "item_id": "curl-jazz-1", "action_type": "Like"},
    {"user_id": "curl-visitor", "item_id": "curl-jazz-2", "action_type": "Like"}]'
echo

# "tier" says where the list comes from: fallback is the popular list, anything else is the visitor's own.
for _ in $(seq 100); do
    list=$(curl --silent --fail "$url/recommendations/curl-visitor?num_recommendations=5")
    case $list in *'"tier":"fallback"'*) sleep 0.1 ;; *) break ;; esac
done
echo "after:"
echo "$list"
case $list in *'"tier":"fallback"'*) exit 1 ;; esac
