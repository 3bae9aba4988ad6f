"""LIBMF's C++ through its own C interface; the library is built from the sources of its Python package by run.sh.

It cannot be looked at while it trains, so every rung is a training of its own, from the beginning.
"""

import ctypes
import os

import numpy as np
from epochlog import EpochLog

LOSSES = {"logistic": 5, "bpr": 10}
# What LIBMF's command line takes where nothing is said.
BINS = 20


class Parameters(ctypes.Structure):
    _fields_ = [
        ("fun", ctypes.c_int),
        ("k", ctypes.c_int),
        ("nr_threads", ctypes.c_int),
        ("nr_bins", ctypes.c_int),
        ("nr_iters", ctypes.c_int),
        ("lambda_p1", ctypes.c_float),
        ("lambda_p2", ctypes.c_float),
        ("lambda_q1", ctypes.c_float),
        ("lambda_q2", ctypes.c_float),
        ("eta", ctypes.c_float),
        ("do_nmf", ctypes.c_bool),
        ("quiet", ctypes.c_bool),
        ("copy_data", ctypes.c_bool),
    ]


class Node(ctypes.Structure):
    _fields_ = [("u", ctypes.c_int), ("v", ctypes.c_int), ("r", ctypes.c_float)]


class Problem(ctypes.Structure):
    _fields_ = [("m", ctypes.c_int), ("n", ctypes.c_int), ("nnz", ctypes.c_longlong), ("R", ctypes.POINTER(Node))]


class Model(ctypes.Structure):
    _fields_ = [
        ("fun", ctypes.c_int),
        ("m", ctypes.c_int),
        ("n", ctypes.c_int),
        ("k", ctypes.c_int),
        ("b", ctypes.c_float),
        ("P", ctypes.POINTER(ctypes.c_float)),
        ("Q", ctypes.POINTER(ctypes.c_float)),
    ]


def library():
    lib = ctypes.CDLL(os.environ["LIBMF_LIBRARY"])
    lib.mf_train.restype = ctypes.POINTER(Model)
    lib.mf_train.argtypes = (ctypes.POINTER(Problem), Parameters)
    return lib


def samples_of(dataset, negatives, seed):
    """The pairs, followed by so many drawn negatives of each; shape [samples], of nodes."""
    random = np.random.default_rng(seed)
    pairs = dataset.pairs
    nodes = np.empty((1 + negatives) * len(pairs), dtype=[("u", np.int32), ("v", np.int32), ("r", np.float32)])
    nodes["u"] = np.tile(pairs[:, 0], 1 + negatives)
    nodes["v"][: len(pairs)] = pairs[:, 1]
    nodes["v"][len(pairs) :] = random.integers(0, dataset.items, negatives * len(pairs))
    nodes["r"][: len(pairs)] = 1
    nodes["r"][len(pairs) :] = -1
    return nodes


def factors(model):
    users = np.ctypeslib.as_array(model.P, shape=(model.m, model.k)).copy()
    items = np.ctypeslib.as_array(model.Q, shape=(model.n, model.k)).copy()
    # Rows that no pair names are NaN; LIBMF predicts a constant for them.
    return np.nan_to_num(users), np.nan_to_num(items)


def train(request, dataset, file, models):
    lib = library()
    nodes = samples_of(dataset, request.get("negatives", 0), request["seed"])
    problem = Problem(dataset.users, dataset.items, len(nodes), nodes.ctypes.data_as(ctypes.POINTER(Node)))
    regularization = request["regularization"]
    log = EpochLog(file, models)
    for rung in request["rungs"]:
        parameters = Parameters(
            LOSSES[request["loss"]],
            request["dimension"],
            request["threads"],
            BINS,
            rung,
            0,
            regularization,
            0,
            regularization,
            request["eta"],
            False,
            True,
            True,
        )
        log.begin()
        model = lib.mf_train(ctypes.byref(problem), parameters)
        if not model:
            raise RuntimeError("LIBMF refused its parameters")
        log.epoch(rung, rung * len(nodes), lambda: factors(model.contents))  # noqa: B023 (called at once)
        lib.mf_destroy_model(ctypes.byref(model))
