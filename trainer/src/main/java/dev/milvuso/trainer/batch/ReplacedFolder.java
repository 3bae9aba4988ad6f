package dev.milvuso.trainer.batch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A folder that is replaced as a whole. One that is not empty cannot be replaced in one step: the old one steps aside
 * first, and is what is read if a crash comes between the two steps.
 */
record ReplacedFolder(Path place) {
    private static final String ASIDE = ".old";

    interface Content {
        /** @param folder new and empty */
        void write(Path folder) throws IOException;
    }

    static ReplacedFolder at(Path path) {
        return new ReplacedFolder(path.toAbsolutePath().normalize());
    }

    /** The folder itself, or the one that has stepped aside for what never came. */
    Path current() throws IOException {
        if (!Files.exists(place)) {
            List<Path> aside = aside();
            if (!aside.isEmpty()) {
                return aside.get(aside.size() - 1);
            }
        }
        return place;
    }

    /** Forced to disk when it returns. What was there before stays if writing fails. */
    void replace(Content content) throws IOException {
        Path parent = place.resolveSibling(".");
        Files.createDirectories(parent);
        Path fresh = Files.createDirectory(parent.resolve(prefix() + UUID.randomUUID()));
        try {
            content.write(fresh);
            sync(fresh);
            putInPlace(fresh);
            sync(parent);
        } finally {
            delete(fresh);
        }
        for (Path leftOver : aside()) {
            delete(leftOver);
        }
    }

    private void putInPlace(Path fresh) throws IOException {
        Path old = fresh.resolveSibling(fresh.getFileName() + ASIDE);
        boolean replacing = Files.exists(place);
        if (replacing) {
            Files.move(place, old, StandardCopyOption.ATOMIC_MOVE);
        }
        try {
            Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (replacing) {
                Files.move(old, place, StandardCopyOption.ATOMIC_MOVE);
            }
            throw e;
        }
    }

    private String prefix() {
        return "." + place.getFileName() + ".new-";
    }

    /** Oldest first. */
    private List<Path> aside() throws IOException {
        Path parent = place.resolveSibling(".");
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> content = Files.list(parent)) {
            return content.filter(each -> each.getFileName().toString().startsWith(prefix())
                            && each.getFileName().toString().endsWith(ASIDE))
                    .sorted(Comparator.comparing(each -> each.toFile().lastModified()))
                    .toList();
        }
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> content = Files.walk(directory)) {
            for (Path file : content.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
