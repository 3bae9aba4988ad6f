package dev.milvuso.standalone.command;

import java.util.ArrayList;
import java.util.List;

/** Rows under headings, in columns as wide as they need to be and no wider than a line bears. */
final class TextTable {
    private static final int WIDEST = 48;

    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... headings) {
        rows.add(List.of(headings));
    }

    TextTable(List<String> headings) {
        rows.add(List.copyOf(headings));
    }

    /** @param cells as many as there are headings */
    void add(List<String> cells) {
        rows.add(cells.stream().map(TextTable::cut).toList());
    }

    private static String cut(String cell) {
        String line = cell.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= WIDEST ? line : line.substring(0, WIDEST - 1) + "\u2026";
    }

    List<String> lines() {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
        }
        return line.toString().stripTrailing();
    }
}
