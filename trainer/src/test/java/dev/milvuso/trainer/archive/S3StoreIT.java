package dev.milvuso.trainer.archive;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Against a stand-in for S3. */
class S3StoreIT extends StoreContract {
    private static StandInS3 server;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        server = new StandInS3();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    List<String> settings(String folder) {
        return server.settings(folder);
    }

    @Override
    Map<String, String> environment() {
        return StandInS3.environment();
    }
}
