package dev.milvuso.trainer.data;

import java.util.Arrays;
import java.util.List;

/** Takes one line apart; errors are IllegalArgumentExceptions that say what is wrong with it. */
interface LineFormat {
    List<Interaction> parse(String line);

    /** How a file goes on after its first line. */
    record Start(LineFormat lines, boolean header) {}

    /** Looks at the first line. */
    static Start start(DataFormat format, String first) {
        return switch (format) {
            case NCF ->
                new Start(new ColumnLines("\t", "user, item, rating and timestamp, separated by tabs", ""), false);
            case ADJACENCY -> new Start(LineFormat::adjacency, false);
            case JSONL -> new Start(new JsonLines(), false);
            case CSV -> new Start(CsvLines.actions(first), true);
            case MOVIELENS ->
                first.contains("::")
                        ? new Start(new ColumnLines("::", "user::item::rating::timestamp", "Rate"), false)
                        : new Start(CsvLines.ratings(first), true);
            case PARQUET -> throw new IllegalArgumentException("Parquet has no lines");
        };
    }

    private static List<Interaction> adjacency(String line) {
        String[] fields = line.strip().split("[ \t]+");
        return Arrays.stream(fields)
                .skip(1)
                .map(item -> new TextFields(fields[0], item, "", "", "").toInteraction())
                .toList();
    }
}
