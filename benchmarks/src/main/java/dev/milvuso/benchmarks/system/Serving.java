package dev.milvuso.benchmarks.system;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * How many requests a server answers in a second and how long they take, over loopback: a number of connections, each
 * of which asks again as soon as it has its answer. Client and server share the machine; the CPU time is of the
 * server's process, which in a standalone is everything.
 */
final class Serving {
    private static final int BATCH = 100;
    private static final String CPU = "process_cpu_time_ns_total";

    private final URI url;
    private final Site site;
    private final World world = new World(20, 50, 2000);
    private final int connections;
    private final int seconds;

    Serving(URI url, int connections, int seconds) {
        this.url = url;
        this.site = new Site(url.toString());
        this.connections = connections;
        this.seconds = seconds;
    }

    /** Items, and likes of every user, so that the model knows them. */
    void prepare() throws IOException {
        for (ArrayNode batch : world.items()) {
            require(site.postItems(batch) / 100 == 2, "POST /items");
        }
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 100; i++) {
            List<ObjectNode> likes = new ArrayList<>();
            for (int j = 0; j < BATCH; j++) {
                likes.add(world.like(UUID.randomUUID().toString(), random));
            }
            require(site.postActions(likes) == 202, "POST /actions");
        }
        String known = "/recommendations/user-1";
        for (int tries = 0; !site.get(known).get("tier").textValue().equals("memory"); tries++) {
            require(tries < 100_000, "a personal answer to GET " + known);
        }
    }

    private static void require(boolean fulfilled, String what) throws IOException {
        if (!fulfilled) {
            throw new IOException(what + " was not answered as it should be");
        }
    }

    /** A row for each kind of request. */
    List<ObjectNode> measureAll() throws Exception {
        List<ObjectNode> rows = new ArrayList<>();
        rows.add(measure("GET /recommendations, list kept", random -> get(random, 10)));
        rows.add(measure("GET /recommendations, list made anew", random -> get(random, 5 + random.nextInt(80))));
        rows.add(measure("POST /actions, one", random -> post(like(random).toString())));
        rows.add(measure("POST /actions, array of " + BATCH, random -> {
            ArrayNode array = Site.JSON.createArrayNode();
            for (int i = 0; i < BATCH; i++) {
                array.add(like(random));
            }
            return post(array.toString());
        }));
        return rows;
    }

    private ObjectNode like(SplittableRandom random) {
        return world.like(new UUID(random.nextLong(), random.nextLong()).toString(), random);
    }

    private String get(SplittableRandom random, int count) {
        return "GET /recommendations/user-" + random.nextInt(world.users()) + "?num_recommendations=" + count
                + " HTTP/1.1\r\nHost: h\r\n\r\n";
    }

    private static String post(String body) {
        return "POST /actions HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    private ObjectNode measure(String name, Function<SplittableRandom, String> request) throws Exception {
        run(request);
        double cpuBefore = site.metric(CPU);
        List<Long> nanos = run(request);
        double cpu = site.metric(CPU) - cpuBefore;
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return Site.JSON
                .createObjectNode()
                .put("name", name)
                .put("connections", connections)
                .put("requests_per_second", sorted.length / (double) seconds)
                .put("process_cpu_us_per_request", cpu / 1e3 / sorted.length)
                .put("p50_ms", quantile(sorted, 0.50))
                .put("p99_ms", quantile(sorted, 0.99))
                .put("max_ms", quantile(sorted, 1));
    }

    private static double quantile(long[] sorted, double q) {
        return sorted[(int) Math.ceil(q * sorted.length) - 1] / 1e6;
    }

    /** @return what each answer took, in nanoseconds */
    private List<Long> run(Function<SplittableRandom, String> request) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            List<Callable<List<Long>>> clients = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                SplittableRandom random = new SplittableRandom(System.nanoTime() + i);
                clients.add(() -> ask(request, random));
            }
            List<Long> all = new ArrayList<>();
            for (Future<List<Long>> each : threads.invokeAll(clients)) {
                all.addAll(each.get());
            }
            return all;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            threads.shutdown();
        }
    }

    private List<Long> ask(Function<SplittableRandom, String> request, SplittableRandom random) throws IOException {
        List<Long> nanos = new ArrayList<>();
        try (Socket socket = new Socket(InetAddress.getByName(url.getHost()), url.getPort())) {
            socket.setTcpNoDelay(true);
            InputStream answers = new BufferedInputStream(socket.getInputStream(), 65536);
            long end = System.nanoTime() + seconds * 1_000_000_000L;
            while (System.nanoTime() < end) {
                byte[] bytes = request.apply(random).getBytes(StandardCharsets.US_ASCII);
                long begin = System.nanoTime();
                socket.getOutputStream().write(bytes);
                int status = answer(answers);
                nanos.add(System.nanoTime() - begin);
                require(status == 200 || status == 202, "a request (" + status + ")");
            }
        }
        return nanos;
    }

    /** @return the status of an answer with a Content-Length, read to its end */
    private static int answer(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        byte[] end = new byte[4];
        while (!Arrays.equals(end, new byte[] {'\r', '\n', '\r', '\n'})) {
            int next = in.read();
            require(next >= 0, "a request (the connection was closed)");
            head.write(next);
            System.arraycopy(end, 1, end, 0, 3);
            end[3] = (byte) next;
        }
        String text = head.toString(StandardCharsets.US_ASCII);
        int length = text.lines()
                .filter(line -> line.regionMatches(true, 0, "Content-Length:", 0, 15))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElseThrow(() -> new IOException("an answer without Content-Length"));
        in.skipNBytes(length);
        return Integer.parseInt(text.substring(9, 12));
    }
}
