package dev.milvuso.standalone.command;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what is there, what is not, and what to do about it; exits 1 when something essential is missing. */
@Command(name = "doctor", description = "Checks machine, configuration and services.")
public final class DoctorCommand implements Callable<Integer> {
    private static final int CONNECT_MS = 1000;
    private static final long LEAST_DISK_BYTES = 2L << 30;

    /** @param essential whether nothing runs without it */
    record Finding(String name, boolean good, boolean essential, String text) {}

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        List<Finding> findings = new ArrayList<>(List.of(java(), vectors(), disk()));
        try {
            Config config = options.load();
            findings.add(new Finding("configuration", true, true, "can be used"));
            services(config, findings);
        } catch (ConfigException e) {
            findings.add(new Finding("configuration", false, true, String.valueOf(e.getMessage())));
        }
        boolean healthy = findings.stream().allMatch(finding -> finding.good() || !finding.essential());
        var out = spec.commandLine().getOut();
        if (options.json()) {
            out.println(new com.fasterxml.jackson.databind.ObjectMapper()
                    .writeValueAsString(java.util.Map.of("healthy", healthy, "findings", findings)));
        } else {
            findings.forEach(finding ->
                    out.printf("%-14s %-4s %s%n", finding.name(), finding.good() ? "ok" : "no", finding.text()));
        }
        return healthy ? 0 : 1;
    }

    private static Finding java() {
        int version = Runtime.version().feature();
        return new Finding(
                "java", version >= 17, true, Runtime.version() + (version >= 17 ? "" : ": take 17 or newer"));
    }

    private static Finding vectors() {
        boolean there = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        String text = there ? "jdk.incubator.vector" : "slower without --add-modules jdk.incubator.vector";
        return new Finding("vector module", there, false, text);
    }

    private static Finding disk() throws IOException {
        long free = Files.getFileStore(Path.of("").toAbsolutePath()).getUsableSpace();
        String text = (free >> 20) + " MiB free here" + (free < LEAST_DISK_BYTES ? ": Kafka's log needs 2048" : "");
        return new Finding("disk", free >= LEAST_DISK_BYTES, true, text);
    }

    private static void services(Config config, List<Finding> findings) {
        for (String broker : config.kafka().brokers().split(",", -1)) {
            int colon = broker.lastIndexOf(':');
            findings.add(reach("kafka", broker.substring(0, colon), Integer.parseInt(broker.substring(colon + 1))));
        }
        URI postgres = URI.create(config.postgres().url().substring("jdbc:".length()));
        findings.add(reach(
                "postgres", String.valueOf(postgres.getHost()), postgres.getPort() < 0 ? 5432 : postgres.getPort()));
        findings.add(reach("redis", config.redis().host(), config.redis().port()));
        if (!config.milvus().isEmbedded()) {
            URI milvus = URI.create(config.milvus().address());
            findings.add(
                    reach("milvus", String.valueOf(milvus.getHost()), milvus.getPort() < 0 ? 19530 : milvus.getPort()));
        }
    }

    /** Not essential: standalone brings its own. */
    private static Finding reach(String name, String host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MS);
            return new Finding(name, true, false, "listens on " + host + ":" + port);
        } catch (IOException e) {
            String advice = ": start it, or change the section [" + name + "]";
            return new Finding(name, false, false, "nothing answers on " + host + ":" + port + advice);
        }
    }
}
