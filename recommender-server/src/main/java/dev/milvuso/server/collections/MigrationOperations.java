package dev.milvuso.server.collections;

import dev.milvuso.vector.Names;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.json.JsonInput;
import dev.milvuso.vector.migration.Migration;
import dev.milvuso.vector.migration.MigrationJson;
import dev.milvuso.vector.migration.Migrations;
import dev.milvuso.vector.migration.Writers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Numbered versions of collections behind an alias. A migration goes on behind its answer; this server remembers how
 * far those that it makes itself are. One that a restart has cut off goes on when it is asked for again. Safe for use
 * by many threads.
 */
public final class MigrationOperations {
    private static final Logger LOG = LoggerFactory.getLogger(MigrationOperations.class);
    private static final String ALIAS = "alias";

    /** An alias, whose name another database may have too. */
    public record Place(String database, String alias) {}

    /** What is asked for, understood. */
    public record Step(Place place, Migration migration, boolean adopts) {
        String alias() {
            return place.alias();
        }
    }

    private final OwnCollections own;
    private final Duration settle;
    private final Clock clock;
    private final Map<Place, MigrationJson.Run> running = new ConcurrentHashMap<>();
    private final Map<Place, String> failures = new ConcurrentHashMap<>();

    /** @param settle how long a write may take until reads see it */
    public MigrationOperations(OwnCollections own, Duration settle, Clock clock) {
        this.own = own;
        this.settle = settle;
        this.clock = clock;
    }

    private Migrations migrations(VectorStore store, String alias, List<Migration> steps) {
        return new Migrations(store, alias, steps, clock, settle);
    }

    /** @throws Refusal if it cannot be one's name */
    public String alias(String name) {
        try {
            return Names.checked(ALIAS, name);
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, ALIAS, String.valueOf(e.getMessage()));
        }
    }

    public Reply status(VectorStore store, Place place) {
        Migrations migrations = migrations(store, place.alias(), List.of());
        Optional<Integer> current = conflicting(migrations::current);
        MigrationJson.Status there = new MigrationJson.Status(
                place.alias(),
                current,
                migrations.versions(),
                Optional.ofNullable(running.get(place)),
                Optional.ofNullable(failures.get(place)));
        return Reply.of(out -> MigrationJson.write(out, there));
    }

    /** @throws dev.milvuso.vector.json.JsonMismatch naming the place of what is wrong */
    public Step step(Place place, JsonInput body) {
        own.refuseName(place.alias());
        return new Step(place, MigrationJson.read(body), MigrationJson.adopts(body));
    }

    /**
     * Looks whether it can be done at all, and forgets how the last try ended.
     *
     * @return that it is begun behind the answer
     * @throws Refusal if it cannot
     */
    public Reply check(VectorStore store, Step step) {
        Migrations migrations = migrations(store, step.alias(), List.of(step.migration()));
        boolean unused = conflicting(() -> {
            migrations.check(step.adopts());
            return true;
        });
        failures.remove(step.place());
        return Reply.of(202, out -> {
            out.writeStartObject();
            out.writeStringField("status", "/migrations/" + step.alias());
            out.writeEndObject();
        });
    }

    /** Returns when it is done, or throws; either way it is seen in the status. */
    public void run(VectorStore store, Step step) {
        try {
            Migrations migrations = migrations(store, step.alias(), List.of(step.migration()));
            if (step.adopts() && store.list().contains(step.alias())) {
                migrations.adopt();
            }
            int unused = migrations.run(
                    Writers.none(),
                    (version, what, rows, all) ->
                            running.put(step.place(), new MigrationJson.Run(version, what, rows, all)));
        } catch (IllegalArgumentException | IllegalStateException e) {
            // Whoever asked for it can mend it, and reads why in the status.
            LOG.info("the migration of {} ended early: {}", step.alias(), e.getMessage());
            failures.put(step.place(), String.valueOf(e.getMessage()));
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("the migration of {} ended early", step.alias(), e);
            failures.put(step.place(), String.valueOf(e.getMessage()));
            throw e;
        } finally {
            running.remove(step.place());
        }
    }

    /** To the version before. */
    public Reply back(VectorStore store, Place place) {
        own.refuseName(place.alias());
        Migrations migrations = migrations(store, place.alias(), List.of());
        int unused = conflicting(migrations::rollback);
        return status(store, place);
    }

    /** What stands against it is how things are. */
    private static <T> T conflicting(Supplier<T> work) {
        try {
            return work.get();
        } catch (IllegalStateException e) {
            throw new Refusal(409, ALIAS, String.valueOf(e.getMessage()));
        }
    }
}
