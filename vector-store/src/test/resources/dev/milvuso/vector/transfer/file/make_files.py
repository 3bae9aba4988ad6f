"""Makes the files beside it, with NumPy and faiss-cpu themselves: python make_files.py.

All hold the vectors (i + 0.5, -i, 2 ** -i) for i from 0 to 4, but for bvecs: (i, 255 - i, 7).
"""

import pathlib

import faiss
import numpy as np

here = pathlib.Path(__file__).parent
vectors = np.array([[i + 0.5, -i, 2.0**-i] for i in range(5)])
ids = np.array([7, -5, 2**62, 0, 1], dtype="int64")
singles = vectors.astype("float32")


def index(name, made, add_ids=False):
    if add_ids:
        made.add_with_ids(singles, ids)
    else:
        made.add(singles)
    faiss.write_index(made, str(here / name))


index("flat_l2.faiss", faiss.IndexFlatL2(3))
index("flat_ip.faiss", faiss.IndexFlatIP(3))
index("flat_l1.faiss", faiss.IndexFlat(3, faiss.METRIC_L1))
index("map.faiss", faiss.IndexIDMap(faiss.IndexFlatIP(3)), add_ids=True)
index("map2.faiss", faiss.IndexIDMap2(faiss.IndexFlatL2(3)), add_ids=True)
index("hnsw.faiss", faiss.IndexHNSWFlat(3, 4))


def array(name, values, version):
    with open(here / name, "wb") as file:
        np.lib.format.write_array(file, values, version=version)


array("float32.npy", singles, (1, 0))
array("float64.npy", vectors, (2, 0))
array("float16.npy", vectors.astype("float16"), (3, 0))
array("big_endian.npy", vectors.astype(">f4"), (1, 0))
array("fortran.npy", np.asfortranarray(singles), (1, 0))
array("big_fortran.npy", np.asfortranarray(vectors.astype(">f8")), (1, 0))
array("ids.npy", ids, (1, 0))
array("whole_numbers.npy", vectors.astype("int32"), (1, 0))
array("one_dimension.npy", singles[0], (1, 0))
array("halves.npy", np.arange(65536, dtype="uint16").view("float16").reshape(-1, 2)[::512], (1, 0))
array("halves_as_float32.npy", np.arange(65536, dtype="uint16").view("float16").reshape(-1, 2)[::512].astype("float32"), (1, 0))


def vecs(name, values, number):
    with open(here / name, "wb") as file:
        for row in values:
            np.array([len(row)], dtype="<i4").tofile(file)
            row.astype(number).tofile(file)


vecs("vectors.fvecs", singles, "<f4")
vecs("vectors.bvecs", np.array([[i, 255 - i, 7] for i in range(5)]), "u1")
