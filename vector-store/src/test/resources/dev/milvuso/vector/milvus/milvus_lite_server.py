"""Runs Milvus Lite (3.2) for tests, on a free port of loopback.

    python milvus_lite_server.py DATA_DIRECTORY

Prints one line, "ready PORT". The server ends when standard input is closed, which happens when the process that started
this one ends in any way, and takes DATA_DIRECTORY with it.
"""

import os
import shutil
import sys

from milvus_lite.adapter.grpc.server import start_server_in_thread


def main():
    data = os.path.abspath(sys.argv[1])
    ready = os.dup(1)
    # The server prints now and then; only the one line is meant for whoever started this.
    os.dup2(2, 1)
    server, database, port = start_server_in_thread(os.path.join(data, "data"))
    os.write(ready, f"ready {port}\n".encode())
    while os.read(0, 4096):
        pass
    server.stop(grace=1)
    database.close()
    shutil.rmtree(data, ignore_errors=True)


if __name__ == "__main__":
    main()
