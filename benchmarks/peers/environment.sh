# Sourced by run.sh and ann.sh: a folder with the peers' Python packages. PEERS_ENVIRONMENT names another one.
environment=${PEERS_ENVIRONMENT:-$home/benchmarks/target/peers-environment}

# Each package by itself, so that one that cannot be had here does not cost the others; whoever needs it says that it is missing.
install_peers() {
    [ -x "$environment/bin/python" ] || python3 -m venv "$environment" >&2
    mkdir -p "$environment/installed"
    for requirement in "$@"; do
        [ ! -f "$environment/installed/$requirement" ] || continue
        echo "installing $requirement into $environment" >&2
        if "$environment/bin/pip" install -q --disable-pip-version-check "$requirement" >&2; then
            : >"$environment/installed/$requirement"
        else
            echo "$requirement could not be installed" >&2
        fi
    done
}
