package dev.milvuso.trainer.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Against Hadoop's own name node and data node, in this process. */
class HdfsStoreIT extends StoreContract {
    @TempDir
    static Path directory;

    private static MiniDFSCluster cluster;

    @BeforeAll
    static void start() throws IOException {
        cluster = new MiniDFSCluster.Builder(new Configuration(), directory.toFile())
                .numDataNodes(1)
                .build();
        cluster.waitActive();
    }

    @AfterAll
    static void stop() {
        cluster.shutdown();
    }

    @Override
    List<String> settings(String folder) {
        return List.of("archive.uri=hdfs://127.0.0.1:" + cluster.getNameNodePort() + "/milvuso/" + folder);
    }

    @Override
    Map<String, String> environment() {
        return Map.of();
    }
}
