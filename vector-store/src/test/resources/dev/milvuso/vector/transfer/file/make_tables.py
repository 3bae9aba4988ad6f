"""Makes the .parquet files beside it, as their users do, with pandas and pyarrow: python make_tables.py."""

import pathlib

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

here = pathlib.Path(__file__).parent
count = 250

# What pandas writes of a frame, with doubles for vectors; three groups of rows.
pd.DataFrame(
    {
        "id": np.arange(count),
        "taste": [np.array([i, 0.5]) for i in range(count)],
        "title": [None if i % 10 == 3 else f"film {i}" for i in range(count)],
        "year": pd.array([None if i % 7 == 2 else 1900 + i for i in range(count)], dtype="Int64"),
        "rating": [i / 4 for i in range(count)],
        "seen": [i % 2 == 0 for i in range(count)],
        "tags": [[f"t{j}" for j in range(i % 3)] for i in range(count)],
    }
).to_parquet(here / "frame.parquet", row_group_size=100)


def write(name, columns, **options):
    pq.write_table(pa.table(columns), here / name, **options)


ids = pa.array(["a", "b", "c"])
vectors = pa.array([[1, 2, 3], [4, 5, 6], [7, 8, 9]], pa.list_(pa.float32()))
fixed = pa.array([[1, 2, 3], [4, 5, 6], [7, 8, 9]], pa.list_(pa.float32(), 3))

write(
    "fixed.parquet",
    {
        "id": ids,
        "vector": fixed,
        "tiny": pa.array([1, None, -128], pa.int8()),
        "large": pa.array([1, 2, 2**32 - 1], pa.uint32()),
        "single": pa.array([1, 2**24, -1], pa.int32()),
        "day": pa.array([0.5, None, 1.5], pa.float32()),
        "more": pa.array(['{"a": [1]}', "null", None]),
        "bits": pa.array([b"\x01\x02", b"\x00\xff", b"\x03\x04"], pa.binary(2)),
        "words": pa.array([[(1, 0.5)], [(7, 2.0), (9, 1.0)], [(0, 1.0)]], pa.map_(pa.int64(), pa.float64())),
        "nothing": pa.nulls(3),
    },
    compression="zstd",
)
for codec in ("none", "gzip", "lz4"):
    write(f"{codec}.parquet", {"id": ids, "vector": vectors}, compression=codec)
write("others.parquet", {"id": ids, "vector": vectors, "year": pa.array([1, 2, 3]), "tags": pa.array([["x"], [], None])})
write("texts.parquet", {"id": ids, "vector": vectors, "year": pa.array(["1", "2", "3"])})
write("times.parquet", {"id": ids, "vector": vectors, "year": pa.array([1, 2, 3], pa.timestamp("ms"))})
write("doubles.parquet", {"id": ids, "vector": vectors, "year": pa.array([1.0, 2.0, 3.0])})
write("whole.parquet", {"id": ids, "vector": pa.array([[1, 2, 3]] * 3, pa.list_(pa.int64()))})
write("numbers.parquet", {"id": pa.array([1, 2, 3]), "vector": vectors})
write("large.parquet", {"id": ids, "vector": vectors, "year": pa.array([1, 2, 2**31])})
write("twice.parquet", {"id": pa.array(["a", "b", "a"]), "vector": vectors})
write("no_key.parquet", {"id": pa.array(["a", None, "c"]), "vector": vectors})
write("no_vector.parquet", {"id": ids, "vector": pa.array([[1, 2, 3], None, [4, 5, 6]], pa.list_(pa.float32()))})
write("half_vector.parquet", {"id": ids, "vector": pa.array([[1, 2, 3], [1, None, 3], [4, 5, 6]], pa.list_(pa.float32()))})
write("short_vector.parquet", {"id": ids, "vector": pa.array([[1, 2, 3], [1, 2, 3], [4, 5]], pa.list_(pa.float32()))})
write("only_ids.parquet", {"id": ids})
# The collection has 1,000 rows at a time written.
many = 2500
write(
    "late_fault.parquet",
    {
        "id": pa.array([f"k{i:04}" for i in range(many)]),
        "vector": pa.array([[i, 1, 2] for i in range(many)], pa.list_(pa.float32())),
        "year": pa.array([2**40 if i == 2222 else i for i in range(many)]),
    },
)
