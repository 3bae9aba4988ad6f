package dev.milvuso.standalone.command;

import dev.milvuso.vector.CollectionStatistics;
import dev.milvuso.vector.PartitionState;
import dev.milvuso.vector.QueryNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** How a collection stands, for people. */
final class StatisticsTable {
    private StatisticsTable() {}

    static List<String> lines(CollectionStatistics statistics) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%,d rows, %s; %s in memory, %s on disk",
                statistics.rows(),
                statistics.loaded() ? "loaded" : "released",
                size(statistics.memoryBytes()),
                size(statistics.diskBytes())));
        TextTable partitions = new TextTable("partition", "loaded");
        for (PartitionState partition : statistics.partitions()) {
            partitions.add(List.of(partition.name(), partition.loaded() ? "yes" : "no"));
        }
        add(lines, statistics.partitions(), partitions);
        add(lines, statistics.indexes(), IndexCommand.table(statistics.indexes()));
        TextTable nodes = new TextTable("query node", "address", "cores", "cpu", "memory", "running", "waiting");
        for (QueryNode node : statistics.nodes()) {
            nodes.add(List.of(
                    node.name(),
                    node.address().isEmpty() ? "this process" : node.address(),
                    Integer.toString(node.cores()),
                    String.format(Locale.ROOT, "%.0f %%", 100 * node.cpu()),
                    size(node.memoryUsed()) + " of " + size(node.memory()),
                    Long.toString(node.running()),
                    Long.toString(node.waiting())));
        }
        add(lines, statistics.nodes(), nodes);
        return lines;
    }

    private static void add(List<String> lines, List<?> rows, TextTable table) {
        if (!rows.isEmpty()) {
            lines.add("");
            lines.addAll(table.lines());
        }
    }

    private static String size(OptionalLong bytes) {
        return bytes.isPresent() ? size(bytes.getAsLong()) : "an unknown size";
    }

    private static String size(long bytes) {
        if (bytes < 1 << 10) {
            return bytes + " B";
        }
        int thousands = (63 - Long.numberOfLeadingZeros(bytes)) / 10;
        double scaled = bytes / (double) (1L << (10 * thousands));
        return String.format(Locale.ROOT, "%.1f %siB", scaled, "KMGTPE".charAt(thousands - 1));
    }
}
