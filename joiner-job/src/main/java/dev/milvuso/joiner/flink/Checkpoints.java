package dev.milvuso.joiner.flink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.util.FileUtils;

/** The checkpoints of the job in a local directory. */
final class Checkpoints {
    /** Fixed, so that the next start finds what the last one has left. */
    static final String JOB_ID = "6d696c7675736f2d6a6f696e65720001";

    private static final int KEPT = 3;

    private final Path root;
    private final Path directory;

    Checkpoints(Path root) {
        this.root = root;
        this.directory = root.resolve(JOB_ID);
    }

    /** Complete ones, newest first; a checkpoint is complete when it has its {@code _metadata}. */
    List<Path> complete() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> entry.getFileName().toString().matches("chk-\\d+"))
                    .filter(entry -> Files.isRegularFile(entry.resolve("_metadata")))
                    .sorted(Comparator.comparingLong(Checkpoints::number).reversed())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("joiner.checkpoint_directory: cannot read " + directory, e);
        }
    }

    /** For the files of a running job, which nobody needs afterwards. */
    static Path work(Path root) {
        return root.resolve("work");
    }

    /** Empties the folder of the running job, which a process that was killed has left as it was. */
    void clearWork() {
        Path work = work(root);
        if (Files.exists(work)) {
            delete(work);
        }
        try {
            Files.createDirectories(work);
        } catch (IOException e) {
            throw new UncheckedIOException("joiner.checkpoint_directory: cannot make " + work, e);
        }
    }

    /** Flink forgets the checkpoints of a process that was killed; the newest few are enough to fall back on. */
    void prune() {
        complete().stream().skip(KEPT).forEach(Checkpoints::delete);
    }

    /** Flink may be deleting the same at the same time, which its own way of deleting allows for. */
    private static void delete(Path folder) {
        try {
            FileUtils.deleteDirectory(folder.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("joiner.checkpoint_directory: cannot delete " + folder, e);
        }
    }

    private static long number(Path checkpoint) {
        return Long.parseLong(checkpoint.getFileName().toString().substring("chk-".length()));
    }
}
