package dev.milvuso.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks the servers' binaries from the class path, once. A folder appears under its final name only when it is whole,
 * so that starts at the same time do not disturb each other.
 */
final class Binaries {
    private Binaries() {}

    /** Puts the content of a folder that is still empty there. */
    private interface Content {
        void writeTo(Path folder, InputStream resource) throws IOException;
    }

    /** @return the executable */
    static Path executable(Path cache, String resource) {
        return unpack(cache, resource, resource, Binaries::copyExecutable).resolve("server");
    }

    /** @return the folder that the archive, a tar packed by xz, was unpacked to */
    static Path archive(Path cache, String name, String resource) {
        return unpack(cache, name, resource, Binaries::untar);
    }

    private static Path unpack(Path cache, String name, String resource, Content content) {
        Path target = cache.toAbsolutePath().resolve(name);
        if (Files.isDirectory(target)) {
            return target;
        }
        try (InputStream in = Binaries.class.getResourceAsStream("/" + resource)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + resource
                        + " on the class path: build with the Maven profile of this operating system and processor");
            }
            Files.createDirectories(target.getParent());
            Path growing = Files.createTempDirectory(target.getParent(), name + ".");
            Files.setPosixFilePermissions(growing, PosixFilePermissions.fromString("rwxr-xr-x"));
            content.writeTo(growing, in);
            publish(growing, target);
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack " + resource + " to " + target + ": " + e.getMessage(), e);
        }
    }

    private static void publish(Path growing, Path target) throws IOException {
        try {
            Files.move(growing, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(target)) {
                throw e;
            }
            delete(growing); // another process was quicker, with the same content
        }
    }

    private static void copyExecutable(Path folder, InputStream in) throws IOException {
        Path file = folder.resolve("server");
        Files.copy(in, file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void untar(Path folder, InputStream in) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(in)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = folder.resolve(entry.getName()).normalize();
                if (!path.startsWith(folder)) {
                    throw new IOException("the archive's entry " + entry.getName() + " leads out of its folder");
                }
                write(tar, entry, folder, path);
            }
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder, Path path)
            throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.createLink(path, folder.resolve(entry.getLinkName()));
        } else {
            Files.copy(tar, path);
            boolean executable = (entry.getMode() & 0111) != 0;
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    /** Deletes a folder and all that is in it; nothing happens if it is not there. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
