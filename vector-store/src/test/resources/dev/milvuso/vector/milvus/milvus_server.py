"""Runs the Milvus standalone server of the Python package `milvus` (2.3.x) for tests, on loopback only.

    python milvus_server.py DATA_DIRECTORY BINARY_DIRECTORY [--authorization] [--session SECONDS] [--tls CERTIFICATE KEY [CA]]

Prints one line, "ready PORT", when the server is healthy. The server ends when standard input is closed, which happens
when the process that started this one ends in any way, and takes DATA_DIRECTORY with it. BINARY_DIRECTORY takes the
unpacked server, about 450 MB, and may be used again. With --authorization it asks for a user, of whom there is
root with the password Milvus. With --tls it speaks TLS alone, and with a CA only to clients with a certificate of it.
It ends itself when it was frozen for longer than --session, 5 unless said; one that was killed takes as long to start again.
A DATA_DIRECTORY that a server was killed on may be given again: the next has the same ports. Needs Linux on x86-64 with seccomp user notification (5.0).
"""

import ctypes
import fcntl
import os
import shutil
import signal
import socket
import struct
import sys
import threading
import time
import urllib.request

import milvus

START_SECONDS = 120
STOP_SECONDS = 5
LOOPBACK = "127.0.0.1"

SETTINGS = {
    # How long a strongly consistent read waits for the clock of the log; 200 ms is made for clusters.
    "proxy.timeTickInterval": "20",
    "common.gracefulStopTimeout": "2",
    "common.session.ttl": "5",
    "log.level": "warn",
}
ROLES = ("rootCoord", "proxy", "queryCoord", "queryNode", "indexCoord", "indexNode", "dataCoord", "dataNode")

PR_SET_PDEATHSIG = 1
PR_SET_NO_NEW_PRIVS = 38
SYS_BIND = 49
SYS_SECCOMP = 317
AUDIT_ARCH_X86_64 = 0xC000003E
SECCOMP_SET_MODE_FILTER = 1
SECCOMP_FILTER_FLAG_NEW_LISTENER = 8
SECCOMP_RET_ALLOW = 0x7FFF0000
SECCOMP_RET_USER_NOTIF = 0x7FC00000
SECCOMP_IOCTL_NOTIF_RECV = 0xC0502100
SECCOMP_IOCTL_NOTIF_SEND = 0xC0182101
SECCOMP_USER_NOTIF_FLAG_CONTINUE = 1
BPF_LOAD_WORD = 0x20
BPF_JUMP_IF_EQUAL = 0x15
BPF_RETURN = 0x06

libc = ctypes.CDLL(None, use_errno=True)


def checked(result, what):
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, what + ": " + os.strerror(number))
    return result


