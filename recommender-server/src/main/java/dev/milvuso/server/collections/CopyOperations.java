package dev.milvuso.server.collections;

import dev.milvuso.component.Unavailable;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Names;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.json.JsonInput;
import dev.milvuso.vector.transfer.Bookmark;
import dev.milvuso.vector.transfer.CollectionCopy;
import dev.milvuso.vector.transfer.Mark;
import dev.milvuso.vector.transfer.StoreRows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of collections within the store, into another collection or another database. A copy goes on behind its answer
 * and is compared with its original, row by row; this server remembers the last ones. One that a restart has cut off
 * can be asked for again: rows are put by key. Safe for use by many threads.
 */
public final class CopyOperations {
    private static final Logger LOG = LoggerFactory.getLogger(CopyOperations.class);
    private static final String TO = "to";
    private static final String DATABASE = "database";
    private static final String ALIASES = "aliases";
    private static final int REMEMBERED = 100;

    /**
     * What is asked for, understood.
     *
     * @param scope of the original
     * @param database of the copy; none is that of the original
     * @param aliases whether the copy gets those of the original
     */
    public record Step(Scope scope, String collection, String to, Optional<String> database, boolean aliases) {}

    /** One of the copies that are remembered. */
    private record Copy(Scope scope, String collection, Optional<String> database, String to) {
        static Copy of(Step step) {
            return new Copy(step.scope(), step.collection(), step.database(), step.to());
        }
    }

    private final OwnCollections own;
    private final Map<Copy, CopyState> copies = new LinkedHashMap<>();

    public CopyOperations(OwnCollections own) {
        this.own = own;
    }

    /** @throws dev.milvuso.vector.json.JsonMismatch naming the place of what is wrong */
    public static Step step(Scope scope, String collection, JsonInput body) {
        JsonInput to = body.object(TO, DATABASE, ALIASES).get(TO);
        return new Step(
                scope,
                collection,
                to.make(() -> Names.checked(Request.COLLECTION, to.text())),
                body.find(DATABASE).map(name -> name.make(() -> Names.checked(DATABASE, name.text()))),
                body.find(ALIASES).map(JsonInput::truth).orElse(false));
    }

    /**
     * Looks whether it can be done at all, and takes it down as begun.
     *
     * @return the step, of the collection's own name
     * @throws Refusal if it cannot
     */
    public Step begin(VectorStore store, Step asked) {
        CollectionSchema schema = store.describe(asked.collection())
                .orElseThrow(
                        () -> new Refusal(404, Request.COLLECTION, "there is no collection " + asked.collection()));
        Step step = new Step(asked.scope(), schema.name(), asked.to(), asked.database(), asked.aliases());
        if (step.database().isEmpty() && step.to().equals(schema.name())) {
            throw new Refusal(409, TO, "the copy would be the collection itself: give another name, or a database");
        }
        Refusal.conflicting(Request.COLLECTION, () -> new StoreRows(store, schema.name()).check(Mark.START));
        boolean unused = in(store, step, target -> {
            own.refuse(target, step.to());
            target.describe(step.to()).ifPresent(there -> refuseAlias(step.to(), there));
            refuseOther(step.to(), copy(store, target, step).differences());
            return true;
        });
        begun(step);
        return step;
    }

    private static void refuseAlias(String to, CollectionSchema there) {
        if (!there.name().equals(to)) {
            throw new Refusal(409, TO, to + " is an alias of collection " + there.name());
        }
    }

    private static void refuseOther(String to, List<String> differences) {
        if (!differences.isEmpty()) {
            throw new Refusal(409, TO, to + " is there with another schema: " + String.join("; ", differences));
        }
    }

    private static <T> T in(VectorStore store, Step step, Function<VectorStore, T> work) {
        if (step.database().isEmpty()) {
            return work.apply(store);
        }
        String database = step.database().get();
        if (!store.databases().contains(database)) {
            throw new Refusal(404, DATABASE, "there is no database " + database);
        }
        try (VectorStore other = store.database(database)) {
            return work.apply(other);
        }
    }

    private void begun(Step step) {
        synchronized (copies) {
            Copy copy = Copy.of(step);
            boolean isBusy = copies.entrySet().stream()
                    .anyMatch(other -> other.getValue().phase().goesOn()
                            && other.getKey().scope().equals(copy.scope())
                            && other.getKey().database().equals(copy.database())
                            && other.getKey().to().equals(copy.to()));
            if (isBusy) {
                throw new Refusal(409, TO, "a copy to " + step.to() + " goes on already");
            }
            copies.remove(copy);
            copies.put(copy, CopyState.begun(step.to(), step.database()));
            forgetOldest();
        }
    }

    private void forgetOldest() {
        if (copies.size() > REMEMBERED) {
            copies.entrySet().stream()
                    .filter(entry -> !entry.getValue().phase().goesOn())
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .ifPresent(copies::remove);
        }
    }

    /** Returns when it is done, or throws; either way it is seen in the status. */
    public boolean run(VectorStore store, Step step) {
        try {
            return in(store, step, target -> run(store, target, step));
        } catch (RuntimeException | Error e) {
            LOG.warn("the copy of {} to {} ended early", step.collection(), step.to(), e);
            // What is away is named by its role: its message is for an operator.
            String why = e instanceof Unavailable away
                    ? away.dependency() + " does not answer"
                    : String.valueOf(e instanceof IllegalArgumentException ? e.getMessage() : e);
            now(step, state -> state.failed(why));
            throw e;
        }
    }

    private boolean run(VectorStore store, VectorStore target, Step step) {
        CollectionCopy copy = copy(store, target, step);
        long unused = copy.run(
                Bookmark.none(), (rows, all) -> now(step, state -> state.at(CopyState.Phase.COPYING, rows, all)));
        var result = copy.compare((rows, all) -> now(step, state -> state.at(CopyState.Phase.COMPARING, rows, all)));
        now(step, state -> state.compared(result));
        return result.isEqual();
    }

    private static CollectionCopy copy(VectorStore store, VectorStore target, Step step) {
        CollectionCopy plain = new CollectionCopy(new StoreRows(store, step.collection()), target, step.to());
        return step.aliases() ? plain.withAliases() : plain;
    }

    private void now(Step step, Function<CopyState, CopyState> change) {
        synchronized (copies) {
            copies.computeIfPresent(Copy.of(step), (copy, state) -> change.apply(state));
        }
    }

    /** The copies of a collection that are remembered, the latest last. */
    public Reply status(VectorStore store, Scope scope, String collection) {
        String name = store.describe(collection)
                .orElseThrow(() -> new Refusal(404, Request.COLLECTION, "there is no collection " + collection))
                .name();
        List<CopyState> states = states(scope, name);
        return Reply.of(out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("copies");
            for (CopyState state : states) {
                state.write(out);
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private List<CopyState> states(Scope scope, String collection) {
        synchronized (copies) {
            return copies.entrySet().stream()
                    .filter(entry -> entry.getKey().scope().equals(scope)
                            && entry.getKey().collection().equals(collection))
                    .map(Map.Entry::getValue)
                    .toList();
        }
    }
}
