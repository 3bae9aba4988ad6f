package dev.milvuso.standalone.importing;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Makes the same event id for the same line on every run, so that a repeated import counts nothing twice.
 *
 * <p>With a time, what the line says is enough: the same user does not do the same twice in the same moment. Without,
 * the place in the file tells repetitions apart.
 */
final class EventIdOfLine {
    private final String file;

    EventIdOfLine(Path file) {
        Path name = file.getFileName();
        this.file = String.valueOf(name).replaceFirst("\\.(gz|zst)$", "");
    }

    String timed(String content) {
        return id(content);
    }

    /** @param ordinal which one of its line, from 0 */
    String placed(String content, long line, int ordinal) {
        return id(content + "\n" + file + "\n" + line + "\n" + ordinal);
    }

    private static String id(String text) {
        return "import-" + UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
