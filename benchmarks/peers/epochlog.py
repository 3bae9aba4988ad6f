"""What every epoch of a program costs; the same lines that ./milvuso train --epoch-log writes."""

import json
import os
import time
from pathlib import Path

import numpy as np


def cpu_seconds_of(pid: int) -> float:
    """User and system time of all threads of a process, dead ones included."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_bytes_of(pid: int) -> int:
    """The largest resident set that a process has had."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return 0


class EpochLog:
    """Begins anew with every begin(); saving the model is not counted."""

    def __init__(self, file: Path, models: Path, children=()):
        self._file = file
        self._models = models
        self._children = children
        self._begun = (0.0, 0.0)
        models.mkdir(parents=True, exist_ok=True)
        file.write_text("")

    def _now(self):
        cpu = time.process_time() + sum(cpu_seconds_of(pid) for pid in self._children)
        return cpu, time.perf_counter()

    def begin(self) -> None:
        self._begun = self._now()

    def epoch(self, epoch: int, samples: int, factors) -> None:
        """samples: gradient samples since begin(), 0 for programs that take none.

        factors: makes the vectors of users and items, shapes [users, d] and [items, d]; not counted either
        """
        stopped = self._now()
        cpu, seconds = (end - start for start, end in zip(self._begun, stopped))
        peak = peak_bytes_of(os.getpid()) + sum(peak_bytes_of(pid) for pid in self._children)
        line = {"epoch": epoch, "cpu_seconds": cpu, "seconds": seconds, "samples": samples, "peak_bytes": peak}
        with self._file.open("a") as out:
            out.write(json.dumps(line) + "\n")
        users, items = factors()
        np.savez(self._models / f"epoch-{epoch}.npz", users=users, items=items)
        self._begun = tuple(start + end - stop for start, end, stop in zip(self._begun, self._now(), stopped))


def with_bias(users, items, item_bias):
    """Folds the items' biases into the vectors. Users' biases do not change a user's order."""
    ones = np.ones((len(users), 1), dtype=users.dtype)
    return np.hstack([users, ones]), np.hstack([items, item_bias[:, None].astype(items.dtype)])
