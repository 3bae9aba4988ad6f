package dev.milvuso.trainer.data.parquet;

/** A column that is asked for, by its exact name, and as what it is read. */
public record Column(String name, Kind kind) {
    public enum Kind {
        NAME("a string, an integer or a UUID"),
        NUMBER("a number, or a string that holds one"),
        TIME("a timestamp, a number of seconds or milliseconds since 1970, or a string");

        private final String right;

        Kind(String right) {
            this.right = right;
        }

        /** What such a column must be, for messages. */
        public String right() {
            return right;
        }
    }
}
