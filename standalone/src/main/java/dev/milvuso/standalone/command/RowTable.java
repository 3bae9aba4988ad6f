package dev.milvuso.standalone.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Rows of figures as text: a line for each field, a column for each row, since fields are many and rows are few. */
final class RowTable {
    private RowTable() {}

    static List<String> lines(List<ObjectNode> rows) {
        Set<String> names = new LinkedHashSet<>();
        rows.forEach(row -> row.fieldNames().forEachRemaining(names::add));
        List<List<String>> columns = new ArrayList<>();
        columns.add(List.copyOf(names));
        rows.forEach(row -> columns.add(names.stream()
                .map(name -> cell(Optional.ofNullable(row.get(name))))
                .toList()));
        List<Integer> widths = columns.stream()
                .map(column -> column.stream().mapToInt(String::length).max().orElse(0))
                .toList();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            StringBuilder line = new StringBuilder();
            for (int j = 0; j < columns.size(); j++) {
                line.append(String.format(
                        "%-" + (widths.get(j) + 2) + "s", columns.get(j).get(i)));
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
