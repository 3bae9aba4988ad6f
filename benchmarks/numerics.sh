#!/usr/bin/env bash
# Trains the same small models on several JDKs, with vector instructions and without, compiled and interpreted, and compares every byte.
#   benchmarks/numerics.sh [--data FILE] JDK…      (ncf; without it a generated file)
# Needs a build: mvn -DskipTests package. Prints a table and ends with 1 if any model differs.
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

data=
if [ "${1:-}" = --data ]; then
    data=${2:?--data needs a file}
    shift 2
fi
[ $# -gt 0 ] || {
    echo "numerics: name the folders of one or more JDKs, 17 or newer" >&2
    exit 2
}
jar=$(ls "$home"/standalone/target/standalone-[0-9]*.jar 2>/dev/null | tail -n 1)
[ -f "$jar" ] || {
    echo "numerics: there is no $home/standalone/target/standalone-*.jar: build with mvn -DskipTests package" >&2
    exit 2
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ -z "$data" ]; then
    data=$work/data
    awk 'BEGIN {
        x = 42
        for (user = 0; user < 300; user++) {
            for (n = 0; n < 15; n++) {
                x = (x * 69069 + 1) % 4294967296
                a = int(x / 65536) % 400
                x = (x * 69069 + 1) % 4294967296
                print "u" user "\ti" int(a * (int(x / 65536) % 400) / 400) "\t1\t" n
            }
        }
    }' >"$data"
fi

settings=(
    "training.optimizer=sgd"
    "training.optimizer=adagrad"
    "training.optimizer=rowwise_adagrad training.learning_rate=0.2"
    "training.optimizer=adam training.learning_rate=0.005"
    "training.optimizer=nadam training.learning_rate=0.005 training.schedule=cosine"
    "training.loss=bpr training.negative_sampler=popularity"
    "training.loss=warp training.hard_candidates=3"
    "training.loss=softmax training.negative_sampler=popularity training.initializer=normal"
    "training.held_out=0.1 training.regularization_exponent=0.5 training.schedule=exponential"
    "training.algorithm=als"
    "training.algorithm=als als.solver=block als.bias=true"
    "training.algorithm=als als.solver=cholesky"
)

# train JDK FLAGS SETTINGS: the checksum of a model's files, its manifest among them
train() {
    local arguments=() each
    for each in $3; do
        arguments+=(--set "$each")
    done
    rm -rf "$work/model"
    # shellcheck disable=SC2086
    "$1/bin/java" -Dmilvuso.home="$home" $2 -cp "$jar:$home/standalone/target/milvuso/lib/*" \
        dev.milvuso.standalone.command.Milvuso train --format ncf --data "$data" --model-out "$work/model" \
        --set training.threads=1 --set training.epochs=5 --set als.iterations=4 \
        --set milvus.dimension=61 --set recommendation.embedding_dim=61 "${arguments[@]}" >"$work/out" 2>"$work/err" || {
        cat "$work/err" >&2
        return 1
    }
    (cd "$work/model" && cat model.json users.f32 items.f32 users.ids items.ids pairs.i32) | cksum | cut -d ' ' -f 1
}

differ=0
for setting in "${settings[@]}"; do
    first=
    line=
    for jdk in "$@"; do
        flags=("-Dlanes=none" "-Dlanes=none -Xint")
        if "$jdk/bin/java" --list-modules | grep -q '^jdk.incubator.vector'; then
            flags+=("--add-modules jdk.incubator.vector" "--add-modules jdk.incubator.vector -XX:TieredStopAtLevel=1")
        fi
        for flag in "${flags[@]}"; do
            sum=$(train "$jdk" "$flag" "$setting")
            first=${first:-$sum}
            if [ "$sum" = "$first" ]; then
                line="$line ="
            else
                line="$line DIFFERS($(basename "$jdk"): $flag)"
                differ=1
            fi
        done
    done
    printf '%-10s %s  %s\n' "$first" "$line" "$setting"
done
[ "$differ" -eq 0 ] && echo "all models are the same"
exit "$differ"
