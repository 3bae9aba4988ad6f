package dev.milvuso.benchmarks.cluster;

import dev.milvuso.embedded.FreePorts;
import dev.milvuso.standalone.bench.Session;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Kafka, PostgreSQL, Redis and Milvus behind proxies, and Milvuso's deployables on them, each in a process. */
public final class Cluster {
    private static final long PATIENCE_NANOS = 120_000_000_000L;

    private final Session session;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, Service> services = new LinkedHashMap<>();
    private final Map<String, Link> links = new LinkedHashMap<>();
    private final List<String> settings = new ArrayList<>();

    private Cluster(Session session) {
        this.session = session;
    }

    /** The servers, without any deployable yet; all ends with the session. */
    public static Cluster start(Session session, Links links) throws IOException {
        Cluster cluster = new Cluster(session);
        session.opened(links);
        session.say("starting Kafka, PostgreSQL, Redis and Milvus behind %s", links.description());
        Path directory = session.directory();
        int broker = FreePorts.orFree(0);
        int advertised = links.inFrontOf(broker);
        cluster.add(new KafkaService(directory.resolve("kafka"), broker, advertised), links, advertised);
        int redis = cluster.add(new RedisService(directory.resolve("redis")), links);
        PostgresService database = new PostgresService(directory.resolve("postgres"));
        int postgres = cluster.add(database, links);
        int milvus = cluster.add(new MilvusService(), links);
        cluster.settings.addAll(List.of(
                "kafka.brokers=127.0.0.1:" + advertised,
                "redis.port=" + redis,
                "postgres.url=jdbc:postgresql://127.0.0.1:" + postgres + "/milvuso",
                "postgres.user=" + database.user(),
                "postgres.password=" + database.password(),
                "milvus.backend=milvus",
                "milvus.uri=http://127.0.0.1:" + milvus,
                "joiner.checkpoint_directory=" + directory.resolve("checkpoints"),
                "online.snapshot_directory=" + directory.resolve("trainer")));
        return cluster;
    }

    private int add(Service service, Links proxies) throws IOException {
        return add(service, proxies, proxies.inFrontOf(service.port()));
    }

    private int add(Service service, Links proxies, int port) throws IOException {
        services.put(service.name(), session.opened(service));
        Link link = session.opened(proxies.to(service, port));
        links.put(service.name(), link);
        return link.port();
    }

    /** {@code kafka}, {@code redis}, {@code postgres} or {@code milvus}. */
    public Service service(String name) {
        return Objects.requireNonNull(services.get(name), name);
    }

    /** The proxy in front of it. */
    public Link link(String name) {
        return Objects.requireNonNull(links.get(name), name);
    }

    /** The trainer, the joiner and the feature worker; returns when they are ready. */
    public void startLearning(String... further) throws IOException, InterruptedException {
        for (String role : List.of("trainer", "joiner", "worker")) {
            start(role, "management.port", further);
        }
    }

    /**
     * One more recommender-server; returns when it is ready.
     *
     * @return where it answers
     */
    public String startServer(String... further) throws IOException, InterruptedException {
        return start("server", "server.port", further);
    }

    private String start(String role, String portKey, String... further) throws IOException, InterruptedException {
        int port = FreePorts.orFree(0);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "--add-modules",
                "jdk.incubator.vector",
                "--add-opens",
                "java.base/java.lang=ALL-UNNAMED",
                "--add-opens",
                "java.base/java.util=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.milvuso.standalone.command.Milvuso",
                role));
        if (role.equals("worker")) {
            command.addAll(List.of("--worker-type", "feature"));
        }
        command.addAll(session.configuration());
        List<String> all = new ArrayList<>(settings);
        all.addAll(List.of(further));
        all.add(portKey + "=" + port);
        all.forEach(setting -> command.addAll(List.of("--set", setting)));
        Path log = session.directory().resolve(role + "-" + port + ".log");
        session.say("starting a %s on port %d", role, port);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        session.opened(() -> process.destroyForcibly().waitFor());
        String url = "http://127.0.0.1:" + port;
        awaitReady(url, process, role, log);
        return url;
    }

    private void awaitReady(String url, Process process, String role, Path log)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (status(url + "/health/ready") != 200) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException("the " + role + " is not ready: " + Logs.last(log));
            }
            Thread.sleep(100); // nothing else to wait for
        }
    }

    private int status(String url) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
            return client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0; // not listening yet
        }
    }
}
