package dev.milvuso.component;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * {@code /health}, {@code /health/live}, {@code /health/ready} and {@code /metrics} of a deployable that serves nothing
 * else.
 */
public final class ManagementEndpoint implements AutoCloseable {
    private final InetSocketAddress address;
    private final Component component;
    private final PrometheusMeterRegistry metrics;
    private final ExecutorService executor = Executors.newFixedThreadPool(2, task -> {
        Thread thread = new Thread(task, "management");
        thread.setDaemon(true);
        return thread;
    });
    private final ProcessMetrics process = new ProcessMetrics();
    private @Nullable HttpServer server;

    /** @param port 0 takes a free one */
    public ManagementEndpoint(String host, int port, Component component, PrometheusMeterRegistry metrics) {
        this.address = new InetSocketAddress(host, port);
        this.component = component;
        this.metrics = metrics;
    }

    /** @return the port it listens on */
    public int start() {
        try {
            HttpServer started = HttpServer.create(address, 16);
            started.createContext("/health", this::health);
            started.createContext(
                    "/health/live", exchange -> answer(exchange, 200, "application/json", "{\"status\":\"UP\"}"));
            started.createContext(
                    "/metrics",
                    exchange -> answer(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape()));
            started.setExecutor(executor);
            started.start();
            server = started;
            process.bindTo(metrics);
            return started.getAddress().getPort();
        } catch (IOException e) {
            throw new UncheckedIOException("management.host and management.port: cannot listen on " + address, e);
        }
    }

    private void health(HttpExchange exchange) throws IOException {
        Health health = component.health();
        int status = health instanceof Health.Down ? 503 : 200;
        answer(
                exchange,
                status,
                "application/json",
                "{\"status\":\"" + health.status() + "\",\"component\":\"" + component.name() + "\"}");
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop(0);
        }
        process.close();
        executor.shutdownNow();
    }
}
