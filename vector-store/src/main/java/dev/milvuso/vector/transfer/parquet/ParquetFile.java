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
     * @param channel stays the caller's
     * @throws IllegalArgumentException if it is damaged or too large a mouthful; the message reads on from its name
     */
    public static ParquetFile open(FileChannel channel) throws IOException {
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
        return new ParquetInput(schema, new ChannelFile(channel));
    }

    /** @param said asked for when all rows have been written */
    public static PartOutput write(CollectionSchema schema, OutputStream file, Supplier<Map<String, String>> said)
            throws IOException {
        return new ParquetOutput(schema, file, said);
    }
}
