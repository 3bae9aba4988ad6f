#!/usr/bin/env bash
# Runs one of the Java programs on the vector store; builds them first, if that has not been done.
#   examples/vectors.sh BasicUse                                    in memory
#   examples/vectors.sh BasicUse milvus http://127.0.0.1:19530      on a Milvus
#   examples/vectors.sh BasicUse milvuso http://127.0.0.1:8080      on a running Milvuso
#   examples/vectors.sh BasicUse folder data                        in this process, kept in a folder
set -euo pipefail
home=$(cd "$(dirname "$0")/.." && pwd -P)
libraries=$home/examples/target/milvuso-examples/lib
if [ $# -lt 1 ]; then
    echo "examples/vectors.sh: name a program: BasicUse, BatchOperations, CollectionManagement or Articles" >&2
    exit 2
fi
program=$1
shift
if ! ls "$libraries"/examples-*.jar >/dev/null 2>&1; then
    (cd "$home" && mvn -q -B -DskipTests -pl examples -am package) >&2
fi
exec java --add-modules jdk.incubator.vector -cp "$libraries/*" "dev.milvuso.examples.$program" "$@"
