package dev.milvuso.trainer.archive;

import com.robothy.s3.rest.LocalS3;
import com.robothy.s3.rest.bootstrap.LocalS3Mode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/** An S3 server in this process, in memory, with one bucket. */
final class StandInS3 implements AutoCloseable {
    private final LocalS3 server =
            LocalS3.builder().port(-1).mode(LocalS3Mode.IN_MEMORY).build();

    StandInS3() throws IOException, InterruptedException {
        server.start();
        HttpRequest bucket = HttpRequest.newBuilder(URI.create(endpoint() + "/bucket"))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        int status = HttpClient.newHttpClient()
                .send(bucket, HttpResponse.BodyHandlers.discarding())
                .statusCode();
        if (status != 200) {
            throw new IOException("the bucket was not made: " + status);
        }
    }

    private String endpoint() {
        return "http://127.0.0.1:" + server.getPort();
    }

    List<String> settings(String folder) {
        return List.of(
                "archive.uri=s3://bucket/" + folder, "archive.s3_endpoint=" + endpoint(), "archive.s3_path_style=true");
    }

    static Map<String, String> environment() {
        return Map.of("AWS_ACCESS_KEY_ID", "key", "AWS_SECRET_ACCESS_KEY", "secret");
    }

    @Override
    public void close() {
        server.shutdown();
    }
}
