package dev.milvuso.trainer.archive.hadoop;

import dev.milvuso.config.ArchiveConfig;
import dev.milvuso.trainer.archive.store.ArchiveFile;
import dev.milvuso.trainer.archive.store.ArchiveStore;
import dev.milvuso.trainer.archive.store.LearntFrom;
import dev.milvuso.trainer.archive.store.LogPartition;
import dev.milvuso.trainer.archive.store.UnfinishedFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finished files lie in {@code TOPIC/day=…/}, unfinished ones in {@code _unfinished/TOPIC.pN/}, beside the claim of
 * whoever took the partition last: without that claim no file is finished. It connects when it is used first.
 */
public final class HadoopArchive implements ArchiveStore {
    private static final Logger LOG = LoggerFactory.getLogger(HadoopArchive.class);

    private final URI place;
    private final Path root;
    private final Configuration configuration;
    private final Map<LogPartition, Path> claims = new ConcurrentHashMap<>();
    private @Nullable FileSystem opened;

    /**
     * @param config its {@code uri} is not empty
     * @param environment holds credentials, and where Hadoop's own configuration lies
     */
    public HadoopArchive(ArchiveConfig config, Map<String, String> environment) {
        this.place = Access.place(config.uri());
        this.root = new Path(place);
        this.configuration = Access.configuration(config, environment);
    }

    private synchronized FileSystem open() throws IOException {
        FileSystem files = opened;
        if (files == null) {
            // Of its own: an instance from Hadoop's cache would be closed for everybody.
            files = FileSystem.newInstance(place, configuration);
            if (files instanceof LocalFileSystem checked) {
                // Parquet's pages carry checksums; Hadoop's own would lie beside every file, where others trip over
                // them.
                files = checked.getRawFileSystem();
            }
            opened = files;
        }
        return files;
    }

    private Path folder(String topic) {
        return new Path(root, topic);
    }

    private Path unfinished(LogPartition partition) {
        return new Path(root, "_unfinished/" + partition.topic() + ".p" + partition.number());
    }

    @Override
    public List<ArchiveFile> files(String topic) throws IOException {
        Path folder = folder(topic);
        String base = folder.toUri().getPath() + "/";
        List<ArchiveFile> found = new ArrayList<>();
        try {
            RemoteIterator<LocatedFileStatus> all = open().listFiles(folder, true);
            while (all.hasNext()) {
                String path = all.next().getPath().toUri().getPath();
                ArchiveFile.at(path.substring(base.length()))
                        .filter(file -> file.partition().topic().equals(topic))
                        .ifPresent(found::add);
            }
        } catch (FileNotFoundException e) {
            return List.of();
        }
        Collections.sort(found);
        return found;
    }

    @Override
    public void take(LogPartition partition) throws IOException {
        FileSystem files = open();
        files.delete(unfinished(partition), true);
        Path claim = new Path(unfinished(partition), "claim-" + UUID.randomUUID());
        files.create(claim, false).close();
        claims.put(partition, claim);
    }

    @Override
    public UnfinishedFile begin(LogPartition partition, long memory) throws IOException {
        FileSystem files = open();
        Path claim = claims.get(partition);
        if (claim == null) {
            throw new IllegalStateException(partition + " has not been taken");
        }
        Path unfinished = new Path(unfinished(partition), UUID.randomUUID() + ".parquet");
        return new ParquetFile(files, folder(partition.topic()), unfinished, claim, partition, memory);
    }

    @Override
    public void read(ArchiveFile file, Consumer<LearntFrom> reader) throws IOException {
        Path path = new Path(folder(file.partition().topic()), file.path());
        try (ParquetReader<LearntFrom> rows = new Examples(new Input(open(), path)).build()) {
            for (LearntFrom row = rows.read(); row != null; row = rows.read()) {
                reader.accept(row);
            }
        } catch (RuntimeException e) {
            throw new IOException(path + " is damaged: " + e.getMessage(), e);
        }
    }

    private static final class Examples extends ParquetReader.Builder<LearntFrom> {
        Examples(InputFile file) {
            super(file);
        }

        @Override
        protected ReadSupport<LearntFrom> getReadSupport() {
            return new ExampleRows();
        }
    }

    private record Input(FileSystem files, Path path) implements InputFile {
        @Override
        public long getLength() throws IOException {
            return files.getFileStatus(path).getLen();
        }

        @Override
        public SeekableInputStream newStream() throws IOException {
            return HadoopStreams.wrap(files.open(path));
        }
    }

    @Override
    public synchronized void close() {
        FileSystem files = opened;
        opened = null;
        if (files != null) {
            try {
                files.close();
            } catch (IOException e) {
                LOG.warn("the archive in {} was not closed in good order: {}", root, e.getMessage());
            }
        }
    }
}
