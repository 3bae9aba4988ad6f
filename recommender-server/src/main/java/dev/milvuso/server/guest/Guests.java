package dev.milvuso.server.guest;

import dev.milvuso.action.Action;
import dev.milvuso.action.ActionType;
import dev.milvuso.action.EventId;
import dev.milvuso.action.UserId;
import dev.milvuso.component.DaemonThreads;
import dev.milvuso.component.Unavailable;
import dev.milvuso.server.action.ActionLog;
import dev.milvuso.server.action.Overloaded;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a guest did to the log anew as what their account did, so that everything behind the log learns of it.
 * Each copy's id follows from the guest's event and the account: however often a guest is merged, each counts once.
 * Impressions stay the guest's, and so do answers to lists: a copy names no request.
 */
public final class Guests implements AutoCloseable {
    /** In a copy's context: whose action it is a copy of. */
    public static final String MERGED_FROM = "merged_from";

    private static final int BATCH = 1000;
    private static final int THREADS = 2;
    private static final int QUEUE = 64;

    private final History history;
    private final ActionLog log;
    private final Consumer<Action> known;
    private final Consumer<UserId> forgotten;
    private final Clock clock;
    private final ExecutorService threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(QUEUE),
            new DaemonThreads("merges-guests"));

    /**
     * @param known told of each copy once the log has it
     * @param forgotten told of a guest who was merged
     */
    public Guests(History history, ActionLog log, Consumer<Action> known, Consumer<UserId> forgotten, Clock clock) {
        this.history = history;
        this.log = log;
        this.known = known;
        this.forgotten = forgotten;
        this.clock = clock;
    }

    /**
     * @return how many actions are the account's now; failed with {@link Unavailable} if the history cannot be read or
     *     the log does not acknowledge, after which it may be asked again
     * @throws Overloaded if too many are being merged
     */
    public CompletableFuture<Integer> merge(UserId guest, UserId account) {
        try {
            return CompletableFuture.supplyAsync(() -> merged(guest, account), threads);
        } catch (RejectedExecutionException e) {
            throw new Overloaded("too many guests are being merged");
        }
    }

    private int merged(UserId guest, UserId account) {
        Map<EventId, Action> copies = new LinkedHashMap<>();
        for (Action action : history.of(guest)) {
            copy(action, account).ifPresent(copy -> copies.putIfAbsent(copy.eventId(), copy));
        }
        List<Action> all = List.copyOf(copies.values());
        for (int from = 0; from < all.size(); from += BATCH) {
            List<Action> batch = all.subList(from, Math.min(all.size(), from + BATCH));
            acknowledged(log.append(batch));
            batch.forEach(known);
        }
        forgotten.accept(guest);
        return all.size();
    }

    private static void acknowledged(CompletableFuture<Void> appended) {
        try {
            appended.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Unavailable away
                    ? away
                    : new Unavailable("kafka", "the log took not all of a guest's actions", e);
        }
    }

    /** Empty if it stays the guest's. */
    private Optional<Action> copy(Action of, UserId account) {
        @Nullable String before = of.context().get(MERGED_FROM);
        if (of.type().equals(ActionType.IMPRESSION) || account.value().equals(before)) {
            return Optional.empty(); // the account's own, which came to the guest by a merge the other way round
        }
        Map<String, String> context = new HashMap<>(of.context());
        context.put(MERGED_FROM, of.userId().value());
        Instant now = clock.instant();
        return Optional.of(new Action(
                id(of, account),
                account,
                of.itemId(),
                of.type(),
                of.timestamp(),
                now,
                Optional.empty(),
                of.value(),
                context));
    }

    private static EventId id(Action of, UserId account) {
        // No id holds a space.
        String both = of.eventId().value() + " " + account.value();
        return new EventId(
                UUID.nameUUIDFromBytes(both.getBytes(StandardCharsets.UTF_8)).toString());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
