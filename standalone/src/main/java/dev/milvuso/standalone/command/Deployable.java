package dev.milvuso.standalone.command;

import dev.milvuso.component.Component;
import dev.milvuso.component.ManagementEndpoint;
import dev.milvuso.component.Unavailable;
import dev.milvuso.config.ManagementConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One component as a process of its own, until it is told to stop. */
record Deployable(Component component, ManagementConfig management, PrometheusMeterRegistry metrics) {
    private static final Logger LOG = LoggerFactory.getLogger(Deployable.class);
    private static final int RETRY_MS = 2000;

    /** @param last closed after the component has stopped */
    int run(Runnable last) throws InterruptedException {
        ManagementEndpoint endpoint = new ManagementEndpoint(management.host(), management.port(), component, metrics);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            component.close();
                            endpoint.close();
                            last.run();
                        },
                        "stop"));
        LOG.info("{}: health and metrics on port {}", component.name(), endpoint.start());
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
}
