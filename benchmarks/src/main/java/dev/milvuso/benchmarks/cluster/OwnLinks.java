package dev.milvuso.benchmarks.cluster;

import java.io.IOException;

/** Proxies in this process, for machines without Toxiproxy. */
public final class OwnLinks implements Links {
    @Override
    public String description() {
        return "the benchmark's own proxy";
    }

    @Override
    public Link to(Service service, int port) throws IOException {
        return new SlowLink(port, service.port());
    }

    @Override
    public void close() {
        // Each link is closed by whoever asked for it.
    }
}
