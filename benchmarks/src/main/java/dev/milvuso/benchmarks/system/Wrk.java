package dev.milvuso.benchmarks.system;

import dev.milvuso.standalone.bench.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Load from {@code wrk} (Debian). */
final class Wrk {
    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in ([\\d.]+)s");
    private static final Pattern QUANTILE = Pattern.compile("(50|99)%\\s+([\\d.]+)(us|ms|s)");
    private static final Pattern REFUSED = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
    private static final Pattern BROKEN =
            Pattern.compile("Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");

    private Wrk() {}

    /**
     * @param count answers
     * @param errors those other than 2xx, and connections that broke
     * @param seconds that it took
     */
    record Answered(long count, long errors, double seconds, double p50Millis, double p99Millis) {
        double perSecond() {
            return count / seconds;
        }
    }

    /** @param script Lua that makes the requests */
    static Answered run(Session session, String url, String script, int connections, int seconds)
            throws IOException, InterruptedException {
        Path file = Files.writeString(session.directory().resolve("wrk.lua"), seeded(script));
        Process wrk = new ProcessBuilder(
                        "wrk", "-t2", "-c" + connections, "-d" + seconds + "s", "--latency", "-s", file.toString(), url)
                .redirectErrorStream(true)
                .start();
        String said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = wrk.waitFor();
        Matcher requests = REQUESTS.matcher(said);
        if (status != 0 || !requests.find()) {
            throw new IOException("wrk says: " + said.strip());
        }
        double p50 = 0;
        double p99 = 0;
        for (Matcher quantile = QUANTILE.matcher(said); quantile.find(); ) {
            double millis = millis(quantile.group(2), quantile.group(3));
            p50 = quantile.group(1).equals("50") ? millis : p50;
            p99 = quantile.group(1).equals("99") ? millis : p99;
        }
        return new Answered(
                Long.parseLong(requests.group(1)), errors(said), Double.parseDouble(requests.group(2)), p50, p99);
    }

    /** Else all threads of all runs draw the same numbers, and lists that were to be made are there already. */
    private static String seeded(String script) {
        return "local threads = 0\n"
                + "function setup(thread) threads = threads + 1; thread:set(\"seed\", "
                + ThreadLocalRandom.current().nextInt(1 << 30)
                + " + threads) end\n"
                + "function init(arguments) math.randomseed(seed) end\n"
                + script;
    }

    private static long errors(String said) {
        long errors = 0;
        for (Matcher refused = REFUSED.matcher(said); refused.find(); ) {
            errors += Long.parseLong(refused.group(1));
        }
        for (Matcher broken = BROKEN.matcher(said); broken.find(); ) {
            for (int i = 1; i <= broken.groupCount(); i++) {
                errors += Long.parseLong(broken.group(i));
            }
        }
        return errors;
    }

    private static double millis(String number, String unit) {
        double value = Double.parseDouble(number);
        return unit.equals("us") ? value / 1000 : unit.equals("ms") ? value : value * 1000;
    }

    /**
     * Lua: asks for recommendations.
     *
     * @param user Lua of a number
     * @param query Lua of a text
     */
    static String lists(String user, String query) {
        return "request = function() return wrk.format(\"GET\", \"/recommendations/user-\" .. " + user + " .. " + query
                + ") end\n";
    }

    /**
     * Lua: posts likes, in arrays if there are to be more than one in a request.
     *
     * @param users as many may act
     * @param items on as many
     */
    static String likes(int count, int users, int items) {
        String action = "'{\"user_id\":\"user-' .. math.random(0," + (users - 1) + ") .. '\",\"item_id\":\"item-' .. "
                + "math.random(0," + (items - 1) + ") .. '\",\"action_type\":\"Like\"}'";
        String body = count == 1
                ? "local body = function() return " + action + " end\n"
                : "local bodies = {}\nfor b = 1, 20 do\n  local t = {}\n  for i = 1, " + count + " do t[i] = " + action
                        + " end\n  bodies[b] = '[' .. table.concat(t, ',') .. ']'\nend\n"
                        + "local body = function() return bodies[math.random(1,20)] end\n";
        return "wrk.headers[\"Content-Type\"] = \"application/json\"\n" + body
                + "request = function() return wrk.format(\"POST\", \"/actions\", nil, body()) end\n";
    }
}
