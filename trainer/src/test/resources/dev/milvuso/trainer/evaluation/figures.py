"""Figures of other libraries for one run of ours, against which PythonFiguresTest holds the metrics.

    pip install ranx==0.3.21 scikit-learn==1.9.1
    python figures.py data                                   # writes train.txt and test.txt: made-up users
    ./milvuso train --format adjacency --data train.txt --model-out model --set recommendation.embedding_dim=8 \
        --set milvus.dimension=8 --set training.threads=1 --set training.learning_rate=0.1
    python figures.py figures model                          # writes users.tsv, items.tsv and figures.json
"""

import json
import random
import struct
import sys
from pathlib import Path

K = 10
DIMENSION = 8


def make_data():
    """50 users like two of six kinds of 90 items each; one item in five is of any kind."""
    chance = random.Random(7)
    train, test = [], []
    for user in range(50):
        kinds = chance.sample(range(6), 2)
        liked = set()
        while len(liked) < 18:
            item = chance.randrange(90)
            if item % 6 in kinds or chance.random() < 0.05:
                liked.add(item)
        liked = chance.sample(sorted(liked), 18)
        train.append(" ".join([f"u{user}"] + [f"i{item}" for item in liked[:12]]))
        test.append(" ".join([f"u{user}"] + [f"i{item}" for item in liked[12:]]))
    Path("train.txt").write_text("\n".join(train) + "\n")
    Path("test.txt").write_text("\n".join(test) + "\n")


def table(model, kind):
    ids = (model / f"{kind}.ids").read_text().split()
    numbers = struct.unpack(f"<{len(ids) * DIMENSION}f", (model / f"{kind}.f32").read_bytes())
    rows = {name: numbers[i * DIMENSION : (i + 1) * DIMENSION] for i, name in enumerate(ids)}
    lines = ["\t".join([name] + [repr(number) for number in row]) for name, row in rows.items()]
    Path(f"{kind}.tsv").write_text("\n".join(lines) + "\n")
    return rows


def interactions(name):
    return {line.split()[0]: line.split()[1:] for line in Path(name).read_text().splitlines()}


def make_figures(model):
    import numpy
    from ranx import Qrels, Run, evaluate
    from sklearn.metrics import roc_auc_score
    from sklearn.metrics.pairwise import cosine_similarity

    users, items = table(model, "users"), table(model, "items")
    train, test = interactions("train.txt"), interactions("test.txt")
    run, areas, lists = {}, [], []
    for user in test:
        candidates = [item for item in items if item not in train[user]]
        scores = {item: float(numpy.dot(users[user], items[item])) for item in candidates}
        run[user] = scores
        areas.append(roc_auc_score([item in test[user] for item in candidates], [scores[i] for i in candidates]))
        lists.append(sorted(candidates, key=scores.get, reverse=True)[:K])
    qrels = Qrels({user: {item: 1 for item in test[user]} for user in test})
    names = ["hit_rate", "ndcg", "precision", "recall", "map", "mrr"]
    ranked = evaluate(qrels, Run(run), [f"{name}@{K}" for name in names])
    figures = {name: float(ranked[f"{name}@{K}"]) for name in names}
    figures["auc"] = float(numpy.mean(areas))
    distances = []
    for one in lists:
        cosines = cosine_similarity([items[item][:-1] for item in one])
        distances.append(1 - cosines[numpy.triu_indices(K, 1)].mean())
    figures["intra_list_diversity"] = float(numpy.mean(distances))
    choosers = {item: sum(item in chosen for chosen in train.values()) for item in items}
    listed = [item for one in lists for item in one]
    figures["average_popularity"] = float(numpy.mean([choosers[item] for item in listed]))
    figures["novelty"] = float(numpy.mean([-numpy.log2(choosers[item] / len(users)) for item in listed]))
    figures["coverage"] = len(set(listed)) / len(items)
    counts = numpy.array([listed.count(item) for item in items], dtype=float)
    # Half the mean difference of any two items, over the mean.
    figures["gini"] = float(numpy.abs(counts[:, None] - counts[None, :]).mean() / (2 * counts.mean()))
    pairs = [len(set(a) & set(b)) / K for i, a in enumerate(lists) for b in lists[:i]]
    figures["diversity"] = 1 - float(numpy.mean(pairs))
    Path("figures.json").write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    make_data() if sys.argv[1] == "data" else make_figures(Path(sys.argv[2]))
