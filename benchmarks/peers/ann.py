"""hnswlib on given vectors and queries, by cosine: the fastest search with a recall of 0.95, as one JSON document."""

import json
import sys
import time

import hnswlib
import numpy as np

LEAST_RECALL = 0.95


def normalised(vectors):
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def nearest(vectors, queries, k):
    """The true k nearest, in no order; shape [queries, k]."""
    scores = normalised(queries) @ normalised(vectors).T
    return np.argpartition(-scores, k - 1, axis=1)[:, :k]


def main():
    base, asked, dimension, k = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    vectors = np.fromfile(base, dtype="<f4").reshape(-1, dimension)
    queries = np.fromfile(asked, dtype="<f4").reshape(-1, dimension)
    truth = [set(row) for row in nearest(vectors, queries, k)]
    index = hnswlib.Index(space="cosine", dim=dimension)
    index.init_index(max_elements=len(vectors), M=16, ef_construction=200, random_seed=1)
    begin = time.process_time()
    index.add_items(vectors)
    built = time.process_time() - begin
    index.set_num_threads(1)
    for ef in (10, 20, 50, 100, 200, 400, 800):
        index.set_ef(max(ef, k))
        index.knn_query(queries, k)
        cpu, wall = time.process_time(), time.perf_counter()
        found, _ = index.knn_query(queries, k)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        recall = float(np.mean([len(truth[i] & set(row)) / k for i, row in enumerate(found)]))
        if recall >= LEAST_RECALL:
            break
    row = {"name": "hnswlib", "vectors": len(vectors), "dimension": dimension, "queries_per_cpu_second": len(queries) / cpu}
    row |= {"queries_per_second": len(queries) / wall, "recall": recall, "ef": ef, "build_cpu_seconds": built}
    print(json.dumps(row))


if __name__ == "__main__":
    main()
