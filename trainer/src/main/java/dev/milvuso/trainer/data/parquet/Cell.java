package dev.milvuso.trainer.data.parquet;

/** What a row says in one column. */
public sealed interface Cell {
    /** A text, or an integer or UUID that names something. */
    record Text(String text) implements Cell {}

    /** A number, which may be infinite or NaN. */
    record Figure(double number) implements Cell {}

    /** @param millis since 1970 */
    record Moment(long millis) implements Cell {}

    /** @param fault what is wrong with it, as "is not UTF-8" */
    record Unreadable(String fault) implements Cell {}
}
