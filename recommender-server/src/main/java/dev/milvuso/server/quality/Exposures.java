package dev.milvuso.server.quality;

import dev.milvuso.action.IdHash;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.ServedList;
import dev.milvuso.action.ShownItems;
import dev.milvuso.action.UserEvent;
import dev.milvuso.config.Config;
import java.time.Clock;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Puts together what the log says of each served list and of what followed its items, by the rules of
 * {@link Attribution}. In: events, those of one user in their order. Out: lists in the order in which they came. No
 * more than {@code quality.open_lists} are in memory; beyond them the oldest goes out with what has followed it by
 * then. For one thread.
 */
public final class Exposures {
    private final Map<Long, Exposed> open = new LinkedHashMap<>();
    private final QualityTracker tracker;
    private final int most;
    private final Predicate<ServedList> wanted;
    private final Consumer<Exposed> sink;

    /**
     * A list and what followed its items.
     *
     * @param followed bits of {@link Meaning} by position
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Exposed(ServedList list, int[] followed) {}

    /**
     * @param wanted which lists go out; the others take actions all the same
     * @param sink takes each list once
     */
    public Exposures(Config config, Predicate<ServedList> wanted, Consumer<Exposed> sink, Clock clock) {
        this.most = config.quality().openLists();
        this.wanted = wanted;
        this.sink = sink;
        this.tracker = new QualityTracker(
                new QualityTracker.Settings(
                        config.quality().window(),
                        config.quality().k(),
                        most,
                        config.quality().mostWeight()),
                new Meaning(
                        config.actions(),
                        config.quality().clicks(),
                        config.quality().conversions()),
                new NoFacts(),
                Examination.EVEN,
                new Noted(open),
                clock);
    }

    private record NoFacts() implements ItemFacts {
        @Override
        public double surprise(ItemId item) {
            return 0;
        }

        @Override
        public double distance(ShownItems items, int k) {
            return Double.NaN;
        }

        @Override
        public int catalogue() {
            return 0;
        }
    }

    private record Noted(Map<Long, Exposed> open) implements Following {
        @Override
        public void served(OpenList list) {}

        @Override
        public void followed(OpenList list, int position, int added) {
            Exposed exposed = open.get(list.request());
            if (exposed != null) {
                exposed.followed()[position] |= added;
            }
        }
    }

    /** A record of the log. */
    public void happened(UserEvent event) {
        if (event instanceof ServedList list && wanted.test(list)) {
            // Before the tracker knows it: actions may have waited for it.
            open.putIfAbsent(
                    IdHash.of(list.requestId().value()),
                    new Exposed(list, new int[list.items().size()]));
        }
        tracker.happened(event);
        Iterator<Exposed> oldest = open.values().iterator();
        for (int beyond = open.size() - most; beyond > 0; beyond--) {
            sink.accept(oldest.next());
            oldest.remove();
        }
    }

    /** There are no more events. */
    public void end() {
        open.values().forEach(sink);
        open.clear();
    }
}
