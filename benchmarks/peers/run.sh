#!/usr/bin/env bash
# Installs the peers into a folder of their own, builds Milvuso and hands over to compare.py, whose options these are.
# Needs Python 3.11 with venv, a C++ compiler, a JDK and Maven.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
home=$(cd "$here/../.." && pwd -P)
# shellcheck source=environment.sh
. "$here/environment.sh"
libmf=$environment/libmf.so

# What only one program needs is left out when that program is not asked for: Spark alone is some hundred megabytes.
wanted() {
    case " $* " in
        *" --programs "*) ;;
        *) return 0 ;;
    esac
    case $requirement in
        pyspark*) case "$*" in *spark*) ;; *) return 1 ;; esac ;;
        lightfm*) case "$*" in *lightfm*) ;; *) return 1 ;; esac ;;
    esac
}

requirements=()
while read -r requirement; do
    case $requirement in
        "" | "#"*) continue ;;
    esac
    if wanted "$@"; then
        requirements+=("$requirement")
    fi
done <"$here/requirements.txt"
install_peers "${requirements[@]}"

# LIBMF's Python package builds without vector instructions; its sources are built here as its own Makefile would.
build_libmf() {
    sources=$(mktemp -d)
    trap 'rm -rf "$sources"' EXIT
    "$environment/bin/pip" download -q --disable-pip-version-check --no-deps --no-binary libmf -d "$sources" libmf==0.9.2 >&2 || return
    tar xzf "$sources"/libmf-0.9.2.tar.gz -C "$sources" || return
    vectors=""
    if grep -q ' avx ' /proc/cpuinfo; then
        vectors=-DUSEAVX
    fi
    g++ -O3 -std=c++11 -march=native $vectors -pthread -shared -fPIC -w -o "$libmf" "$sources"/libmf-0.9.2/src_cpp/mf.cpp >&2
}
if [ ! -f "$libmf" ]; then
    build_libmf || echo "LIBMF could not be built" >&2
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