def announce_binds():
    """Makes every bind() of this process, and of what it becomes, wait for an answer on the descriptor returned."""

    def instruction(code, if_true, if_false, operand):
        return struct.pack("=HBBI", code, if_true, if_false, operand)

    # struct seccomp_data starts with the number of the call, then the architecture.
    program = b"".join((
        instruction(BPF_LOAD_WORD, 0, 0, 4),
        instruction(BPF_JUMP_IF_EQUAL, 0, 3, AUDIT_ARCH_X86_64),
        instruction(BPF_LOAD_WORD, 0, 0, 0),
        instruction(BPF_JUMP_IF_EQUAL, 0, 1, SYS_BIND),
        instruction(BPF_RETURN, 0, 0, SECCOMP_RET_USER_NOTIF),
        instruction(BPF_RETURN, 0, 0, SECCOMP_RET_ALLOW),
    ))
    code = ctypes.create_string_buffer(program, len(program))
    header = ctypes.create_string_buffer(struct.pack("@HP", len(program) // 8, ctypes.addressof(code)))
    checked(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "prctl")
    return checked(
        libc.syscall(SYS_SECCOMP, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, header), "seccomp")


def loopback_bytes(address):
    """The offset in a sockaddr and the bytes that turn "all interfaces" into loopback, or None for another address."""
    family = struct.unpack_from("=H", address)[0]
    if family == socket.AF_INET and address[4:8] == bytes(4):
        return 4, socket.inet_aton(LOOPBACK)
    if family == socket.AF_INET6 and address[8:24] == bytes(16):
        return 8, socket.inet_pton(socket.AF_INET6, "::ffff:" + LOOPBACK)
    return None


def keep_on_loopback(listener):
    """Milvus 2.3 listens on all interfaces and has no setting for it: the address is changed before the kernel reads
    it. A bind that cannot be looked at is refused rather than let through."""
    while True:
        notice = bytearray(80)
        try:
            fcntl.ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, notice)
        except OSError:
            return
        identity, thread = struct.unpack_from("=QI", notice)
        pointer, length = struct.unpack_from("=QQ", notice, 40)
        error, flags = 0, SECCOMP_USER_NOTIF_FLAG_CONTINUE
        try:
            with open(f"/proc/{thread}/mem", "r+b", buffering=0) as memory:
                memory.seek(pointer)
                change = loopback_bytes(memory.read(length))
                if change:
                    memory.seek(pointer + change[0])
                    memory.write(change[1])
        except Exception as problem:
            print(f"milvus_server: bind refused: {problem}", file=sys.stderr, flush=True)
            error, flags = -13, 0
        try:
            fcntl.ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, bytearray(struct.pack("=QqiI", identity, 0, error, flags)))
        except OSError:
            continue  # The caller has died meanwhile.


def free_ports(count):
    sockets = []
    for _ in range(count):
        taken = socket.socket()
        taken.bind((LOOPBACK, 0))
        sockets.append(taken)
    ports = [taken.getsockname()[1] for taken in sockets]
    for taken in sockets:
        taken.close()
    return ports


def kept_ports(data, count):
    """The same as before, for a server that goes on where another was killed."""
    path = os.path.join(data, "ports")
    if not os.path.exists(path):
        with open(path, "w", encoding="utf-8") as file:
            file.write(" ".join(str(port) for port in free_ports(count)))
    with open(path, encoding="utf-8") as file:
        return [int(port) for port in file.read().split()]


def bound(port):
    """The package's own way refuses ports of a server that was just killed."""
    taken = socket.socket()
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    taken.bind((LOOPBACK, port))
    return taken


def security(options):
    """Settings for the arguments behind --tls."""
    if "--tls" not in options:
        return {}
    files = [os.path.abspath(file) for file in options[options.index("--tls") + 1:]]
    settings = {
        "common.security.tlsMode": str(len(files) - 1),
        "tls.serverPemPath": files[0],
        "tls.serverKeyPath": files[1],
    }
    if len(files) > 2:
        settings["tls.caPemPath"] = files[2]
    return settings


def etcd_file(data, client, peer):
    """The etcd inside listens on 2379 and 2380, whatever the server's own file says, unless it gets one too."""
    path = os.path.join(data, "configs", "etcd.yaml")
    lines = {
        "name": "default",
        "data-dir": os.path.join(data, "data", "etcd.data"),
        "listen-client-urls": f"http://{LOOPBACK}:{client}",
        "advertise-client-urls": f"http://{LOOPBACK}:{client}",
        "listen-peer-urls": f"http://{LOOPBACK}:{peer}",
        "initial-advertise-peer-urls": f"http://{LOOPBACK}:{peer}",
        "initial-cluster": f"default=http://{LOOPBACK}:{peer}",
        "log-level": "warn",
        "log-outputs": "[" + os.path.join(data, "logs", "etcd.log") + "]",
    }
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(f"{key}: {value}\n" for key, value in lines.items())
    return path


