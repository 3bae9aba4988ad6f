"""Spark MLlib's ALS in local mode. The Java process's time is counted, from after the data lies in its memory.

It cannot be looked at while it trains, so every rung is a training of its own, from the beginning.
"""

import tempfile

import numpy as np
from epochlog import EpochLog
from pyspark.ml.recommendation import ALS
from pyspark.sql import SparkSession


def rows(frame, count, dimension):
    vectors = np.zeros((count, dimension), dtype=np.float32)
    for row in frame.toLocalIterator():
        vectors[row.id] = row.features
    return vectors


def factors(model, dataset):
    return rows(model.userFactors, dataset.users, model.rank), rows(model.itemFactors, dataset.items, model.rank)


def train(request, dataset, file, models):
    threads = request["threads"]
    session = (
        SparkSession.builder.master(f"local[{threads}]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.memory", "4g")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", threads)
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    with tempfile.NamedTemporaryFile("w", suffix=".csv") as table:
        np.savetxt(table, dataset.pairs, fmt="%d,%d,1")
        table.flush()
        pairs = session.read.csv(table.name, schema="user int, item int, rating float").repartition(threads).cache()
        pairs.count()
        log = EpochLog(file, models, [session.sparkContext._gateway.proc.pid])
        for rung in request["rungs"]:
            als = ALS(
                rank=request["dimension"],
                maxIter=rung,
                implicitPrefs=True,
                alpha=request["alpha"],
                regParam=request["regularization"],
                numUserBlocks=threads,
                numItemBlocks=threads,
                seed=request["seed"],
            )
            log.begin()
            model = als.fit(pairs)
            log.epoch(rung, 0, lambda: factors(model, dataset))  # noqa: B023 (called at once)
    session.stop()
