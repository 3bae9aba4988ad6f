package dev.milvuso.benchmarks.cluster;

import java.time.Duration;

/** No proxies: clients reach the servers themselves. */
public final class DirectLinks implements Links {
    @Override
    public String description() {
        return "no proxy";
    }

    @Override
    public int inFrontOf(int port) {
        return port;
    }

    @Override
    public Link to(Service service, int port) {
        return new Direct(service.port());
    }

    @Override
    public void close() {
        // There is nothing.
    }

    private record Direct(int port) implements Link {
        @Override
        public void delay(Duration delay) {
            throw new UnsupportedOperationException("without a proxy nothing is made slow");
        }

        @Override
        public void close() {
            // There is nothing.
        }
    }
}
