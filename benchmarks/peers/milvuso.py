"""Milvuso's command lines, and its models as arrays."""

import json
from pathlib import Path

import numpy as np


def train_command(home: Path, request: dict, directory: Path) -> list[str]:
    """request: the program's settings; directory: where its files go."""
    section, rounds = ("als", "iterations") if request["set"].get("training.algorithm") == "als" else ("training", "epochs")
    settings = dict(request["set"]) | {
        f"{section}.{rounds}": request["epochs"],
        f"{section}.threads": request["threads"],
        f"{section}.seed": request["seed"],
        "milvus.dimension": request["dimension"],
        "recommendation.embedding_dim": request["dimension"],
    }
    command = [str(home / "milvuso"), "train", "--json", "--format", "ncf"]
    command += ["--data", request["train"], "--model-out", str(directory / "model")]
    command += ["--epoch-log", str(directory / "log"), "--epoch-models", str(directory / "models")]
    for key, value in settings.items():
        command += ["--set", f"{key}={value}"]
    for setting in request["settings"]:
        command += ["--set", setting]
    return command + (["--config", request["config"]] if request["config"] else [])


def evaluate_command(home: Path, data: Path, directory: Path) -> list[str]:
    command = [str(home / "milvuso"), "evaluate", "--json", "--model", str(directory / "model")]
    command += ["--protocol", "leave-one-out", "--test", str(data / "test.rating.gz")]
    return command + ["--negatives", str(data / "test.negative.gz"), "--k", "10"]


def takes_samples(request: dict) -> bool:
    """Whether it learns by gradient steps; what train calls samples of least squares are the pairs it has seen."""
    settings = request["set"] | dict(setting.split("=", 1) for setting in request["settings"])
    return settings.get("training.algorithm") != "als"


def points(log: Path, result: dict, sampled: bool) -> list[dict]:
    """The epochs of --epoch-log, as those of the peers, counted from the line of epoch 0; sampled as takes_samples()."""
    begin, *epochs = [json.loads(line) for line in log.read_text().splitlines()]
    samples = result["samples"] if sampled else 0
    return [
        {
            "epoch": line["epoch"],
            "cpu_seconds": line["cpu_seconds"] - begin["cpu_seconds"],
            "seconds": line["seconds"] - begin["seconds"],
            "samples": samples * line["epoch"] // result["epochs"],
        }
        for line in epochs
    ]


def factors(directory: Path, users: int, items: int) -> tuple[np.ndarray, np.ndarray]:
    """Vectors by id, shapes [users, d] and [items, d]; zeros for ids that the model does not know."""
    dimension = json.loads((directory / "model.json").read_text())["dimension"]

    def by_id(name: str, count: int) -> np.ndarray:
        ids = [int(line) for line in (directory / f"{name}.ids").read_text().split()]
        vectors = np.zeros((count, dimension), dtype=np.float32)
        vectors[ids] = np.fromfile(directory / f"{name}.f32", dtype="<f4").reshape(-1, dimension)
        return vectors

    return by_id("users", users), by_id("items", items)