def configure(data, binaries, options):
    """Writes the server's files. Returns its port, the port of its health and its environment."""
    config = milvus.MilvusServerConfig(data_dir=data)
    keys = [key for key in config.configurable_items if key.endswith("_port")]
    health, peer, *ports = kept_ports(data, 2 + len(keys))
    config.update(**dict(zip(keys, ports)))
    config.try_bind_port = bound
    for role in ROLES:
        # Else the roles dial each other on the address of the network card.
        config.set(role + ".ip", LOOPBACK)
    for key, value in {**SETTINGS, **security(options)}.items():
        config.set(key, value)
    if "--session" in options:
        config.set("common.session.ttl", options[options.index("--session") + 1])
    config.set("authorization_enabled", "--authorization" in options)
    config.resolve()
    environment = dict(
        os.environ,
        DEPLOY_MODE="STANDALONE",
        ETCD_CONFIG_PATH=etcd_file(data, config.get("etcd_port"), peer),
        LC_ALL="C",
        LD_LIBRARY_PATH=os.path.join(binaries, "bin"),
        METRICS_PORT=str(health),
        MILVUS_RUN_DIR=os.path.join(data, "run"),
        # Threads that spin while they wait take the cores from the tests.
        OMP_WAIT_POLICY="PASSIVE",
        OPENBLAS_NUM_THREADS="1",
    )
    return config.get("proxy_port"), health, environment


def start(data, binaries, environment):
    ours, theirs = socket.socketpair()
    child = os.fork()
    if child == 0:
        try:
            ours.close()
            libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
            os.setsid()
            os.chdir(data)
            log = os.open(os.path.join(data, "logs", "milvus.log"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
            nothing = os.open(os.devnull, os.O_RDONLY)
            listener = announce_binds()
            socket.send_fds(theirs, [b"listener"], [listener])
            os.close(listener)
            for source, target in ((nothing, 0), (log, 1), (log, 2)):
                os.dup2(source, target)
            os.execve(os.path.join(binaries, "bin", "milvus"), ["milvus", "run", "standalone"], environment)
        except BaseException as problem:
            os.write(2, f"milvus_server: {problem}\n".encode())
        finally:
            os._exit(70)
    theirs.close()
    listeners = socket.recv_fds(ours, 16, 1)[1]
    if not listeners:
        sys.exit("milvus_server: this system cannot keep the server on loopback")
    threading.Thread(target=keep_on_loopback, args=(listeners[0],), daemon=True).start()
    return child


def is_healthy(port):
    try:
        with urllib.request.urlopen(f"http://{LOOPBACK}:{port}/healthz", timeout=1) as answer:
            return b"OK" in answer.read()
    except OSError:
        return False


def stop(child):
    os.kill(child, signal.SIGTERM)
    end = time.monotonic() + STOP_SECONDS
    while time.monotonic() < end:
        if os.waitpid(child, os.WNOHANG)[0]:
            return
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def main():
    data, binaries = (os.path.abspath(path) for path in sys.argv[1:3])
    closed = threading.Event()

    def until_closed():
        while os.read(0, 4096):
            pass
        closed.set()

    threading.Thread(target=until_closed, daemon=True).start()
    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, lambda *_: closed.set())
    milvus._initialize_data_files(binaries)
    port, health, environment = configure(data, binaries, sys.argv[3:])
    child = start(data, binaries, environment)
    ready = False
    limit = time.monotonic() + START_SECONDS
    while not closed.is_set():
        if os.waitpid(child, os.WNOHANG)[0]:
            sys.exit(f"milvus_server: the server has ended, see {data}/logs/milvus.log")
        if not ready and is_healthy(health):
            ready = True
            print(f"ready {port}", flush=True)
        if not ready and time.monotonic() > limit:
            print(f"milvus_server: not healthy after {START_SECONDS} s, see {data}/logs", file=sys.stderr, flush=True)
            break
        closed.wait(0.1)
    stop(child)
    if ready:
        shutil.rmtree(data, ignore_errors=True)
    sys.exit(0 if ready else 1)


if __name__ == "__main__":
    main()
