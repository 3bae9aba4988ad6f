package dev.milvuso.standalone.command;

import dev.milvuso.component.Component;
import dev.milvuso.component.ManagementEndpoint;
import dev.milvuso.component.Unavailable;
import dev.milvuso.config.ManagementConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One component as a process of its own, until it is told to stop. */
final class Deployable {
    private static final Logger LOG = LoggerFactory.getLogger(Deployable.class);
    private static final int RETRY_MS = 2000;

    private final Component component;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /** @param services what the component stands on, closed after it, the last one first */
    Deployable(Component component, AutoCloseable... services) {
        this.component = component;
        for (AutoCloseable service : services) {
            open.push(service);
        }
        open.push(component);
    }

    /** Adds the endpoint of health and metrics, for a component that has none of its own. */
    Deployable withManagement(ManagementConfig config, PrometheusMeterRegistry metrics) {
        ManagementEndpoint endpoint = new ManagementEndpoint(config.host(), config.port(), component, metrics);
        LOG.info("{}: health and metrics on port {}", component.name(), endpoint.start());
        open.addLast(endpoint);
        return this;
    }

    int run() throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
        LOG.info("starting {}", component.name());
        startWhenReachable();
        LOG.info("{} runs", component.name());
        new CountDownLatch(1).await();
        return 0;
    }

    private void startWhenReachable() throws InterruptedException {
        while (true) {
            try {
                component.start();
                return;
            } catch (Unavailable e) {
                LOG.warn("waiting for {}: {}", e.dependency(), e.getMessage());
                Thread.sleep(RETRY_MS);
            }
        }
    }

    private void stop() {
        while (!open.isEmpty()) {
            AutoCloseable part = open.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.error("{} did not stop cleanly", part.getClass().getSimpleName(), e);
            }
        }
    }
}
