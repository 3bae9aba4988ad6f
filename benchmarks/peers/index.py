"""The vector index beside hnswlib and faiss: queries a CPU-second at equal recall, filters, motion.

All search the same vectors with the same queries, one thread, k = 10. For each recall the cheapest setting of each program is
taken that reaches it (hnswlib's ef, faiss's nprobe, the index's reach, by bisection); then these settings are timed in turn, round
after round, and medians shown. Prints one JSON document a line as it goes, and a table at the end.
"""

import argparse
import json
import math
import os
import pathlib
import statistics
import subprocess
import time

import factors
import faiss
import hnswlib
import numpy as np

HOME = pathlib.Path(__file__).resolve().parents[2]
K = 10
SIMILARITIES = {"ip": "INNER_PRODUCT", "cosine": "COSINE", "l2": "EUCLIDEAN"}


class Index:
    """Ours, at the other end of a pipe."""

    name = "index"
    settings = [i / 16 for i in range(0, 160)]

    def __init__(self, arguments):
        java = pathlib.Path(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
        classes = arguments.classes or str(HOME / "benchmarks/target/milvuso-benchmarks/lib/*")
        command = [str(java), f"-Xmx{arguments.heap}", "--add-modules", "jdk.incubator.vector", "-cp", classes]
        command += ["dev.milvuso.benchmarks.ann.IndexSpeed", str(arguments.folder), str(arguments.rows), str(arguments.dimension)]
        command += [SIMILARITIES[arguments.metric], str(arguments.queries), arguments.index]
        if arguments.index == "hnsw":
            self.settings = Hnswlib.settings
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def ask(self, command):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit("the index ended at: " + command)
        return json.loads(answer)

    def build(self, _):
        return self.ask("build")

    def search(self, setting):
        answer = self.ask(f"search {setting}")
        return answer["queries_per_cpu_second"], answer["recall"]


class Peer:
    """A library in this process; subclasses say how it is built and asked."""

    def __init__(self, data):
        self.data = data

    def search(self, setting):
        begin = time.process_time()
        found = self.find(setting)
        seconds = time.process_time() - begin
        return len(found) / seconds, self.data.recall(found)

    def build(self, data):
        begin = time.process_time()
        self.make(data)
        return {"build_cpu_seconds": time.process_time() - begin}


class Hnswlib(Peer):
    name = "hnswlib"
    settings = sorted({max(K, round(10 * 1.1**i)) for i in range(0, 60)})

    def build(self, data):
        """Which takes long: it is kept beside the vectors, with the time it took."""
        kept = data.folder / f"hnswlib-{data.metric}"
        times = kept.with_suffix(".json")
        if times.exists():
            self.index = hnswlib.Index(space="l2" if data.metric == "l2" else "ip", dim=data.vectors.shape[1])
            self.index.load_index(str(kept))
            self.index.set_num_threads(1)
            return json.loads(times.read_text()) | {"kept": True}
        took = super().build(data)
        self.index.save_index(str(kept))
        times.write_text(json.dumps(took))
        return took

    def make(self, data):
        self.index = hnswlib.Index(space="l2" if data.metric == "l2" else "ip", dim=data.vectors.shape[1])
        self.index.init_index(max_elements=len(data.vectors), M=16, ef_construction=200, random_seed=1)
        self.index.add_items(data.vectors)
        self.index.set_num_threads(1)

    def find(self, ef):
        self.index.set_ef(ef)
        return self.index.knn_query(self.data.queries, K)[0]

    def find_among(self, ef, kept):
        self.index.set_ef(ef)
        return self.index.knn_query(self.data.queries, K, filter=lambda slot: kept[slot])[0]


class Faiss(Peer):
    settings = sorted({round(1.08**i) for i in range(0, 90)})

    def __init__(self, data, recipe):
        super().__init__(data)
        self.name = "faiss " + recipe
        self.recipe = recipe

    def make(self, data):
        metric = faiss.METRIC_L2 if data.metric == "l2" else faiss.METRIC_INNER_PRODUCT
        faiss.omp_set_num_threads(os.cpu_count())
        self.index = faiss.index_factory(data.vectors.shape[1], self.recipe, metric)
        self.index.train(data.vectors)
        self.index.add(data.vectors)
        self.factor = 10

    def find(self, nprobe):
        faiss.omp_set_num_threads(1)
        lists = faiss.downcast_index(self.index)
        if "RFlat" in self.recipe:
            lists.k_factor = self.factor
            lists = faiss.downcast_index(lists.base_index)
        lists.nprobe = nprobe
        return self.index.search(self.data.queries, K)[1]


class Data:
    def __init__(self, folder, dimension, metric):
        self.metric = metric
        self.folder = folder
        self.vectors = np.fromfile(folder / "vectors.f32", dtype="<f4").reshape(-1, dimension)
        self.queries = np.fromfile(folder / "queries.f32", dtype="<f4").reshape(-1, dimension)
        if metric == "cosine":
            self.vectors = self.vectors / np.linalg.norm(self.vectors, axis=1, keepdims=True)
            self.queries = self.queries / np.linalg.norm(self.queries, axis=1, keepdims=True)
        self.truth = self.nearest(self.vectors)

    def nearest(self, vectors):
        exact = faiss.IndexFlat(vectors.shape[1], faiss.METRIC_L2 if self.metric == "l2" else faiss.METRIC_INNER_PRODUCT)
        exact.add(vectors)
        return exact.search(self.queries, K)[1]

    def recall(self, found, truth=None):
        truth = self.truth if truth is None else truth
        return float(np.mean([len(set(a) & set(b)) / K for a, b in zip(truth, found)]))


def cheapest(program, recall):
    """The first setting that reaches the recall, which grows with them; None if none does."""
    low, high = 0, len(program.settings) - 1
    if program.search(program.settings[high])[1] < recall:
        return None
    while low < high:
        middle = (low + high) // 2
        if program.search(program.settings[middle])[1] >= recall:
            high = middle
        else:
            low = middle + 1
    return program.settings[low]


def speed(programs, recalls, rounds):
    chosen = {(p.name, r): cheapest(p, r) for r in recalls for p in programs}
    rates, reached = {}, {}
    for _ in range(rounds):
        for recall in recalls:
            for program in programs:
                setting = chosen[program.name, recall]
                if setting is not None:
                    rate, reached[program.name, recall] = program.search(setting)
                    rates.setdefault((program.name, recall), []).append(rate)
    rows = []
    for (name, recall), each in rates.items():
        row = {"name": name, "recall": recall, "setting": chosen[name, recall], "reached": round(reached[name, recall], 4)}
        rows.append(row | {"queries_per_cpu_second": round(statistics.median(each)), "rounds": [round(rate) for rate in each]})
    return rows


def filters(index, rounds):
    """At a recall that is aimed at, of 0.97, as a user would ask."""
    asked = {"all": "aim 0.97", "10 %": "filter 0.97 0.1", "1 %": "filter 0.97 0.01", "0.1 %": "filter 0.97 0.001", "without 200": "exclude 0.97"}
    answers = {name: [] for name in asked}
    for _ in range(rounds):
        for name, command in asked.items():
            answers[name].append(index.ask(command))
    for name, each in answers.items():
        rate = statistics.median(a["queries_per_cpu_second"] for a in each)
        yield {"filter": name, "queries_per_cpu_second": round(rate), "recall": round(each[-1]["recall"], 4)}


def filtered_hnswlib(program, data):
    """At 1 %, other rows than the index's; some of the queries, for the filter is a call back into Python."""
    kept = np.random.default_rng(7).random(len(data.vectors)) < 0.01
    numbers = np.flatnonzero(kept)
    some = data.queries
    data.queries = some[:100]
    truth = numbers[data.nearest(data.vectors[kept])]
    for ef in (10, 20, 40, 80, 160, 320):
        begin = time.process_time()
        found = program.find_among(ef, kept)
        seconds = time.process_time() - begin
        if data.recall(found, truth) >= 0.95:
            break
    row = {"filter": "1 %", "name": "hnswlib", "ef": ef, "recall": data.recall(found, truth)}
    data.queries = some
    return row | {"queries_per_cpu_second": round(100 / seconds)}


def say(row):
    print(json.dumps(row), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=pathlib.Path, required=True, help="of vectors.f32 and queries.f32; drawn there if it has none")
    parser.add_argument(
        "--ratings", type=pathlib.Path, help="folder of train.rating.gz: vectors of a training run on it, blown up with noise, in place of drawn ones"
    )
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--dimension", type=int, default=64)
    parser.add_argument("--queries", type=int, default=2000)
    parser.add_argument("--metric", choices=SIMILARITIES, default="ip")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--recalls", default="0.95,0.98,0.99")
    parser.add_argument("--index", choices=("ivf", "hnsw"), default="ivf", help="which of ours")
    parser.add_argument("--parts", default="speed,filters,motion", help="and reopen: saving the structure, and having the index again of it")
    parser.add_argument("--programs", default="hnswlib,faiss")
    parser.add_argument("--recipes", default="IVF{lists},SQ8;IVF{lists},Flat;IVF{lists},PQ{half}x4fs,RFlat", help="of faiss")
    parser.add_argument("--heap", default="6g")
    parser.add_argument("--classes", help="class path of the benchmarks, if not the packaged ones")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    parts = arguments.parts.split(",")
    if arguments.ratings:
        factors.draw(arguments.folder, arguments.ratings, arguments.rows, arguments.queries, arguments.dimension)
    index = Index(arguments)
    say({"name": index.name} | index.build(None))
    data = Data(arguments.folder, arguments.dimension, arguments.metric)
    lists = 2 ** round(math.log2(4 * math.sqrt(len(data.vectors))))
    peers = [Hnswlib(data)] if "hnswlib" in arguments.programs else []
    if "faiss" in arguments.programs:
        recipes = arguments.recipes.format(lists=lists, half=arguments.dimension // 2).split(";")
        peers += [Faiss(data, recipe) for recipe in recipes]
    for peer in peers:
        say({"name": peer.name} | peer.build(data))
    if "speed" in parts:
        rows = speed([index] + peers, [float(r) for r in arguments.recalls.split(",")], arguments.rounds)
        for row in rows:
            say(row)
    if "filters" in parts:
        for row in filters(index, arguments.rounds):
            say(row)
        if peers and peers[0].name == "hnswlib":
            say(filtered_hnswlib(peers[0], data))
    if "reopen" in parts:
        say(index.ask("reopen"))
    if "motion" in parts:
        for share in (0.1, 1):
            say(index.ask(f"motion {share}"))


if __name__ == "__main__":
    main()
