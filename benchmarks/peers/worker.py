"""Runs one peer, once, in a process of its own: worker.py REQUEST, one JSON document."""

import importlib
import json
import sys
from pathlib import Path

from dataset import Dataset


def main() -> None:
    request = json.loads(sys.argv[1])
    program = importlib.import_module("programs." + request["kind"])
    program.train(request, Dataset.load(Path(request["data"])), Path(request["log"]), Path(request["models"]))


if __name__ == "__main__":
    main()
