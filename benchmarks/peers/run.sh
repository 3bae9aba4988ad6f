#!/usr/bin/env bash
# Installs the peers into a folder of their own, builds Milvuso and hands over to compare.py, whose options these are.
# Needs Python 3.11 with venv, a C++ compiler, a JDK and Maven. PEERS_ENVIRONMENT names another folder for the peers.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
home=$(cd "$here/../.." && pwd -P)
environment=${PEERS_ENVIRONMENT:-$home/benchmarks/target/peers-environment}
libmf=$environment/libmf.so
installed=$environment/installed-requirements.txt

if ! cmp -s "$here/requirements.txt" "$installed"; then
    echo "run.sh: installing the peers into $environment" >&2
    python3 -m venv "$environment"
    "$environment/bin/pip" install -q --disable-pip-version-check -r "$here/requirements.txt" >&2
    cp "$here/requirements.txt" "$installed"
fi

# LIBMF's Python package builds without vector instructions; its sources are built here as its own Makefile would.
if [ ! -f "$libmf" ]; then
    sources=$(mktemp -d)
    trap 'rm -rf "$sources"' EXIT
    "$environment/bin/pip" download -q --disable-pip-version-check --no-deps --no-binary libmf -d "$sources" libmf==0.9.2 >&2
    tar xzf "$sources"/libmf-0.9.2.tar.gz -C "$sources"
    vectors=""
    if grep -q ' avx ' /proc/cpuinfo; then
        vectors=-DUSEAVX
    fi
    g++ -O3 -std=c++11 -march=native $vectors -pthread -shared -fPIC -w -o "$libmf" "$sources"/libmf-0.9.2/src_cpp/mf.cpp
fi

case " $* " in
    *" --limits "*)
        (cd "$home" && mvn -q -B -DskipTests -pl benchmarks -am package) >&2
        ;;
esac
"$home/milvuso" --version >&2
export LIBMF_LIBRARY=$libmf
export PYTHONDONTWRITEBYTECODE=1
exec "$environment/bin/python" "$here/compare.py" "$@"
