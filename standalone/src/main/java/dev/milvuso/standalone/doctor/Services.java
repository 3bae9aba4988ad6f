package dev.milvuso.standalone.doctor;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.embedded.FreePorts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the services that a configuration names can be reached and the ports that it asks for are free. Where it
 * names none of its own, {@code standalone} brings them along, and nothing is wrong if none is there.
 */
public final class Services {
    private static final int CONNECT_MS = 1000;
    private static final int POSTGRES_PORT = 5432;
    private static final int MILVUS_PORT = 19530;

    private final Config config;
    private final Config shipped = ConfigLoader.defaults();
    private final List<Finding> findings = new ArrayList<>();

    private Services(Config config) {
        this.config = config;
    }

    public static List<Finding> look(Config config) {
        Services services = new Services(config);
        // A Milvus of its own belongs to deployables of their own, who need all the others too.
        boolean deployed = !config.milvus().isEmbedded();
        services.listens("server.port", config.server().host(), config.server().port());
        services.listens(
                "management.port",
                config.management().host(),
                config.management().port());
        services.kafka(deployed);
        services.postgres(deployed);
        services.reach(
                "redis",
                "redis.host",
                config.redis().host(),
                config.redis().port(),
                deployed || !config.redis().equals(services.shipped.redis()));
        services.milvus();
        return List.copyOf(services.findings);
    }

    private void listens(String key, String host, int port) {
        if (port == 0) {
            return;
        }
        findings.add(
                FreePorts.isFree(host, port)
                        ? Finding.good(key, host + ":" + port + " is free")
                        : Finding.fault(
                                key,
                                host + ":" + port + " is taken: stop what listens there, or choose another " + key));
    }

    private void kafka(boolean deployed) {
        boolean named =
                deployed || !config.kafka().brokers().equals(shipped.kafka().brokers());
        for (String broker : config.kafka().brokers().split(",", -1)) {
            reach("kafka", "kafka.brokers", URI.create("kafka://" + broker.strip()), 0, named);
        }
    }

    private void postgres(boolean deployed) {
        String url = config.postgres().url();
        boolean named = deployed || !url.equals(shipped.postgres().url());
        reach("postgres", "postgres.url", URI.create(url.replaceFirst("^jdbc:", "")), POSTGRES_PORT, named);
    }

    private void milvus() {
        if (!config.milvus().isEmbedded()) {
            reach("milvus", "milvus.uri", URI.create(config.milvus().address()), MILVUS_PORT, true);
        }
    }

    private void reach(String name, String key, URI address, int usualPort, boolean named) {
        if (address.getHost() == null) {
            findings.add(Finding.notice(name, address + " names several hosts: not looked at"));
            return;
        }
        reach(name, key, address.getHost(), address.getPort() < 0 ? usualPort : address.getPort(), named);
    }

    private void reach(String name, String key, String host, int port, boolean named) {
        String address = host + ":" + port;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MS);
            findings.add(Finding.good(name, "listens on " + address));
        } catch (IOException e) {
            findings.add(
                    named
                            ? Finding.fault(name, "nothing answers on " + address + ": start it, or change " + key)
                            : Finding.notice(name, "nothing answers on " + address + ": standalone brings its own"));
        }
    }
}
