#!/usr/bin/env bash
# Runs docker-compose.yml without Docker: every service that matters to Milvuso as plain processes, each in a network of its own
# with the name, the environment, the command and the health check that the file gives it. Needs Linux, a JDK, Maven, Python 3.9
# and iproute2; Flink's and Milvus's binaries and Prometheus come from PyPI and Debian into deploy/target/tools.
#   deploy/test-processes.sh [--keep]     --keep leaves the logs also when all went well
set -euo pipefail
cd "$(dirname "$0")/.."
tools=$PWD/deploy/target/tools
python=$tools/python/bin/python

fail() {
    echo "test-processes: $1" >&2
    exit 2
}
for needed in java mvn python3 unshare nsenter ip; do
    command -v "$needed" >/dev/null || fail "$needed is needed"
done

mkdir -p "$tools"
[ -x "$python" ] || python3 -m venv "$tools/python"
flink=$(sed -n 's/.*<flink.version>\(.*\)<.*/\1/p' pom.xml)
"$python" -m pip --quiet --disable-pip-version-check install pyyaml
[ -x "$tools/python/bin/milvus-server" ] || "$python" -m pip --quiet --disable-pip-version-check install milvus==2.3.5
[ "$("$python" -m pip show apache-flink-libraries 2>/dev/null | sed -n 's/^Version: //p')" = "$flink" ] \
    || "$python" -m pip --quiet --disable-pip-version-check install --no-deps "apache-flink-libraries==$flink"
if [ ! -x "$tools/debian/usr/bin/prometheus" ]; then
    (cd "$tools" && apt-get --quiet --quiet download prometheus && dpkg-deb --extract prometheus_*.deb debian) 2>"$tools/apt.log" \
        || echo "test-processes: no Prometheus to be had, its part is left out" >&2
fi
mvn --quiet --batch-mode -DskipTests -Dspotless.check.skip=true -pl standalone -am package
# What Kafka's image starts with reads YAML; Milvuso does not.
[ -d "$tools/kafka" ] || mvn --quiet --batch-mode -pl standalone dependency:copy -Dartifact=org.yaml:snakeyaml:2.5 \
    -DoutputDirectory="$tools/kafka"

# A network and a mount table of our own: nothing here can be reached from outside, and no port can be taken. Whoever is not
# root is root in a user namespace.
own=(--net --mount --pid --fork --kill-child)
[ "$(id -u)" = 0 ] || own+=(--user --map-root-user)
exec unshare "${own[@]}" -- "$python" deploy/check/processes.py "$@"
