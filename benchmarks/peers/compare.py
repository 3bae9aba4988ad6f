"""Compares Milvuso's trainer with its peers: the same files, one evaluator, all programs in turn in every round."""

import argparse
import json
import os
import platform
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path
from statistics import median

import measures
import report
from dataset import Dataset
from runs import Bench, execute

HERE = Path(__file__).resolve().parent
SCALED = "milvuso-sgd"
SCALED_EPOCHS = 15


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of train.rating.gz, test.rating.gz, test.negative.gz")
    parser.add_argument("--home", type=Path, default=HERE.parents[1], help="folder of ./milvuso; default: this repository")
    parser.add_argument("--work", type=Path, default=HERE.parent / "target" / "peers", help="what is made on the way")
    parser.add_argument("--out", type=Path, help="result; .json and .md are appended; default: WORK/result")
    parser.add_argument("--setup", type=Path, default=HERE / "programs.toml", help="default: programs.toml")
    parser.add_argument("--programs", type=names, help="names of the set-up, with commas; default: all")
    parser.add_argument("--dimensions", type=numbers, default=[64], help="with commas; default: 64")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=os.cpu_count(), help="default: all cores")
    parser.add_argument("--epochs", type=int, default=10**6, help="at most so many: for the speed alone")
    parser.add_argument("--seed", type=int, default=42, help="of the first round; each round takes the next")
    parser.add_argument("--target", type=float, default=0.70, help="HR@10 that is waited for; default: 0.70")
    parser.add_argument("--limits", action="store_true", help="also measures what the machine allows")
    parser.add_argument("--scaling", type=numbers, default=[], help=f"threads of {SCALED} to compare, 1,2,4 for example")
    parser.add_argument("--config", type=Path, help="Milvuso's configuration; default: what it ships")
    parser.add_argument("--set", action="append", default=[], help="section.key=value of all of Milvuso's programs")
    return parser.parse_args()


def names(text):
    return text.split(",")


def numbers(text):
    return [int(each) for each in text.split(",")]


def shortened(program, epochs):
    """The program with no more epochs than asked for."""
    short = dict(program)
    if "rungs" in program:
        short["rungs"] = [rung for rung in program["rungs"] if rung <= epochs] or [epochs]
    else:
        short["epochs"] = min(epochs, program["epochs"])
    return short


def chosen(options):
    programs = tomllib.loads(options.setup.read_text())
    unknown = set(options.programs or []) - set(programs)
    if unknown:
        sys.exit(f"--programs names {', '.join(sorted(unknown))}: must be of {', '.join(programs)}")
    if options.scaling and SCALED not in (options.programs or programs):
        sys.exit(f"--scaling needs {SCALED} among the programs")
    given = {"config": str(options.config.resolve()) if options.config else None, "settings": options.set}
    return {name: given | shortened(programs[name], options.epochs) for name in options.programs or programs}


def machine_limits(options, dataset, dimension):
    """What one core does for each CPU-second while all threads are at it."""
    library = HERE.parent / "target" / "milvuso-benchmarks" / "lib"
    java = Path(os.environ["JAVA_HOME"]) / "bin" / "java" if "JAVA_HOME" in os.environ else "java"
    command = [str(java), "-Xmx2g", "-cp", f"{library}/*", "dev.milvuso.benchmarks.trainer.MachineLimits"]
    command += [str(options.threads), str(dataset.users + dataset.items), str(dimension)]
    return json.loads(execute(command, options.threads)[0])


def cpu_name():
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def java_version():
    java = Path(os.environ["JAVA_HOME"]) / "bin" / "java" if "JAVA_HOME" in os.environ else "java"
    return subprocess.run([str(java), "-version"], capture_output=True, text=True, check=True).stderr.splitlines()[0]


