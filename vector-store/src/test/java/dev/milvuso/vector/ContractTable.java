package dev.milvuso.vector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which tests of which contract passed on which store, from the reports of a run. */
final class ContractTable {
    private static final Pattern CASE =
            Pattern.compile("<testcase name=\"([^\"(]*)[^\"]*\" classname=\"([^\"]*)\"[^>]*?(/)?>");
    private static final Map<String, String> STORES =
            Map.of("Embedded", "embedded", "Milvus", "Milvus 2.3.5", "Lite", "Milvus Lite 3.2.2");
    private static final List<String> COLUMNS = List.of("embedded", "Milvus 2.3.5", "Milvus Lite 3.2.2");

    private final Map<String, Map<String, Cell>> rows = new TreeMap<>();

    /** Names of tests. One that did not pass with each of its parameters counts as not passed. */
    private record Cell(TreeSet<String> passed, TreeSet<String> others) {
        String text() {
            passed.removeAll(others);
            return others.isEmpty() ? "all" : passed.size() + ", not " + String.join(", ", others);
        }
    }

    /** @param folder of {@code TEST-*.xml} files */
    void read(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> reports = Files.list(folder)) {
            for (Path report :
                    reports.filter(file -> file.toString().endsWith(".xml")).toList()) {
                cases(Files.readString(report));
            }
        }
    }

    private void cases(String report) {
        Matcher cases = CASE.matcher(report);
        while (cases.find()) {
            Optional<Class<?>> contract = contract(cases.group(2));
            if (contract.isEmpty()) {
                continue;
            }
            String simpleName = cases.group(2).substring(cases.group(2).lastIndexOf('.') + 1);
            STORES.forEach((prefix, store) -> {
                if (simpleName.startsWith(prefix)) {
                    Cell cell = rows.computeIfAbsent(contract.get().getSimpleName(), row -> new TreeMap<>())
                            .computeIfAbsent(store, column -> new Cell(new TreeSet<>(), new TreeSet<>()));
                    boolean passed = cases.group(3) != null || isWithoutFault(report, cases.end());
                    (passed ? cell.passed : cell.others).add(cases.group(1));
                }
            });
        }
    }

    private static boolean isWithoutFault(String report, int from) {
        String inner = report.substring(from, report.indexOf("</testcase>", from));
        return Stream.of("<failure", "<error", "<skipped").noneMatch(inner::contains);
    }

    private static Optional<Class<?>> contract(String test) {
        try {
            Class<?> parent = Class.forName(test).getSuperclass();
            while (parent != null && !parent.getSimpleName().endsWith("Contract")) {
                parent = parent.getSuperclass();
            }
            return Optional.ofNullable(parent);
        } catch (ClassNotFoundException e) {
            // The report of a class that is no more.
            return Optional.empty();
        }
    }

    /** Whether every store has run something that passed. */
    boolean isWhole() {
        return COLUMNS.stream()
                .allMatch(store -> rows.values().stream()
                        .anyMatch(row -> row.containsKey(store)
                                && !row.get(store).passed().isEmpty()));
    }

    String text() {
        List<String> lines = new ArrayList<>();
        lines.add("| tests passed of | " + String.join(" | ", COLUMNS) + " |");
        lines.add("|---|" + "---|".repeat(COLUMNS.size()));
        rows.forEach((contract, row) -> {
            StringBuilder line = new StringBuilder("| `" + contract + "` |");
            for (String store : COLUMNS) {
                line.append(' ')
                        .append(Optional.ofNullable(row.get(store))
                                .map(Cell::text)
                                .orElse("–"))
                        .append(" |");
            }
            lines.add(line.toString());
        });
        return String.join("\n", lines);
    }
}
