package dev.milvuso.server.recommend;

import dev.milvuso.component.Unavailable;
import dev.milvuso.item.Item;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.catalogue.ItemSlots;
import dev.milvuso.server.catalogue.ItemTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalogue by popularity. All popularities decay alike, so their order stays; it is kept as the logarithm to the
 * base 2 of what the popularity would have been in 1970. Of what is ranked anew only the items that changed are sorted.
 */
public final class Popular implements CandidateSource, Runnable {
    public static final String NAME = "popular";

    private static final Logger LOG = LoggerFactory.getLogger(Popular.class);

    /** So many of the most popular, where some kind of item is wanted. */
    private static final int LOOKED_AT = 10_000;

    private static final Duration OVERLAP = Duration.ofSeconds(5);

    /** Slots and their levels, the most popular first. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Ranked(int[] slots, double[] levels) {}

    private final Catalogue catalogue;
    private final Function<Instant, List<ItemPopularity>> statistics;
    private final double halfLifeMillis;
    private final Clock clock;
    private volatile double[] levels = {};
    private double[] scores = {};
    private long[] changes = {};
    private Instant newest = Instant.EPOCH;
    private long revision = -1;
    private volatile Ranked ranked = new Ranked(new int[0], new double[0]);

    /** @param statistics what was written since a time; may throw {@link Unavailable} */
    public Popular(
            Catalogue catalogue, Function<Instant, List<ItemPopularity>> statistics, Duration halfLife, Clock clock) {
        this.catalogue = catalogue;
        this.statistics = statistics;
        this.halfLifeMillis = halfLife.toMillis();
        this.clock = clock;
    }

    /** Reads what is new and ranks anew if anything is. For one thread at a time. */
    @Override
    public void run() {
        BitSet changed = new BitSet();
        try {
            for (ItemPopularity each : statistics.apply(newest.minus(OVERLAP))) {
                read(each, changed);
            }
        } catch (Unavailable e) {
            LOG.debug("the popular list goes on with what is known", e);
        } catch (RuntimeException e) {
            LOG.warn("the statistics could not be read", e);
        }
        long now = catalogue.revision();
        ItemTable items = catalogue.table();
        if (now != revision) {
            revision = now;
            compare(items, changed);
        }
        if (!changed.isEmpty()) {
            ranked = merged(items, changed);
        }
    }

    private void read(ItemPopularity each, BitSet changed) {
        newest = each.updatedAt().isAfter(newest) ? each.updatedAt() : newest;
        int slot = catalogue.slots().ofUnheardOf(each.item());
        if (slot == ItemSlots.NONE) {
            return;
        }
        room(slot + 1);
        double level = level(each);
        if (Double.compare(level, levels[slot]) != 0) {
            levels[slot] = level;
            changed.set(slot);
        }
    }

    private void room(int slots) {
        int before = levels.length;
        if (slots > before) {
            double[] more = Arrays.copyOf(levels, Math.max(slots, 2 * before));
            Arrays.fill(more, before, more.length, Double.NEGATIVE_INFINITY);
            scores = Arrays.copyOf(scores, more.length);
            changes = Arrays.copyOf(changes, more.length);
            levels = more;
        }
    }

    /** Marks the items that are no longer what they were. */
    private void compare(ItemTable items, BitSet changed) {
        int size = catalogue.slots().size();
        room(size);
        for (int slot = 0; slot < size; slot++) {
            if (items.change(slot) != changes[slot]) {
                Item item = items.item(slot);
                changes[slot] = items.change(slot);
                scores[slot] = item == null ? 0 : item.popularityScore();
                changed.set(slot);
            }
        }
    }

    private Ranked merged(ItemTable items, BitSet changed) {
        Comparator<Integer> bestFirst = Comparator.<Integer>comparingDouble(slot -> levels[slot])
                .reversed()
                .thenComparing(slot -> scores[slot], Comparator.reverseOrder())
                .thenComparing(catalogue.slots()::id);
        int[] moved = changed.stream()
                .filter(items::isVisible)
                .boxed()
                .sorted(bestFirst)
                .mapToInt(Integer::intValue)
                .toArray();
        int[] stayed = Arrays.stream(ranked.slots())
                .filter(slot -> !changed.get(slot) && items.isVisible(slot))
                .toArray();
        int[] all = new int[moved.length + stayed.length];
        int next = 0;
        int stays = 0;
        for (int i = 0; i < all.length; i++) {
            boolean isMoved = stays == stayed.length
                    || (next < moved.length && bestFirst.compare(moved[next], stayed[stays]) < 0);
            all[i] = isMoved ? moved[next++] : stayed[stays++];
        }
        return new Ranked(
                all, Arrays.stream(all).mapToDouble(slot -> levels[slot]).toArray());
    }

    /** What is no popularity is none. */
    private double level(ItemPopularity each) {
        double level = Math.log(each.popularity()) / Math.log(2) + each.at().toEpochMilli() / halfLifeMillis;
        return Double.isNaN(level) ? Double.NEGATIVE_INFINITY : level;
    }

    private static float score(double level) {
        return (float) Math.min(Float.MAX_VALUE, Math.pow(2, level));
    }

    /** Takes an item and its popularity now. */
    public interface Reader {
        void read(int slot, double popularity);
    }

    /** Tells how popular every item is that may be shown, the most popular first. */
    public void read(Reader reader) {
        double now = clock.millis() / halfLifeMillis;
        Ranked all = ranked;
        for (int i = 0; i < all.slots().length; i++) {
            reader.read(all.slots()[i], Math.pow(2, all.levels()[i] - now));
        }
    }

    /** At most so many items of the catalogue, by slot, the most popular first. */
    public IntStream top(int most) {
        return Arrays.stream(ranked.slots()).limit(most);
    }

    /** Larger is more popular; comparable among items alone. */
    public double level(int slot) {
        double[] now = levels;
        return slot < now.length ? now[slot] : Double.NEGATIVE_INFINITY;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String explanation() {
        return "decayed popularity among all users";
    }

    @Override
    public boolean isPersonal() {
        return false;
    }

    @Override
    public void collect(Visit visit, Candidates into, int self, int room) {
        collect(visit, into, self, room, Integer.MAX_VALUE, slot -> true);
    }

    /** As {@link #collect}, of the most popular items those that are wanted. */
    void collect(Visit visit, Candidates into, int self, int room, IntPredicate wanted) {
        collect(visit, into, self, room, LOOKED_AT, wanted);
    }

    private void collect(Visit visit, Candidates into, int self, int room, int most, IntPredicate wanted) {
        double now = clock.millis() / halfLifeMillis;
        Ranked all = ranked;
        int left = room;
        for (int i = 0; i < Math.min(most, all.slots().length) && left > 0; i++) {
            // As the catalogue is now: the ranking may be a moment old.
            int slot = all.slots()[i];
            if (wanted.test(slot) && visit.fits().test(slot) && into.add(slot, score(all.levels()[i] - now), self)) {
                left--;
            }
        }
    }

    /** The score of the most popular item; 0 while there is none. */
    float highest() {
        Ranked all = ranked;
        return all.levels().length == 0 ? 0 : score(all.levels()[0] - clock.millis() / halfLifeMillis);
    }
}
