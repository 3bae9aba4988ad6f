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

    /** @throws UnsupportedOperationException if the libraries that it needs are not on the class path */
    public void requireLibraries() {
        if (this == PARQUET) {
            try {
                ClassLoader loader = ExportFormat.class.getClassLoader();
                Class<?> unused = Class.forName("org.apache.parquet.hadoop.ParquetFileReader", false, loader);
                unused = Class.forName("org.apache.hadoop.conf.Configuration", false, loader);
            } catch (ClassNotFoundException e) {
                throw new UnsupportedOperationException(
                        "Parquet is not to be had here: its libraries are not on the class path, see"
                                + " docs/decisions/collection-transfer.md",
                        e);
            }
        }
    }

    PartFormat parts() {
        return this == PARQUET ? new ParquetParts() : new JsonLines();
    }

    String suffix() {
        return parts().suffix();
    }
}
