package dev.milvuso.trainer.archive.hadoop;

import dev.milvuso.trainer.archive.store.ArchiveFile;
import dev.milvuso.trainer.archive.store.ArchivedRecord;
import dev.milvuso.trainer.archive.store.Columns;
import dev.milvuso.trainer.archive.store.LogPartition;
import dev.milvuso.trainer.archive.store.UnfinishedFile;
import java.io.IOException;
import java.time.LocalDate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a Parquet file beside its place. */
final class ParquetFile implements UnfinishedFile {
    private static final Logger LOG = LoggerFactory.getLogger(ParquetFile.class);
    private static final int PAGE_BYTES = 256 << 10;

    private final FileSystem files;
    private final Path folder;
    private final Path unfinished;
    private final Path claim;
    private final LogPartition partition;
    private final ParquetWriter<Rows.Row> writer;

    /**
     * @param folder of the topic's finished files
     * @param claim a file that is there as long as nobody else has taken the partition
     */
    ParquetFile(FileSystem files, Path folder, Path unfinished, Path claim, LogPartition partition, long memory)
            throws IOException {
        this.files = files;
        this.folder = folder;
        this.unfinished = unfinished;
        this.claim = claim;
        this.partition = partition;
        this.writer = new Builder(new SyncedOutput(files, unfinished))
                .withConf(files.getConf())
                .withRowGroupSize(memory)
                .withPageSize(PAGE_BYTES)
                .withCompressionCodec(CompressionCodecName.ZSTD)
                // No two rows have the same: a dictionary would be made, and thrown away.
                .withDictionaryEncoding("id", false)
                .withDictionaryEncoding("offset", false)
                .withDictionaryEncoding("record", false)
                .build();
    }

    private static final class Builder extends ParquetWriter.Builder<Rows.Row, Builder> {
        Builder(OutputFile file) {
            super(file);
        }

        @Override
        protected Builder self() {
            return this;
        }

        /** Deprecated and abstract all the same. */
        @Override
        @SuppressWarnings("deprecation")
        protected WriteSupport<Rows.Row> getWriteSupport(Configuration configuration) {
            return new Rows();
        }
    }

    @Override
    public void add(ArchivedRecord record, Columns columns) throws IOException {
        writer.write(new Rows.Row(record, columns));
    }

    @Override
    public long bytes() {
        return writer.getDataSize();
    }

    @Override
    public void finish(LocalDate day, long first, long last) throws IOException {
        writer.close();
        Path place = new Path(folder, new ArchiveFile(partition, day, first, last).path());
        files.mkdirs(place.getParent());
        // Last: an object of S3 comes into being when it is closed, also when its partition has gone to another.
        if (!files.exists(claim)) {
            throw new IOException(partition + " has been taken by another archiver");
        }
        if (files.exists(place)) {
            throw new IOException(place + " is there already");
        }
        if (!files.rename(unfinished, place)) {
            throw new IOException(unfinished + " could not be moved to " + place);
        }
    }

    @Override
    public void abandon() {
        try (writer) {
            LOG.debug("{} is given up", unfinished);
        } catch (IOException | RuntimeException e) {
            LOG.debug("{} could not be closed: {}", unfinished, e.toString());
        }
        try {
            files.delete(unfinished, false);
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} stays until its partition is taken again: {}", unfinished, e.toString());
        }
    }
}