class Comparison:
    """Collects the runs of all rounds."""

    def __init__(self, options, bench, programs):
        self.options = options
        self.bench = bench
        self.programs = programs
        self.runs = {}
        self.faults = {}
        self.limits = {}
        self.scaled = {}

    def round(self, number):
        for dimension in self.options.dimensions:
            if self.options.limits:
                found = machine_limits(self.options, self.bench.dataset, dimension)
                self.limits.setdefault(dimension, []).append(found)
            for name in self.programs:
                run = self._attempt(name, dimension, self.options.seed + number)
                if run is None:
                    continue
                self.runs.setdefault((dimension, name), []).append(run)
                self._tell(number, run)
        for threads in self.options.scaling:
            run = self._run(SCALED, self.options.dimensions[0], threads, self.options.seed + number, SCALED_EPOCHS)
            self.scaled.setdefault(threads, []).append(run)

    def _attempt(self, name, dimension, seed):
        """None if it is a peer that does not work here; it is not tried again, and the others go on."""
        if name in self.faults:
            return None
        try:
            return self._run(name, dimension, self.options.threads, seed)
        except RuntimeError as fault:
            if self.programs[name]["kind"] == "milvuso":
                raise
            self.faults[name] = str(fault).strip().splitlines()[-1]
            self.runs = {key: runs for key, runs in self.runs.items() if key[1] != name}
            print(f"{name}: {self.faults[name]}", file=sys.stderr)
            return None

    def _run(self, name, dimension, threads, seed, epochs=10**6):
        program = shortened(self.programs[name], epochs)
        request = {"dimension": dimension} | program | {"program": name, "threads": threads, "seed": seed}
        return self.bench.run(request)

    def _tell(self, number, run):
        last = run["points"][-1]
        print(
            f"round {number + 1}, {run['program']}, {run['dimension']}: {last['cpu_seconds']:.1f} CPU-s, "
            f"HR@10 {last['hr']:.4f}, NDCG@10 {last['ndcg']:.4f}",
            file=sys.stderr,
        )

    def result(self):
        target = self.options.target
        every = [run for runs in self.runs.values() for run in runs]
        return {
            "date": date.today().isoformat(),
            "machine": {
                "cpu": cpu_name(),
                "cores": os.cpu_count(),
                "java": java_version(),
                "load": median(run["load"] for run in every),
            },
            "threads": self.options.threads,
            "rounds": self.options.rounds,
            "target": target,
            "programs": [measures.summary(runs, target) for runs in self.runs.values()],
            "ratios": [
                measures.ratios(self.runs[dimension, ours], self.runs[dimension, peer], target)
                for dimension in self.options.dimensions
                for ours in self.programs
                if ours.startswith("milvuso")
                for peer in self.programs
                if not peer.startswith("milvuso") and peer not in self.faults
            ],
            "faults": self.faults,
            "limits": self._limits(),
            "scaling": self._scaling(),
            "runs": every,
        }

    def _limits(self):
        summaries = []
        for dimension, rounds in self.limits.items():
            medians = {key: median(each[key] for each in rounds) for key in rounds[0]}
            shares = [measures.roofline(run, each) for run, each in zip(self.runs.get((dimension, SCALED), []), rounds)]
            shares = {key: median(each[key] for each in shares) for key in (shares[0] if shares else [])}
            summaries.append({"dimension": dimension, "arithmetic": None, "memory": None} | medians | shares)
        return summaries

    def _scaling(self):
        one = self.scaled.get(1, [])
        return [
            {
                "program": SCALED,
                "threads": threads,
                "samples_per_second": median(map(measures.speed, runs)),
                "speedup": measures.ratio(runs, one, measures.speed) if one else None,
                "compiled_samples_per_second": median(map(measures.compiled_speed, runs)),
                "compiled_speedup": measures.ratio(runs, one, measures.compiled_speed) if one else None,
                "samples_per_cpu_second": median(map(measures.rate, runs)),
            }
            for threads, runs in self.scaled.items()
        ]


def check_evaluators(runs):
    """Milvuso's evaluate and this evaluator must agree on every last model of Milvuso's."""
    for run in runs:
        last = run["points"][-1]
        if "own_hr" in run and max(abs(run["own_hr"] - last["hr"]), abs(run["own_ndcg"] - last["ndcg"])) > 5e-4:
            sys.exit(f"{run['program']}: evaluate says {run['own_hr']}, {run['own_ndcg']}, this evaluator {last}")


def main():
    options = arguments()
    programs = chosen(options)
    options.work.mkdir(parents=True, exist_ok=True)
    dataset = Dataset.read(options.data)
    dataset.save(options.work / "data.npz")
    comparison = Comparison(options, Bench(options.home, options.data, options.work, dataset), programs)
    for number in range(options.rounds):
        comparison.round(number)
    result = comparison.result()
    out = options.out or options.work / "result"
    out.with_suffix(".json").write_text(json.dumps(result, indent=1))
    out.with_suffix(".md").write_text(report.markdown(result))
    print(report.markdown(result))
    check_evaluators(result["runs"])


if __name__ == "__main__":
    main()
