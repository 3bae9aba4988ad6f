package dev.milvuso.vector.embedded;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The structures of indexes in files beside the journal, so that a store that is opened need not make them. Each file
 * says which journal it belongs to and how far that was written; it is worth nothing without it, and can be deleted at
 * any time. One that is damaged or belongs to another journal is deleted, and the structure made anew.
 */
final class SavedIndexes {
    private static final Logger LOG = LoggerFactory.getLogger(SavedIndexes.class);
    private static final int MARK = 0x4d564958;
    private static final String ENDING = ".index";

    private final Path folder;

    SavedIndexes(Path folder) {
        this.folder = folder;
    }

    /**
     * What a file says it is.
     *
     * @param position of the journal before it was written
     */
    record Header(Path file, JournalPosition position, String collection, String field) {}

    /** Writes a structure. */
    interface Structure {
        void to(OutputStream out) throws IOException;
    }

    /** In place of what there was, at once. What goes wrong is logged: the store does without. */
    void save(JournalPosition position, String collection, String field, Structure structure) {
        Path file = file(collection, field);
        Path growing = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(folder);
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(growing), 1 << 16)) {
                out.write(header(position, collection, field));
                structure.to(out);
            }
            Files.move(growing, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("{}: an index could not be saved, it will be made anew when the store is opened", file, e);
        }
    }

    private static byte[] header(JournalPosition position, String collection, String field) {
        return JournalBytes.content(out -> {
            byte[] content = JournalBytes.content(inner -> {
                inner.writeLong(position.generation());
                inner.writeLong(position.offset());
                inner.writeUTF(collection);
                inner.writeUTF(field);
            });
            out.writeInt(MARK);
            out.writeInt(content.length);
            out.writeInt(checksum(content));
            out.write(content);
        });
    }

    private static int checksum(byte[] content) {
        CRC32C sum = new CRC32C();
        sum.update(content);
        return (int) sum.getValue();
    }

    /** Those that can be read so far, before the journal is. */
    List<Header> headers() {
        List<Header> headers = new ArrayList<>();
        for (Path file : files()) {
            try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
                headers.add(header(file, in));
            } catch (IOException e) {
                forget(file, e.toString());
            }
        }
        return headers;
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ENDING)).toList();
        } catch (IOException e) {
            LOG.warn("{} cannot be read: indexes are made anew", folder, e);
            return List.of();
        }
    }

    private static Header header(Path file, DataInputStream in) throws IOException {
        if (in.readInt() != MARK) {
            throw new IOException("it is no index");
        }
        int length = in.readInt();
        int expected = in.readInt();
        byte[] content = in.readNBytes(Math.max(0, Math.min(length, 1 << 16)));
        if (content.length != length || checksum(content) != expected) {
            throw new IOException("its beginning is damaged");
        }
        try (DataInputStream inner = new DataInputStream(new ByteArrayInputStream(content))) {
            return new Header(
                    file, new JournalPosition(inner.readLong(), inner.readLong()), inner.readUTF(), inner.readUTF());
        }
    }

    /** Takes on a structure, if it can be read. */
    void restore(Header header, DenseColumn column) {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(header.file()), 1 << 16);
                DataInputStream in = new DataInputStream(file)) {
            header(header.file(), in);
            column.restore(in);
        } catch (IOException e) {
            forget(header.file(), e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    /** @param why in a few words */
    void forget(Path file, String why) {
        LOG.warn("{} is not used, the index is made anew: {}", file, why);
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} cannot be deleted", file, e);
        }
    }

    /** Of a structure's file; 0 if there is none. */
    long bytes(String collection, String field) {
        return file(collection, field).toFile().length();
    }

    /** Names may be longer than a file's. */
    private Path file(String collection, String field) {
        try {
            byte[] names = (collection + '\n' + field).getBytes(StandardCharsets.UTF_8);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(names);
            return folder.resolve(HexFormat.of().formatHex(digest, 0, 16) + ENDING);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
