#!/usr/bin/env bash
# Installs hnswlib and hands over to ann.py: ann.sh VECTORS QUERIES DIMENSION K, files of little-endian floats.
# Needs Python 3.11 with venv, and a C++ compiler.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
home=$(cd "$here/../.." && pwd -P)
# shellcheck source=environment.sh
. "$here/environment.sh"
install_peers numpy==2.4.6 hnswlib==0.8.0
exec "$environment/bin/python" "$here/ann.py" "$@"
