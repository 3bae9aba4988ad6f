package dev.milvuso.trainer.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How interactions stand in a file. */
public enum DataFormat {
    /** user, item, rating, timestamp; tab-separated, no header. */
    NCF,
    /** {@code ::}-separated, or a CSV with the header {@code userId,movieId,rating,timestamp}. */
    MOVIELENS,
    /** A header with user_id, item_id and optionally action_type, timestamp, value. */
    CSV,
    /** One body of {@code POST /actions} a line. */
    JSONL,
    /** {@code user item item …}, separated by spaces. */
    ADJACENCY,
    /** Columns called as in {@link #CSV}. */
    PARQUET;

    /** @throws IllegalArgumentException naming the formats there are */
    public static DataFormat named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.label().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "format is '" + name + "': must be one of " + String.join(", ", labels())));
    }

    /** What users call them. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(DataFormat::label).toList();
    }

    /** What holds a record, for messages. */
    public String unit() {
        return this == PARQUET ? "row" : "line";
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
