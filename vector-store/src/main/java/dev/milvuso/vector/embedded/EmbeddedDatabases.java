package dev.milvuso.vector.embedded;

import dev.milvuso.vector.Names;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.cache.ForwardingVectorStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * The databases of a store beside its first one, each a store of its own: in memory, or in a folder with a journal.
 * Each is opened when it is first used, and closed with the store. Safe for use by many threads.
 */
final class EmbeddedDatabases implements AutoCloseable {
    /** What the first one is called, as in Milvus. */
    static final String FIRST = "default";

    private final Optional<Path> folder;
    private final BiFunction<Optional<Path>, EmbeddedDatabases, EmbeddedVectorStore> opener;
    private final Map<String, EmbeddedVectorStore> open = new TreeMap<>();

    /**
     * @param folder of their folders; none for memory
     * @param opener opens one in its folder
     */
    EmbeddedDatabases(
            Optional<Path> folder, BiFunction<Optional<Path>, EmbeddedDatabases, EmbeddedVectorStore> opener) {
        this.folder = folder;
        this.opener = opener;
    }

    /** Passes a database's calls on; the database stays open. */
    private static final class View extends ForwardingVectorStore {
        View(EmbeddedVectorStore store) {
            super(store);
        }

        @Override
        public void close() {
            // The store that it is a database of closes it.
        }
    }

    synchronized List<String> names() {
        Stream<String> others = folder.map(EmbeddedDatabases::folders)
                .orElseGet(() -> open.keySet().stream().filter(name -> !name.equals(FIRST)));
        return Stream.concat(Stream.of(FIRST), others).sorted().toList();
    }

    private static Stream<String> folders(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.of();
        }
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.map(path -> path.getFileName().toString()).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException("the databases in " + folder + " cannot be listed", e);
        }
    }

    synchronized void create(String name) {
        Names.checked("database", name);
        if (!names().contains(name)) {
            opened(name);
        }
    }

    private EmbeddedVectorStore opened(String name) {
        return open.computeIfAbsent(name, it -> opener.apply(folder.map(all -> all.resolve(it)), this));
    }

    /** The first one's store is there from the beginning, and closes itself. */
    synchronized void first(EmbeddedVectorStore store) {
        open.put(FIRST, store);
    }

    synchronized boolean isFirst(EmbeddedVectorStore store) {
        return open.get(FIRST) == store;
    }

    synchronized VectorStore view(String name) {
        if (!names().contains(name)) {
            throw new IllegalArgumentException("there is no database " + name);
        }
        return new View(opened(name));
    }

    synchronized void drop(String name) {
        if (name.equals(FIRST)) {
            throw new IllegalArgumentException("database " + name + " is the first one: it stays");
        }
        if (!names().contains(name)) {
            return;
        }
        EmbeddedVectorStore store = opened(name);
        List<String> there = store.list();
        if (!there.isEmpty()) {
            throw new IllegalArgumentException(
                    "database " + name + " has the collections " + there + ": drop them first");
        }
        store.close();
        open.remove(name);
        folder.ifPresent(all -> delete(all.resolve(name)));
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " of a database cannot be deleted", e);
        }
    }

    /** All but the first one. */
    @Override
    public synchronized void close() {
        open.forEach((name, store) -> {
            if (!name.equals(FIRST)) {
                store.close();
            }
        });
    }
}
