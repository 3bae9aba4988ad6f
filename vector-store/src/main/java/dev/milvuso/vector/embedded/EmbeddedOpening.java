package dev.milvuso.vector.embedded;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** Puts a store together from what its directory holds: the journal first, then the indexes that were saved since. */
final class EmbeddedOpening {
    private EmbeddedOpening() {}

    /**
     * The first database of all, with those beside it.
     *
     * @param directory of the files; none is in memory alone
     * @param exactBelow rows with fewer of which a vector has no lists
     */
    static EmbeddedVectorStore open(Optional<Path> directory, InstantSource clock, int exactBelow) {
        EmbeddedDatabases databases = new EmbeddedDatabases(
                directory.map(it -> it.resolve("databases")), (folder, all) -> open(folder, clock, exactBelow, all));
        EmbeddedVectorStore first = open(directory, clock, exactBelow, databases);
        databases.first(first);
        return first;
    }

    private static EmbeddedVectorStore open(
            Optional<Path> directory, InstantSource clock, int exactBelow, EmbeddedDatabases databases) {
        EmbeddedCatalogue catalogue = new EmbeddedCatalogue(clock, EmbeddedWork.of(exactBelow));
        if (directory.isEmpty()) {
            return new EmbeddedVectorStore(catalogue, JournalWriter.none(), clock, Optional.empty(), databases);
        }
        SavedIndexes saved = new SavedIndexes(directory.get().resolve("indexes"));
        ChangesSince changes = new ChangesSince(saved);
        JournalWriter journal = JournalWriter.open(directory.get().resolve("vectors.log"), catalogue, changes);
        changes.restore(catalogue, journal.position());
        IndexSaver saver = new IndexSaver(saved, catalogue, journal::position);
        catalogue.work().made().set(saver);
        catalogue.makeStructures();
        return new EmbeddedVectorStore(catalogue, journal, clock, Optional.of(saver), databases);
    }
}
