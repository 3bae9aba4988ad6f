package dev.milvuso.standalone.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Rows of figures as text: a line for each field and a column for each row, as fields are many and rows are few; the
 * other way round where rows are more than fields.
 */
final class RowTable {
    private RowTable() {}

    static List<String> lines(List<ObjectNode> rows) {
        Set<String> names = new LinkedHashSet<>();
        rows.forEach(row -> row.fieldNames().forEachRemaining(names::add));
        List<List<String>> table = new ArrayList<>();
        table.add(List.copyOf(names));
        rows.forEach(row -> table.add(names.stream()
                .map(name -> cell(Optional.ofNullable(row.get(name))))
                .toList()));
        return aligned(rows.size() > names.size() ? table : turned(table));
    }

    private static List<List<String>> turned(List<List<String>> table) {
        return IntStream.range(0, table.get(0).size())
                .mapToObj(i -> table.stream().map(line -> line.get(i)).toList())
                .toList();
    }

    private static List<String> aligned(List<List<String>> table) {
        List<Integer> widths = turned(table).stream()
                .map(column -> column.stream().mapToInt(String::length).max().orElse(0))
                .toList();
        List<String> lines = new ArrayList<>();
        for (List<String> cells : table) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < cells.size(); i++) {
                line.append(String.format("%-" + (widths.get(i) + 2) + "s", cells.get(i)));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static String cell(Optional<JsonNode> value) {
        return value.filter(node -> !node.isNull())
                .map(node -> node.isFloatingPointNumber() ? decimal(node.doubleValue()) : node.asText())
                .orElse("–");
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 1000 ? "%.0f" : "%.4g", value);
    }
}
