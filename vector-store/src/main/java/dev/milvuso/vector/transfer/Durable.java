package dev.milvuso.vector.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Files that are there whole or not at all, and their checksums. */
final class Durable {
    private static final int BUFFER = 1 << 16;

    private Durable() {}

    static void write(Path file, byte[] bytes) throws IOException {
        Path growing = growing(file);
        Files.write(growing, bytes);
        finish(growing, file);
    }

    /** Where a file is written before it is whole. */
    static Path growing(Path file) {
        return file.resolveSibling(file.getFileName() + ".growing");
    }

    /** Moves a file that is whole to its place. */
    static void finish(Path growing, Path file) throws IOException {
        sync(growing);
        Files.move(growing, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        // The name, too, must last.
        sync(file.toAbsolutePath().resolveSibling("."));
    }

    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static String sha256(Path file) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return hex(digest);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
