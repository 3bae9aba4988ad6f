package dev.milvuso.vector.migration;

import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.migration.MigrationProgress.Step;
import dev.milvuso.vector.transfer.ChangedRows;
import dev.milvuso.vector.transfer.CollectionCopy;
import dev.milvuso.vector.transfer.Comparison;
import dev.milvuso.vector.transfer.RowSource;
import dev.milvuso.vector.transfer.StoreRows;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Brings the collection behind an alias to the newest version. Each version is a collection of its own,
 * {@code items_v2}; the alias, {@code items}, is what callers use, and it is switched once the new version has been
 * found to hold what it should. The old one stays for the way back.
 *
 * <p>Where it stands is seen in the store: the alias says which version is served, the collection
 * {@code milvuso_migrations} how far a copy is and who makes it. So a run that was cut off at any step goes on when it
 * is run again, anywhere. Not for use by several threads.
 */
public final class Migrations {
    /** So many times what was written meanwhile is taken over before the writers are halted. */
    private static final int ROUNDS = 5;

    private final VectorStore store;
    private final Versions versions;
    private final Notes notes;
    private final List<Migration> steps;
    private final InstantSource clock;
    private final Duration settle;

    /**
     * @param alias what callers use
     * @param steps each with a version of its own
     * @param settle how long it may take until a write is seen by reads, as the store's consistency level says
     * @throws IllegalArgumentException if two steps have one version
     */
    public Migrations(VectorStore store, String alias, List<Migration> steps, InstantSource clock, Duration settle) {
        Set<Integer> seen = new HashSet<>();
        steps.stream().filter(step -> !seen.add(step.version())).findFirst().ifPresent(step -> {
            throw new IllegalArgumentException("version " + step.version() + " of " + alias + " stands twice");
        });
        this.store = store;
        this.versions = new Versions(store, alias);
        this.notes = new Notes(store);
        this.steps = steps.stream()
                .sorted(Comparator.comparingInt(Migration::version))
                .toList();
        this.clock = clock;
        this.settle = settle;
    }

    /** The version that the alias stands for. */
    public Optional<Integer> current() {
        return versions.current();
    }

    /** The versions that are there, in order. */
    public List<Integer> versions() {
        return versions.there();
    }

    /** What {@link #run} would do, in order. */
    public List<Integer> pending() {
        int current = current().orElse(0);
        return steps.stream()
                .map(Migration::version)
                .filter(version -> version > current)
                .toList();
    }

    /**
     * Looks whether {@link #run} can reach its versions at all, and changes nothing.
     *
     * @param adopts whether {@link #adopt} comes first where it can
     * @throws IllegalStateException if the name is a collection's that is not adopted, or a newer version stands
     * @throws IllegalArgumentException if keys or partitions of a new schema do not go with those of the rows
     */
    public void check(boolean adopts) {
        boolean adopted = adopts && store.list().contains(versions.alias());
        Optional<Integer> from = adopted ? Optional.of(1) : versions.current();
        for (Migration step : steps) {
            if (step.version() < from.orElse(0)) {
                throw new IllegalStateException(
                        "version " + step.version() + " of " + versions.alias() + " is older than " + from.orElseThrow()
                                + ", which it stands for: only a newer one can follow");
            }
        }
        Optional<Migration> first =
                steps.stream().filter(step -> step.version() > from.orElse(0)).findFirst();
        if (from.isPresent() && first.isPresent()) {
            StoreRows old = new StoreRows(store, adopted ? versions.alias() : versions.collection(from.get()));
            RowSource unused =
                    new ChangedRows(old, first.get().schema(), first.get().change());
        }
    }

    /** Makes a collection that callers use by its own name version 1 behind an alias of that name. */
    public void adopt() {
        try (Claim claim = claim()) {
            claim.renew();
            store.rename(versions.alias(), versions.collection(1));
            store.createAlias(versions.alias(), versions.collection(1));
        }
    }

