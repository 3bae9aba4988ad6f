"""LightFM with its WARP loss, without features: plain factors and biases."""

from epochlog import EpochLog, with_bias
from lightfm import LightFM
from programs.implicit_als import user_items


def train(request, dataset, file, models):
    model = LightFM(
        no_components=request["dimension"],
        loss="warp",
        learning_rate=request["learning_rate"],
        random_state=request["seed"],
    )
    matrix = user_items(dataset).tocoo()
    log = EpochLog(file, models)
    log.begin()
    for epoch in range(1, request["epochs"] + 1):
        model.fit_partial(matrix, epochs=1, num_threads=request["threads"])
        log.epoch(
            epoch,
            epoch * matrix.nnz,
            lambda: with_bias(model.user_embeddings, model.item_embeddings, model.item_biases),
        )
