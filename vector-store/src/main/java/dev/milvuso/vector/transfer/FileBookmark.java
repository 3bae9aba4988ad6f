package dev.milvuso.vector.transfer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A small file that says how far a transfer is.
 *
 * @param transfer says from where to where, so that the file of another transfer is not mistaken for this one's
 */
public record FileBookmark(Path file, String transfer) implements Bookmark {
    /** @throws IllegalArgumentException naming the file if it is another transfer's or no bookmark */
    @Override
    public Mark read() {
        if (!Files.exists(file)) {
            return Mark.START;
        }
        try {
            return MarkJson.read(transfer, Files.readAllBytes(file));
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    file + " does not say how far this transfer is: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                            + "; remove it to begin anew",
                    e);
        }
    }

    @Override
    public void write(Mark mark) {
        try {
            Durable.write(file, MarkJson.write(transfer, mark));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + file + ": " + e.getMessage(), e);
        }
    }
}
