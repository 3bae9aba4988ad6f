package dev.milvuso.vector.embedded;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How much of a journal is rows of each collection, those among them that were replaced or deleted since. */
final class JournalShares {
    private final Map<String, Long> bytes = new ConcurrentHashMap<>();

    /** @param record the next one of the journal */
    void take(byte[] record) {
        if (JournalBytes.isOfRows(record)) {
            bytes.merge(names(record, 1)[0], (long) Journal.HEADER + record.length, Long::sum);
        } else if (JournalBytes.isDrop(record)) {
            bytes.remove(names(record, 1)[0]);
        } else if (JournalBytes.isRename(record)) {
            String[] names = names(record, 2);
            Long part = bytes.remove(names[0]);
            if (part != null) {
                bytes.put(names[1], part);
            }
        }
    }

    /** With which the record begins, behind its type. */
    private static String[] names(byte[] record, int count) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(record, 1, record.length - 1))) {
            String[] names = new String[count];
            for (int i = 0; i < count; i++) {
                names[i] = in.readUTF();
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException("a record of the vector store's file ends too early", e);
        }
    }

    /** May be asked by other threads. */
    long of(String collection) {
        return bytes.getOrDefault(collection, 0L);
    }
}
