package dev.milvuso.benchmarks.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Who acted on what, oldest first, and the catalogue.
 *
 * @param items bodies of {@code POST /items}
 * @param tags of each item
 */
record Interactions(List<ArrayNode> items, Map<String, Set<String>> tags, List<Interaction> interactions) {
    record Interaction(String user, String item) {}

    /**
     * @param rating lines of user, item and more, separated by tabs, in the order of time
     * @param items a JSON object a line, as {@code POST /items} takes it
     */
    static Interactions read(Path rating, Path items, int most) throws IOException {
        List<JsonNode> bodies = new ArrayList<>();
        for (String line : lines(items, Integer.MAX_VALUE)) {
            bodies.add(Site.JSON.readTree(line));
        }
        List<Interaction> interactions = lines(rating, most).stream()
                .map(line -> line.split("\t", 3))
                .map(fields -> new Interaction(fields[0], fields[1]))
                .toList();
        return of(bodies, interactions);
    }

    /** Of a made-up world, where nobody acts twice on one item. */
    static Interactions generated(World world, int count) {
        List<JsonNode> bodies = new ArrayList<>();
        world.items().forEach(batch -> batch.forEach(bodies::add));
        SplittableRandom random = new SplittableRandom(11);
        Set<Interaction> interactions = new LinkedHashSet<>();
        for (int i = 0; i < count; i++) {
            JsonNode like = world.like("", random);
            interactions.add(new Interaction(
                    like.get("user_id").textValue(), like.get("item_id").textValue()));
        }
        return of(bodies, List.copyOf(interactions));
    }

    private static Interactions of(List<JsonNode> bodies, List<Interaction> interactions) {
        List<ArrayNode> batches = new ArrayList<>();
        Map<String, Set<String>> tags = new HashMap<>();
        for (int i = 0; i < bodies.size(); i++) {
            if (i % 500 == 0) {
                batches.add(Site.JSON.createArrayNode());
            }
            JsonNode body = bodies.get(i);
            batches.get(batches.size() - 1).add(body);
            Set<String> of = new HashSet<>();
            of.add(body.path("category").asText());
            body.path("tags").forEach(tag -> of.add(tag.asText()));
            tags.put(body.get("item_id").textValue(), of);
        }
        return new Interactions(batches, tags, interactions);
    }

    private static List<String> lines(Path file, int most) throws IOException {
        try (InputStream bytes = Files.newInputStream(file);
                InputStream text = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
                Stream<String> lines =
                        new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8)).lines()) {
            return lines.limit(most).toList();
        }
    }
}
