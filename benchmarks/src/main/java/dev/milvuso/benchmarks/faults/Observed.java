package dev.milvuso.benchmarks.faults;

import dev.milvuso.benchmarks.process.Paced;
import dev.milvuso.benchmarks.process.Paced.Answer;
import dev.milvuso.benchmarks.process.Quantiles;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers to readers and writers in a stretch of time. */
record Observed(List<Answer> reads, List<Answer> writes) {
    static final double READ_MS = 300;
    static final double WRITE_MS = 2000;

    private static final Pattern DEGRADED = Pattern.compile("\"degraded\":\\[([^\\]]*)\\]");
    private static final Pattern NAME = Pattern.compile("\"([^\"]+)\"");

    double readP99() {
        return Quantiles.of(Paced.sortedMillis(reads), 0.99);
    }

    long readsWithoutList() {
        return reads.stream().filter(answer -> answer.status() != 200).count();
    }

    /** What reads said that they lacked, and the share of them that did. */
    String lacked() {
        Map<String, Integer> counts = new TreeMap<>();
        for (Answer each : reads) {
            lacks(each).forEach(name -> counts.merge(name, 1, Integer::sum));
        }
        StringBuilder said = new StringBuilder();
        counts.forEach((name, count) -> said.append(said.isEmpty() ? "" : ", ")
                .append("%s %.2f".formatted(name, count / (double) reads.size())));
        return said.isEmpty() ? "nothing" : said.toString();
    }

    boolean anyLacks(String service) {
        return reads.stream().anyMatch(answer -> lacks(answer).contains(service));
    }

    private static TreeSet<String> lacks(Answer answer) {
        TreeSet<String> names = new TreeSet<>();
        Matcher degraded = DEGRADED.matcher(answer.body());
        if (degraded.find()) {
            Matcher name = NAME.matcher(degraded.group(1));
            while (name.find()) {
                names.add(name.group(1));
            }
        }
        return names;
    }

    double worstWrite() {
        return writes.stream().mapToDouble(Answer::millis).max().orElse(Double.NaN);
    }

    long writesNeitherTakenNorRefused() {
        return writes.stream()
                .filter(answer -> answer.status() != 202 && answer.status() != 503)
                .count();
    }

    /** Such as {@code 202: 180, 503: 20}. */
    String statuses() {
        Map<Integer, Integer> counts = new TreeMap<>();
        writes.forEach(answer -> counts.merge(answer.status(), 1, Integer::sum));
        StringBuilder said = new StringBuilder();
        counts.forEach((status, count) -> said.append(said.isEmpty() ? "" : ", ")
                .append(status)
                .append(": ")
                .append(count));
        return said.toString();
    }

    /**
     * When the last answer came that lacked one of the services, or was none at all; 0 if there was none such.
     *
     * @param services that are to be well
     */
    long lastTrouble(List<String> services) {
        long last = 0;
        for (Answer each : reads) {
            boolean isWell = each.status() == 200 && Collections.disjoint(lacks(each), services);
            last = isWell ? last : Math.max(last, each.end());
        }
        for (Answer each : writes) {
            last = each.status() == 202 ? last : Math.max(last, each.end());
        }
        return last;
    }
}
