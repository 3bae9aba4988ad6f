package dev.milvuso.benchmarks.cluster;

import dev.milvuso.embedded.FreePorts;
import java.io.IOException;

/** Makes proxies. */
public interface Links extends AutoCloseable {
    /** What they are, for whoever reads the figures. */
    String description();

    /** Where a proxy in front of what listens on this port may listen. */
    default int inFrontOf(int port) {
        return FreePorts.orFree(0);
    }

    /** @param port on which its proxy is to listen */
    Link to(Service service, int port) throws IOException;

    @Override
    void close();
}
