package dev.milvuso.benchmarks.system;

import dev.milvuso.benchmarks.process.Options;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * HR@10 of a running system on a leave-one-out split: the held-out item among 99 others, ranked by the list that the
 * system serves, and by its popular list in the same run. An item that is not in the list ranks behind all that are.
 */
final class LeaveOneOut {
    private static final int K = 10;

    private LeaveOneOut() {}

    /** Options: {@code --url, --negatives FILE.gz, --depth} (length of the lists asked for). */
    public static void main(String[] arguments) throws IOException {
        Options options = new Options(arguments, "url", "negatives", "depth");
        Site site = new Site(options.text("url", "http://127.0.0.1:8080"));
        int depth = options.number("depth", 1000);
        Map<String, Integer> popular = ranks(site.popular(depth));
        int users = 0;
        int hits = 0;
        int popularHits = 0;
        for (String line : lines(Path.of(options.required("negatives")))) {
            String[] fields = line.split("\t", -1);
            String[] pair = fields[0].substring(1, fields[0].length() - 1).split(",", 2);
            List<String> others = Arrays.asList(fields).subList(1, fields.length);
            Map<String, Integer> personal = ranks(site.recommendations(pair[0], depth));
            users++;
            hits += hit(pair[1], others, personal);
            popularHits += hit(pair[1], others, popular);
        }
        System.out.println(Site.JSON
                .createObjectNode()
                .put("users", users)
                .put("hr_personal", (double) hits / users)
                .put("hr_popular", (double) popularHits / users)
                .put("k", K)
                .put("depth", depth));
    }

    private static int hit(String positive, List<String> others, Map<String, Integer> ranks) {
        Integer rank = ranks.get(positive);
        if (rank == null) {
            return 0;
        }
        Set<String> before = new HashSet<>();
        for (String other : others) {
            if (ranks.getOrDefault(other, Integer.MAX_VALUE) < rank) {
                before.add(other);
            }
        }
        return before.size() < K ? 1 : 0;
    }

    private static Map<String, Integer> ranks(List<String> list) {
        Map<String, Integer> ranks = new HashMap<>();
        for (int i = 0; i < list.size(); i++) {
            ranks.put(list.get(i), i);
        }
        return ranks;
    }

    private static List<String> lines(Path gzipped) throws IOException {
        List<String> lines = new ArrayList<>();
        try (var in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(gzipped)), StandardCharsets.UTF_8))) {
            in.lines().forEach(lines::add);
        }
        return lines;
    }
}
