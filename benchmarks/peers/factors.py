"""Vectors of a training run, blown up with noise to as many rows as are wanted."""

import subprocess
from pathlib import Path

import numpy as np

HOME = Path(__file__).resolve().parents[2]
NOISE = 0.4


def trained(ratings: Path, model: Path, dimension: int) -> tuple[np.ndarray, np.ndarray]:
    """Users' and items' vectors, shapes [users, d] and [items, d], of `milvuso train` as it is shipped; model is kept.

    ratings: a folder with train.rating.gz, in the form of the NCF papers
    """
    if not (model / "model.json").exists():
        command = [str(HOME / "milvuso"), "train", "--format", "ncf", "--data", str(ratings / "train.rating.gz")]
        command += ["--model-out", str(model)]
        for key in ("milvus.dimension", "recommendation.embedding_dim"):
            command += ["--set", f"{key}={dimension}"]
        subprocess.run(command, check=True)
    users, items = (np.fromfile(model / f"{name}.f32", dtype="<f4").reshape(-1, dimension) for name in ("users", "items"))
    return users, items


def blown_up(vectors: np.ndarray, rows: int, seed: int) -> np.ndarray:
    """Each row is one of the vectors, by chance, plus noise that lies as the vectors do: 0.4 of their spread in each
    of its principal directions, not white. Shape [rows, d]."""
    random = np.random.default_rng(seed)
    _, sizes, directions = np.linalg.svd(vectors - vectors.mean(axis=0), full_matrices=False)
    spread = (sizes / np.sqrt(len(vectors)))[:, None] * directions
    chosen = vectors[random.integers(len(vectors), size=rows)]
    noise = random.standard_normal((rows, len(sizes)), dtype=np.float32) @ spread.astype(np.float32)
    return (chosen + NOISE * noise).astype("<f4")


def draw(folder: Path, ratings: Path, rows: int, queries: int, dimension: int) -> None:
    """Writes vectors.f32, of items, and queries.f32, of users, unless both are there."""
    files = {"vectors": folder / "vectors.f32", "queries": folder / "queries.f32"}
    if all(file.exists() for file in files.values()):
        return
    users, items = trained(ratings, folder / "model", dimension)
    blown_up(items, rows, 1).tofile(files["vectors"])
    blown_up(users, queries, 2).tofile(files["queries"])
