package dev.milvuso.benchmarks.cluster;

import dev.milvuso.embedded.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Shopify's Toxiproxy, whose server this process starts and talks to by its REST interface. */
public final class Toxiproxy implements Links {
    private static final int ATTEMPTS = 100;

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port = FreePorts.orFree(0);
    private final Process process;

    /** @param log takes what it says */
    public Toxiproxy(Path program, Path log) throws IOException, InterruptedException {
        process = new ProcessBuilder(program.toString(), "-host", "127.0.0.1", "-port", String.valueOf(port))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        for (int attempt = 0; !answers(); attempt++) {
            if (attempt == ATTEMPTS || process.waitFor(100, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IOException(program + " does not answer: see " + log);
            }
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            return send(request("/version").build()).statusCode() == 200;
        } catch (IOException e) {
            return false; // not listening yet
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json");
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofString());
    }

    private void done(HttpRequest request) throws IOException {
        try {
            HttpResponse<String> answer = send(request);
            if (answer.statusCode() / 100 != 2) {
                throw new IOException("Toxiproxy answered " + answer.statusCode() + ": " + answer.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while Toxiproxy was asked", e);
        }
    }

    @Override
    public String description() {
        return "Toxiproxy";
    }

    @Override
    public Link to(Service service, int listen) throws IOException {
        String body = "{\"name\":\"%s\",\"listen\":\"127.0.0.1:%d\",\"upstream\":\"127.0.0.1:%d\"}"
                .formatted(service.name(), listen, service.port());
        done(request("/proxies").POST(BodyPublishers.ofString(body)).build());
        return new Poisoned(service.name(), listen);
    }

    @Override
    public void close() {
        process.destroy();
    }

    private final class Poisoned implements Link {
        private final String name;
        private final int listen;

        private Poisoned(String name, int listen) {
            this.name = name;
            this.listen = listen;
        }

        @Override
        public int port() {
            return listen;
        }

        @Override
        public void delay(Duration delay) throws IOException {
            if (delay.isZero()) {
                done(request("/proxies/" + name + "/toxics/slow").DELETE().build());
                return;
            }
            String toxic = "{\"name\":\"slow\",\"type\":\"latency\",\"attributes\":{\"latency\":%d}}"
                    .formatted(delay.toMillis());
            done(request("/proxies/" + name + "/toxics")
                    .POST(BodyPublishers.ofString(toxic))
                    .build());
        }

        @Override
        public void close() {
            // Ends with Toxiproxy.
        }
    }
}
