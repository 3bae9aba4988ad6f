"""implicit's alternating least squares with its conjugate-gradient solver."""

import numpy as np
from epochlog import EpochLog
from implicit.cpu.als import AlternatingLeastSquares
from scipy.sparse import csr_matrix


def user_items(dataset):
    ones = np.ones(len(dataset.pairs), dtype=np.float32)
    return csr_matrix((ones, (dataset.pairs[:, 0], dataset.pairs[:, 1])), shape=(dataset.users, dataset.items))


def train(request, dataset, file, models):
    model = AlternatingLeastSquares(
        factors=request["dimension"],
        alpha=request["alpha"],
        regularization=request["regularization"],
        iterations=request["epochs"],
        num_threads=request["threads"],
        random_state=request["seed"],
    )
    matrix = user_items(dataset)
    log = EpochLog(file, models)
    log.begin()
    model.fit(
        matrix,
        show_progress=False,
        callback=lambda epoch, *_: log.epoch(epoch + 1, 0, lambda: (model.user_factors, model.item_factors)),
    )
