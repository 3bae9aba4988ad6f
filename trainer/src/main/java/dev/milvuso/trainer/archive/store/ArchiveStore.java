package dev.milvuso.trainer.archive.store;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Where an archive lies. Safe for use by many threads, each file by one. */
public interface ArchiveStore extends AutoCloseable {
    /** All finished files of a topic, sorted. */
    List<ArchiveFile> files(String topic) throws IOException;

    /**
     * Takes a partition over: what anybody else has unfinished of it is removed and will not become a finished file any
     * more. Whoever asks for the listing after that goes on behind everything there is.
     */
    void take(LogPartition partition) throws IOException;

    /**
     * Begins a file of a partition that was taken.
     *
     * @param memory how many bytes of it may wait in memory, about
     */
    UnfinishedFile begin(LogPartition partition, long memory) throws IOException;

    /** Reads a file of examples in the order of its offsets. */
    void read(ArchiveFile file, Consumer<LearntFrom> reader) throws IOException;

    @Override
    void close();
}
