package dev.milvuso.vector.transfer.parquet;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.transfer.part.PartInput;
import dev.milvuso.vector.transfer.part.PartOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.io.InputFile;

/**
 * A file that may come from anybody: reading it takes a bounded amount of memory, whatever it says of itself. Not for
 * use by several threads.
 *
 * @param said what it says beside its rows, by name
 * @param rows how many there are
 */
public record ParquetFile(FileChannel channel, Map<String, String> said, long rows) {
    /**
     * Looks at all but the rows themselves.
     *
     * @param name of the file, with which each message begins
     * @param channel stays the caller's, who closes it behind the last row
     * @throws IllegalArgumentException in one line if it is damaged or too large a mouthful
     * @throws NoClassDefFoundError if Parquet's libraries are not there
     */
    public static ParquetFile open(String name, FileChannel channel) {
        try {
            return open(channel);
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException(name + " " + readingOn(e), e);
        }
    }

    /** Of ours are those that say what is wrong; the library's are of many kinds. */
    private static String readingOn(Exception failure) {
        String message = String.valueOf(failure.getMessage());
        return failure.getClass().equals(IllegalArgumentException.class)
                ? message
                : "is damaged: " + message.lines().findFirst().orElse("");
    }

    private static ParquetFile open(FileChannel channel) throws IOException {
        PageSizes sizes = new PageSizes(channel);
        sizes.checkEnd();
        try (ParquetFileReader file = reader(new ChannelFile(channel))) {
            for (BlockMetaData group : file.getFooter().getBlocks()) {
                sizes.check(group);
            }
            return new ParquetFile(
                    channel, Map.copyOf(file.getFileMetaData().getKeyValueMetaData()), file.getRecordCount());
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException("is damaged: its columns lie within one another without end", e);
        }
    }

    static ParquetFileReader reader(InputFile file) throws IOException {
        // Hadoop's own configuration would read a dozen files that say nothing of ours.
        ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                .usePageChecksumVerification(true)
                .build();
        return ParquetFileReader.open(file, options);
    }

    /**
     * From the first on.
     *
     * @throws IllegalArgumentException if the columns are not the schema's, naming a difference
     */
    public PartInput read(CollectionSchema schema) throws IOException {
        return ParquetInput.of(schema, new ChannelFile(channel));
    }

    /**
     * Of a file that another program wrote: each column has the name of a field, and its values become the field's.
     * From the first row on.
     *
     * @param schema whose fields all have a column, unless a row may be without them
     * @throws IllegalArgumentException naming the column that does not fit; the message reads on from the file's name
     */
    public PartInput readTable(CollectionSchema schema) throws IOException {
        return ParquetInput.ofTable(schema, new ChannelFile(channel));
    }

    /** As {@link #readTable}, of rows that have nothing but their keys. */
    public PartInput readKeys(CollectionSchema schema) throws IOException {
        return ParquetInput.ofKeys(schema, new ChannelFile(channel));
    }

    /** @param said asked for when all rows have been written */
    public static PartOutput write(CollectionSchema schema, OutputStream file, Supplier<Map<String, String>> said)
            throws IOException {
        return new ParquetOutput(schema, file, said);
    }
}
