package dev.milvuso.vector.transfer;

import dev.milvuso.vector.transfer.parquet.ParquetParts;
import dev.milvuso.vector.transfer.part.JsonLines;
import dev.milvuso.vector.transfer.part.PartFormat;
import java.util.Locale;

/** How an export's rows stand in its files. */
public enum ExportFormat {
    /** Lines of JSON in gzip. */
    JSONL,
    /** Parquet, for which its library must be on the class path. */
    PARQUET;

    /** As manifests and people name it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException naming the formats there are */
    public static ExportFormat named(String label) {
        for (ExportFormat format : values()) {
            if (format.label().equals(label)) {
                return format;
            }
        }
        throw new IllegalArgumentException("format is " + label + ": must be jsonl or parquet");
    }

    PartFormat parts() {
        return this == PARQUET ? new ParquetParts() : new JsonLines();
    }

    String suffix() {
        return parts().suffix();
    }
}
