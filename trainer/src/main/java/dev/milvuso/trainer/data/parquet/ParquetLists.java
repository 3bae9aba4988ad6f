package dev.milvuso.trainer.data.parquet;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/**
 * Writes users' lists into a Parquet file: {@code user_id} and {@code items}, a list of {@code item_id}, {@code score}
 * and {@code source} (where the item came from, such as {@code personal}), the best first. Some megabytes are in memory
 * at a time. Not for several threads.
 */
public final class ParquetLists implements AutoCloseable {
    private static final long GROUP_BYTES = 16L << 20;

    private static final MessageType COLUMNS = MessageTypeParser.parseMessageType("""
            message lists {
              required binary user_id (STRING);
              required group items (LIST) {
                repeated group list {
                  required group element {
                    required binary item_id (STRING);
                    required double score;
                    required binary source (STRING);
                  }
                }
              }
            }
            """);

    private final ParquetWriter<Group> writer;

    /** A user's list that is being put together. */
    public static final class Row {
        private final Group group = new SimpleGroup(COLUMNS);
        private final Group items;

        public Row(String user) {
            group.add("user_id", user);
            items = group.addGroup("items");
        }

        /** Adds the next item. */
        public void add(String item, double score, String source) {
            items.addGroup("list")
                    .addGroup("element")
                    .append("item_id", item)
                    .append("score", score)
                    .append("source", source);
        }
    }

    /** @param file overwritten */
    public ParquetLists(Path file) throws IOException {
        writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withType(COLUMNS)
                .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
                .withRowGroupSize(GROUP_BYTES)
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .build();
    }

    public void write(Row row) throws IOException {
        writer.write(row.group);
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
