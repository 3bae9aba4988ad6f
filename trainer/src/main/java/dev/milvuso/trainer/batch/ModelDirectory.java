package dev.milvuso.trainer.batch;

import dev.milvuso.trainer.data.Cut;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A model on disk: {@code model.json}, the rows of users and items (32-bit floats, little-endian), their ids one a line
 * in the order of the rows, the pairs it was trained on (32-bit numbers: where each user's items end, then the items),
 * and ids of the last examples, one a line, if it was trained from an archive. It is written beside its place and moved
 * there whole, so that a crash leaves the old model or the new one.
 */
public record ModelDirectory(Path path) {
    static final String MANIFEST = "model.json";
    static final String USERS = "users.f32";
    static final String ITEMS = "items.f32";
    static final String USER_IDS = "users.ids";
    static final String ITEM_IDS = "items.ids";
    static final String PAIRS = "pairs.i32";
    static final String RECENT_IDS = "recent.ids";

    /**
     * To be asked before the work that makes a model.
     *
     * @throws IllegalArgumentException if no model can be written there, or something else lies there, which will not
     *     be overwritten
     */
    public void checkReplaceable() {
        checkFolder();
        if (!Files.exists(path) || Files.isRegularFile(path.resolve(MANIFEST))) {
            return;
        }
        try (Stream<Path> content = Files.isDirectory(path) ? Files.list(path) : Stream.of(path)) {
            if (content.findAny().isPresent()) {
                throw new IllegalArgumentException(
                        path + " exists and is not a model directory: name a new, an empty or a model directory");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be looked at: " + e.getMessage(), e);
        }
    }

    /** The folders that are missing can be made, if the nearest one that is there takes files. */
    private void checkFolder() {
        Path folder = path.toAbsolutePath().normalize().getParent();
        while (folder != null && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalArgumentException(path + " is a file system's root: must be a folder below it");
        }
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(path + " cannot be written: " + folder + " is a file, must be a folder");
        }
        if (!Files.isWritable(folder)) {
            throw new IllegalArgumentException(
                    path + " cannot be written: " + folder + " takes no files from this user");
        }
    }

    /** @throws UncheckedIOException if the disk refuses; what was there before stays */
    public void write(TrainedModel model) {
        write(model, Cut.NONE);
    }

    /**
     * @param cut how far on the log the model was trained
     * @throws UncheckedIOException if the disk refuses; what was there before stays
     */
    public void write(TrainedModel model, Cut cut) {
        checkReplaceable();
        try {
            ReplacedFolder.at(path).replace(folder -> ModelWriter.write(folder, model, cut));
        } catch (IOException e) {
            throw new UncheckedIOException("the model cannot be written to " + path + ": " + reason(e), e);
        }
    }

    /** The JDK names the path alone where its class says what is wrong. */
    private static String reason(IOException e) {
        return e instanceof FileSystemException fault && fault.getReason() == null
                ? fault.getClass().getSimpleName() + " " + fault.getFile()
                : String.valueOf(e.getMessage());
    }

    /** @throws IllegalArgumentException in one sentence, if it is no model, damaged, or of another format */
    public TrainedModel read() {
        return read(ModelReader::model);
    }

    /**
     * How far on the log the model was trained.
     *
     * @throws IllegalArgumentException in one sentence, if it is no model, damaged, or of another format
     */
    public Cut cut() {
        return read(ModelReader::cut);
    }

    private interface Reading<T> {
        T from(ModelReader reader) throws IOException;
    }

    private <T> T read(Reading<T> reading) {
        try {
            Path current = ReplacedFolder.at(path).current();
            if (!Files.isRegularFile(current.resolve(MANIFEST))) {
                throw new IllegalArgumentException(path + " is not a model directory: it has no " + MANIFEST);
            }
            return reading.from(new ModelReader(current, path));
        } catch (IOException e) {
            throw new IllegalArgumentException("the model in " + path + " cannot be read: " + e.getMessage(), e);
        }
    }
}
