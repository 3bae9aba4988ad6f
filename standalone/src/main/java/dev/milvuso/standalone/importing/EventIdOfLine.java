package dev.milvuso.standalone.importing;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Makes the same event id for the same line on every run, so that a repeated import counts nothing twice.
 *
 * <p>The place counts, since a user may do the same twice in the same second; of the file only the name counts, so that
 * it may be moved or compressed between two runs; and the content counts, so that two files of one name do not meet.
 */
final class EventIdOfLine {
    private final String file;

    EventIdOfLine(Path file) {
        this.file = String.valueOf(file.getFileName()).replaceFirst("\\.(gz|zst)$", "");
    }

    /**
     * @param line from 1
     * @param ordinal which one of its line, from 0
     */
    String of(String content, long line, int ordinal) {
        String text = content + "\n" + file + "\n" + line + "\n" + ordinal;
        return "import-" + UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
