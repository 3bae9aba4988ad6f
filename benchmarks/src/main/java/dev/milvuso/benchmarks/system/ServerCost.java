package dev.milvuso.benchmarks.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.standalone.bench.Session;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a request costs a {@link ServerAlone}: CPU time by the process's own accounting in {@code /proc}, on load from
 * {@code wrk}. Kinds of requests and a bare route take turns, round by round, so that what else the machine does
 * concerns all.
 */
final class ServerCost {
    /** A tick of {@code /proc} is a hundredth of a second on every Linux. */
    private static final double MICROS_PER_TICK = 10_000;

    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");
    private static final Pattern QUANTILE = Pattern.compile("(50|99)%\\s+([\\d.]+)(us|ms|s)");

    /** @param script Lua of wrk that makes its requests */
    private record Kind(String name, boolean isBare, String script) {}

    private final Session session;
    private final int users;
    private final int connections;
    private final int seconds;
    private String url = "";
    private String bare = "";
    private long pid;

    ServerCost(Session session, int users, int connections, int seconds) {
        this.session = session;
        this.users = users;
        this.connections = connections;
        this.seconds = seconds;
    }

    void start(int items, int dimension) throws IOException {
        session.say("starting Kafka, PostgreSQL and Redis with %d items and %d users", items, users);
        String settings = started(
                "settings ",
                "services",
                Map.of(
                        "directory", session.directory().resolve("services").toString(),
                        "items", String.valueOf(items),
                        "users", String.valueOf(users),
                        "dimension", String.valueOf(dimension)));
        session.say("starting the server");
        String[] urls =
                started("ready ", "server", Map.of("settings", settings)).split(" ", -1);
        url = urls[0];
        bare = urls[1];
    }

    /** @return what stands behind the word on its standard output */
    private String started(String word, String role, Map<String, String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx2g",
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                ServerAlone.class.getName(),
                role));
        options.forEach((name, value) -> command.addAll(List.of("--" + name, value)));
        Path log = session.directory().resolve(role + ".log");
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        session.opened(() -> stop(process));
        pid = process.pid();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(word)) {
                return line.substring(word.length());
            }
        }
        throw new IOException("the " + role + " did not start: see " + log);
    }

    private static void stop(Process process) throws InterruptedException {
        try (Stream<ProcessHandle> descendants = process.descendants()) {
            descendants.forEach(ProcessHandle::destroy);
        }
        process.destroy();
        process.waitFor();
    }

    /** @param rounds of each kind; the first half is for the compiler */
    List<ObjectNode> measure(int rounds) throws IOException, InterruptedException {
        List<Kind> kinds = List.of(
                new Kind("list kept", false, get("math.random(0,999)", "")),
                new Kind("bare route", true, get("math.random(0,999)", "")),
                new Kind(
                        "list made, any item",
                        false,
                        get(
                                "math.random(0," + (users - 1) + ")",
                                "?num_recommendations=\" .. math.random(8,12) .. \"")),
                new Kind(
                        "list made, one category of fifty",
                        false,
                        get(
                                "math.random(0," + (users - 1) + ")",
                                "?category=category-\" .. math.random(0,49) .. \"&num_recommendations=\" .. math.random(8,12) .. \"")),
                new Kind("one action", false, post(1)),
                new Kind("array of 1,000 actions", false, post(1000)));
        List<ObjectNode> rows = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            for (Kind each : kinds) {
                ObjectNode row = measure(each);
                row.put("round", round);
                if (2 * round >= rounds) {
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    private static String get(String user, String query) {
        return "request = function() return wrk.format(\"GET\", \"/recommendations/user-\" .. " + user + " .. \""
                + query + "\") end\n";
    }

    private String post(int count) {
        String action = "'{\"user_id\":\"user-' .. math.random(0," + (users - 1)
                + ") .. '\",\"item_id\":\"item-' .. math.random(0,99999) .. '\",\"action_type\":\"Like\"}'";
        String body = count == 1
                ? "local body = function() return " + action + " end\n"
                : "local bodies = {}\nfor b = 1, 20 do\n  local t = {}\n  for i = 1, " + count + " do t[i] = " + action
                        + " end\n  bodies[b] = '[' .. table.concat(t, ',') .. ']'\nend\n"
                        + "local body = function() return bodies[math.random(1,20)] end\n";
        return "wrk.headers[\"Content-Type\"] = \"application/json\"\n" + body
                + "request = function() return wrk.format(\"POST\", \"/actions\", nil, body()) end\n";
    }

    private ObjectNode measure(Kind kind) throws IOException, InterruptedException {
        Path script = Files.writeString(session.directory().resolve("wrk.lua"), kind.script());
        long before = ticks();
        Process wrk = new ProcessBuilder(
                        "wrk",
                        "-t2",
                        "-c" + connections,
                        "-d" + seconds + "s",
                        "--latency",
                        "-s",
                        script.toString(),
                        kind.isBare() ? bare : url)
                .redirectErrorStream(true)
                .start();
        String said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = wrk.waitFor();
        long ticks = ticks() - before;
        Matcher requests = REQUESTS.matcher(said);
        if (status != 0 || !requests.find() || said.contains("Non-2xx")) {
            throw new IOException("wrk says: " + said.strip());
        }
        long count = Long.parseLong(requests.group(1));
        ObjectNode row = Site.JSON
                .createObjectNode()
                .put("name", kind.name())
                .put("connections", connections)
                .put("requests_per_second", count / (double) seconds)
                .put("process_cpu_us_per_request", ticks * MICROS_PER_TICK / count);
        Matcher quantile = QUANTILE.matcher(said);
        while (quantile.find()) {
            row.put("p" + quantile.group(1) + "_ms", millis(quantile.group(2), quantile.group(3)));
        }
        session.say("%s", row);
        return row;
    }

    private static double millis(String number, String unit) {
        double value = Double.parseDouble(number);
        return unit.equals("us") ? value / 1000 : unit.equals("ms") ? value : value * 1000;
    }

    /** User and system time of the server's process. */
    private long ticks() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }
}
