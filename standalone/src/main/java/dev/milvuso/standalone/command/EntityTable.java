package dev.milvuso.standalone.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.json.EntityJson;
import dev.milvuso.vector.json.JsonBytes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Entities as people read them: vectors are named by their length alone. */
record EntityTable(EntityJson json) {
    private static final int SHORT_ARRAY = 4;

    List<String> lines(List<Entity> entities) {
        List<JsonNode> rows = entities.stream().map(this::row).toList();
        Set<String> names = names(rows);
        TextTable table = new TextTable(List.copyOf(names));
        rows.forEach(row -> table.add(cells(row, names)));
        return table.lines();
    }

    List<String> hitLines(List<Hit> hits) {
        return hitLines(hits, 0);
    }

    /**
     * Of a page of hits.
     *
     * @param before how many hits were shown before, of which the first have the headings
     */
    List<String> hitLines(List<Hit> hits, long before) {
        String key = json.schema().key().name();
        List<JsonNode> rows = hits.stream()
                .map(hit -> row(hit.entity().orElseGet(() -> Entity.of(hit.key()))))
                .toList();
        Set<String> names = names(rows);
        names.remove(key);
        List<String> headings = new ArrayList<>(List.of("rank", key, "score"));
        headings.addAll(names);
        TextTable table = new TextTable(headings);
        for (int i = 0; i < rows.size(); i++) {
            List<String> cells = new ArrayList<>(List.of(
                    Long.toString(before + i + 1),
                    hits.get(i).id(),
                    String.format(Locale.ROOT, "%.6g", hits.get(i).score())));
            cells.addAll(cells(rows.get(i), names));
            table.add(cells);
        }
        List<String> lines = table.lines();
        return before == 0 ? lines : lines.subList(1, lines.size());
    }

    private JsonNode row(Entity entity) {
        return JsonBytes.read(JsonBytes.of(out -> json.write(out, entity))).node();
    }

    private static Set<String> names(List<JsonNode> rows) {
        Set<String> names = new LinkedHashSet<>();
        rows.forEach(row -> row.fieldNames().forEachRemaining(names::add));
        return names;
    }

    private static List<String> cells(JsonNode row, Set<String> names) {
        return names.stream()
                .map(name -> cell(Optional.ofNullable(row.get(name))))
                .toList();
    }

    private static String cell(Optional<JsonNode> value) {
        if (value.isEmpty()) {
            return "\u2013";
        }
        JsonNode node = value.get();
        boolean isLong =
                node.isArray() && node.size() > SHORT_ARRAY && node.get(0).isNumber();
        return isLong ? "[" + node.size() + " numbers]" : node.isTextual() ? node.textValue() : node.toString();
    }
}