    /**
     * @param writers halted while each version's last rows are taken over and the alias is switched
     * @return the version that the alias stands for now
     * @throws IllegalStateException if another process migrates, or a new version does not come to hold what it should
     */
    public int run(Writers writers, MigrationProgress progress) {
        try (Claim claim = claim()) {
            for (int version : pending()) {
                migrate(step(version), claim, writers, progress);
            }
        }
        return current().orElseThrow(() -> new IllegalStateException("there are no versions of " + versions.alias()));
    }

    private Claim claim() {
        notes.create();
        return Claim.take(notes, versions.alias(), UUID.randomUUID().toString(), clock, settle);
    }

    private Migration step(int version) {
        return steps.stream()
                .filter(step -> step.version() == version)
                .findFirst()
                .orElseThrow();
    }

    private void migrate(Migration step, Claim claim, Writers writers, MigrationProgress progress) {
        Optional<Integer> from = versions.current();
        MigrationProgress watched = (version, what, rows, all) -> {
            claim.renew();
            progress.done(version, what, rows, all);
        };
        String target = versions.collection(step.version());
        if (from.isEmpty()) {
            store.create(step.schema().renamed(target));
        } else {
            StoreRows old = new StoreRows(store, versions.collection(from.get()));
            CollectionCopy copy = new CollectionCopy(new ChangedRows(old, step.schema(), step.change()), store, target);
            int version = step.version();
            copy.run(new NoteBookmark(notes, target), (rows, all) -> watched.done(version, Step.COPY, rows, all));
            followed(copy, version, watched);
            takeOver(copy, version, from, writers, watched);
            return;
        }
        point(step.version(), from, watched);
    }

    /** Until hardly anything is left for the time in which nobody may write. */
    private static void followed(CollectionCopy copy, int version, MigrationProgress progress) {
        boolean equal = false;
        for (int round = 0; round < ROUNDS && !equal; round++) {
            equal = copy.catchUp((rows, all) -> progress.done(version, Step.CATCH_UP, rows, all))
                    .isEqual();
        }
    }

    private void takeOver(
            CollectionCopy copy, int version, Optional<Integer> from, Writers writers, MigrationProgress progress) {
        writers.halt();
        try {
            copy.catchUp((rows, all) -> progress.done(version, Step.CATCH_UP, rows, all));
            Comparison last = copy.compare((rows, all) -> progress.done(version, Step.VERIFY, rows, all));
            if (!last.isEqual()) {
                throw new IllegalStateException(versions.collection(version) + " does not hold what it should: "
                        + last.first().orElse("") + "; the alias " + versions.alias() + " is as it was");
            }
            point(version, from, progress);
        } finally {
            writers.goOn();
        }
    }

    private void point(int version, Optional<Integer> from, MigrationProgress progress) {
        progress.done(version, Step.SWITCH, 0, 1);
        versions.point(from, version);
        progress.done(version, Step.SWITCH, 1, 1);
    }

    /**
     * Lets the alias stand for the version before, as it was when it was left: what was written since is in the newer
     * one, which stays.
     *
     * @return that version
     * @throws IllegalStateException if there is none, or another process migrates
     */
    public int rollback() {
        try (Claim claim = claim()) {
            Optional<Integer> current = versions.current();
            int before = versions.there().stream()
                    .filter(version -> version < current.orElse(0))
                    .reduce((a, b) -> b)
                    .orElseThrow(() -> new IllegalStateException("there is no version of " + versions.alias()
                            + current.map(version -> " before " + version).orElse("")));
            claim.renew();
            versions.point(current, before);
            return before;
        }
    }

    /** Drops the versions before the one that the alias stands for, after which there is no way back. */
    public void dropOld() {
        try (Claim claim = claim()) {
            int current = versions.current().orElse(0);
            for (int version : versions.there()) {
                if (version < current) {
                    claim.renew();
                    store.drop(versions.collection(version));
                }
            }
        }
    }
}
