package dev.milvuso.server.http;

import dev.milvuso.action.UserId;
import dev.milvuso.component.DaemonThreads;
import dev.milvuso.server.experiment.Lists;
import dev.milvuso.server.recommend.Query;
import dev.milvuso.server.recommend.RecommendedItems;
import dev.milvuso.server.rules.ItemFilters;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * {@code GET /recommendations/{user_id}/stream}: a user's list as server-sent events, one at the start and one whenever
 * its items change. Two threads look after all streams: what the user did is looked at within some tens of
 * milliseconds, everything else that may change a list within a second.
 */
public final class EventStreams implements AutoCloseable {
    private static final String TYPE = "text/event-stream";
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final int THREADS = 2;

    private final Lists lists;
    private final int most;
    private final ConcurrentHashMap<UserId, Set<UserStream>> streams = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final ScheduledExecutorService threads =
            Executors.newScheduledThreadPool(THREADS, new DaemonThreads("event-streams"));

    /** @param most streams at a time */
    public EventStreams(Lists lists, int most) {
        this.lists = lists;
        this.most = most;
    }

    static boolean isStream(HttpFields headers) {
        String type = headers.get(HttpHeader.CONTENT_TYPE);
        return type != null && type.startsWith(TYPE);
    }

    /** Something has happened to the user. */
    public void changed(UserId user) {
        streams.getOrDefault(user, Set.of()).forEach(UserStream::touch);
    }

    /** Opens a stream, whose lists are written by {@code shown}. */
    void open(Context context, GetRecommendations shown, ItemFilters filters, int usual, int mostItems) {
        UserId user = Parameters.path(context, "user_id", UserId::new);
        Query query = Parameters.of(context, GetRecommendations.PARAMETERS)
                .query(Parameters.COUNT, usual, mostItems, filters);
        context.contentType(TYPE).header("Cache-Control", "no-store");
        if (context.method().equals(HandlerType.HEAD)) {
            return;
        }
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            context.contentType("application/json").header("Retry-After", "1");
            throw new Problem(429, "too many streams are open: " + most + " at a time");
        }
        UserStream stream =
                new UserStream(context, () -> lists.steady(user, query), made -> shown.show(user, made, true));
        streams.computeIfAbsent(user, unused -> ConcurrentHashMap.newKeySet()).add(stream);
        var looking = threads.scheduleWithFixedDelay(stream, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
        var unused = stream.ended().whenComplete((done, failure) -> {
            looking.cancel(false);
            forget(user, stream);
        });
        context.future(stream::answered);
    }

    private void forget(UserId user, UserStream stream) {
        open.decrementAndGet();
        streams.computeIfPresent(user, (key, all) -> {
            all.remove(stream);
            return all.isEmpty() ? null : all;
        });
    }

    /** Whether both show the same items in the same order. */
    static boolean isSame(RecommendedItems one, RecommendedItems other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (!one.id(i).equals(other.id(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        streams.values().forEach(all -> List.copyOf(all).forEach(UserStream::end));
        threads.shutdownNow();
    }
}
