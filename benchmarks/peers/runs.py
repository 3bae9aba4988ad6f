"""Starts one program once, waits for it, and says what it cost and how good its models are."""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import milvuso
import numpy as np
from dataset import Dataset
from quality import hit_rate_and_ndcg


@dataclass(frozen=True)
class Bench:
    """home: the repository; data: folder of the files; work: folder for what is made on the way."""

    home: Path
    data: Path
    work: Path
    dataset: Dataset

    def run(self, request: dict) -> dict:
        """One run: points (epoch, cpu_seconds, seconds, samples, hr, ndcg), peak_bytes, load."""
        directory = self.work / "run"
        shutil.rmtree(directory, ignore_errors=True)
        directory.mkdir(parents=True)
        load = os.getloadavg()[0]
        if request["kind"] == "milvuso":
            run = self._milvuso(request, directory)
        else:
            run = self._peer(request, directory)
        for point in run["points"]:
            point["hr"], point["ndcg"] = self._quality(request, directory / "models", point["epoch"])
        return {"program": request["program"], "dimension": request["dimension"], "load": load} | run

    def _milvuso(self, request: dict, directory: Path) -> dict:
        request = request | {"train": str(self.data / "train.rating.gz")}
        output, usage = execute(milvuso.train_command(self.home, request, directory), request["threads"])
        result = json.loads(output)
        points = milvuso.points(directory / "log", result, milvuso.takes_samples(request))
        evaluation, _ = execute(milvuso.evaluate_command(self.home, self.data, directory), request["threads"])
        own = json.loads(evaluation)
        return {"points": points, "own_hr": own["hr"], "own_ndcg": own["ndcg"], "peak_bytes": usage.ru_maxrss * 1024}

    def _peer(self, request: dict, directory: Path) -> dict:
        log = directory / "log"
        request = request | {
            "data": str(self.work / "data.npz"),
            "log": str(log),
            "models": str(directory / "models"),
        }
        worker = Path(__file__).with_name("worker.py")
        execute([sys.executable, str(worker), json.dumps(request)], request["threads"])
        points = [json.loads(line) for line in log.read_text().splitlines()]
        return {"points": points, "peak_bytes": max(point.pop("peak_bytes") for point in points)}

    def _quality(self, request: dict, models: Path, epoch: int) -> tuple[float, float]:
        if request["kind"] == "milvuso":
            users, items = milvuso.factors(models / f"epoch-{epoch}", self.dataset.users, self.dataset.items)
        else:
            with np.load(models / f"epoch-{epoch}.npz") as arrays:
                users, items = arrays["users"], arrays["items"]
        return hit_rate_and_ndcg(users, items, self.dataset.candidates, self.dataset.test_users)


def execute(command: list[str], threads: int) -> tuple[str, resource.struct_rusage]:
    """Standard output and the resources of a process that must end well. BLAS stays out of the libraries' own threads."""
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": str(threads)}
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        process = subprocess.Popen(command, stdout=output, stderr=errors, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        if process.returncode != 0:
            raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{errors.read()}")
        return output.read(), usage
