#!/usr/bin/env bash
# Installs hnswlib and faiss and hands over to index.py, which says what it takes. Needs Python 3.11 with venv and a C++ compiler, and
# the benchmarks built: mvn -q -DskipTests -pl benchmarks -am package.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
home=$(cd "$here/../.." && pwd -P)
# shellcheck source=environment.sh
. "$here/environment.sh"
install_peers numpy==2.4.6 hnswlib==0.8.0 faiss-cpu==1.15.1
exec "$environment/bin/python" "$here/index.py" "$@"
