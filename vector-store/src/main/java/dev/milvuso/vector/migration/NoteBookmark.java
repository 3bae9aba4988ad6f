package dev.milvuso.vector.migration;

import dev.milvuso.vector.transfer.Bookmark;
import dev.milvuso.vector.transfer.Mark;
import dev.milvuso.vector.transfer.MarkJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Remembers in the store itself how far a copy into a version is. */
record NoteBookmark(Notes notes, String collection) implements Bookmark {
    private String key() {
        return "copy/" + collection;
    }

    /** What cannot be read is no reason not to migrate: the copy begins at the beginning. */
    @Override
    public Mark read() {
        String text = notes.startingWith(key()).getOrDefault(key(), "");
        if (text.isEmpty()) {
            return Mark.START;
        }
        try {
            return MarkJson.read(collection, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException | IllegalArgumentException e) {
            return Mark.START;
        }
    }

    @Override
    public void write(Mark mark) {
        notes.write(key(), new String(MarkJson.write(collection, mark), StandardCharsets.UTF_8));
    }

    @Override
    public void remove() {
        notes.remove(key());
    }
}
