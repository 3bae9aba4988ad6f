"""The leave-one-out files of the NCF papers, read once and kept as arrays that every program loads."""

import gzip
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np


@dataclass(frozen=True)
class Dataset:
    """Ids are small whole numbers, as in these files.

    pairs: user and item of every training pair, shape [pairs, 2]
    candidates: for every test user the held-out item, then its negatives, shape [test users, 1 + negatives]
    test_users: whose candidates they are, shape [test users]
    """

    pairs: np.ndarray
    candidates: np.ndarray
    test_users: np.ndarray

    @property
    def users(self) -> int:
        return 1 + max(self.pairs[:, 0].max(), self.test_users.max())

    @property
    def items(self) -> int:
        return 1 + max(self.pairs[:, 1].max(), self.candidates.max())

    def save(self, file: Path) -> None:
        np.savez(file, pairs=self.pairs, candidates=self.candidates, test_users=self.test_users)

    @staticmethod
    def load(file: Path) -> "Dataset":
        with np.load(file) as arrays:
            return Dataset(arrays["pairs"], arrays["candidates"], arrays["test_users"])

    @staticmethod
    def read(directory: Path) -> "Dataset":
        pairs = np.loadtxt(directory / "train.rating.gz", dtype=np.int32, usecols=(0, 1))
        held_out = np.loadtxt(directory / "test.rating.gz", dtype=np.int32, usecols=(0, 1))
        with gzip.open(directory / "test.negative.gz", "rt") as lines:
            rows = np.array([[int(n) for n in re.findall(r"\d+", line)] for line in lines if line.strip()], dtype=np.int32)
        if not np.array_equal(rows[:, :2], held_out):
            raise ValueError(f"{directory}: test.rating.gz and test.negative.gz name different pairs")
        return Dataset(pairs, rows[:, 1:], rows[:, 0])
