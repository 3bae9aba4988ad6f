"""implicit's Bayesian personalised ranking. Its items carry their bias as the last number, its users a 1."""

from epochlog import EpochLog
from implicit.cpu.bpr import BayesianPersonalizedRanking
from programs.implicit_als import user_items


def train(request, dataset, file, models):
    model = BayesianPersonalizedRanking(
        factors=request["dimension"],
        learning_rate=request["learning_rate"],
        regularization=request["regularization"],
        iterations=request["epochs"],
        num_threads=request["threads"],
        random_state=request["seed"],
    )
    matrix = user_items(dataset)
    log = EpochLog(file, models)

    def after(epoch, *_):
        log.epoch(epoch + 1, (epoch + 1) * matrix.nnz, lambda: (model.user_factors, model.item_factors))

    log.begin()
    model.fit(matrix, show_progress=False, callback=after)
