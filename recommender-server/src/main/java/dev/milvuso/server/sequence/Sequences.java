package dev.milvuso.server.sequence;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.milvuso.action.Action;
import dev.milvuso.action.ActionTypes;
import dev.milvuso.action.Erasure;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserEvent;
import dev.milvuso.action.UserId;
import dev.milvuso.config.SequenceConfig;
import dev.milvuso.server.catalogue.ItemSlots;
import dev.milvuso.server.recommend.Visit;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts which items follow which in what users do, and how far that foretells what they do next.
 *
 * <p>The probability of an item after the items {@code r0, r1, …} (the newest first) is {@code p = sum of s^i P(item |
 * ri) / sum of s^i}. What happens is held to come from a mixture: with a share {@code m} from {@code p}, else by the
 * items' popularity {@code q} alone. {@code m} is learned from each action before it is counted (one step of
 * expectation maximisation; Neal and Hinton, "A view of the EM algorithm", 1998, section 4), so that where one action
 * says nothing of the next, this has no say either. Only items of the catalogue count. Memory: 8 bytes for each of
 * {@link SequenceConfig#successors} others of an item, and 100 for the item. Safe for use by many threads.
 */
public final class Sequences {
    /** How many of a user's items each action is counted after, and how many foretell the next. */
    private static final int LENGTH = 5;

    private static final int COUNTED = 3;
    private static final float FADING = 0.6f;
    private static final double LEAST_STEP = 1e-4;
    private static final double FIRST_STEPS = 100;

    /** Actions after which all counts halve: beyond 2^24 a float counts no further. */
    private static final int MOST = 1 << 23;

    private final SequenceConfig config;
    private final ActionTypes types;
    private final ItemSlots slots;
    private final int maxUsers;
    private final ThreadLocal<Outlook> outlooks = ThreadLocal.withInitial(Outlook::new);
    private volatile @Nullable Successors[] rows = new Successors[0];
    private volatile float[] counts = new float[0];
    private volatile double total;
    private volatile double share = 0.1;
    private long steps;

    /** @param maxUsers whose last items are remembered */
    public Sequences(SequenceConfig config, ActionTypes types, ItemSlots slots, int maxUsers) {
        this.config = config;
        this.types = types;
        this.slots = slots;
        this.maxUsers = maxUsers;
    }

    public boolean isOn() {
        return config.successors() > 0;
    }

    /**
     * Learns from one stream of events, in which each user's come in their order; there may be several, as of the past
     * and of the present.
     */
    public Consumer<UserEvent> listener() {
        Cache<UserId, Trail> trails =
                Caffeine.newBuilder().maximumSize(maxUsers).build();
        return event -> {
            if (event instanceof Action action) {
                boolean favours = types.find(action.type())
                        .filter(type -> !type.isImpression() && type.verdict(action.value()) > 0)
                        .isPresent();
                if (favours) {
                    happened(action, trails.get(action.userId(), user -> new Trail(LENGTH)));
                }
            } else if (event instanceof Erasure erasure) {
                trails.invalidate(erasure.userId());
            }
        };
    }

    private void happened(Action action, Trail trail) {
        int slot = slots.find(action.itemId());
        if (slot == ItemSlots.NONE) {
            return;
        }
        int[] before;
        synchronized (trail) {
            trail.until(action.timestamp().toEpochMilli(), config.gap().toMillis());
            if (trail.contains(slot)) {
                return;
            }
            before = trail.slots();
            trail.add(slot);
        }
        if (before.length > 0) {
            judge(before, slot);
        }
        for (int age = 0; age < Math.min(COUNTED, before.length); age++) {
            row(before[age]).add(slot, 1f / (age + 1));
        }
        count(slot);
    }

    private void judge(int[] before, int slot) {
        float expected = 0;
        float weights = 0;
        float weight = 1;
        for (int earlier : before) {
            Successors row = find(earlier);
            expected += row == null ? 0 : weight * row.probability(slot);
            weights += weight;
            weight *= FADING;
        }
        learn(expected / weights, slot);
    }

    private synchronized void learn(double expected, int slot) {
        double foretold = share * expected;
        double otherwise = (1 - share) * popularity(slot);
        double step = Math.max(LEAST_STEP, 1 / (++steps + FIRST_STEPS));
        share += step * (foretold / (foretold + otherwise) - share);
    }

    private synchronized void count(int slot) {
        if (slot >= counts.length) {
            counts = Arrays.copyOf(counts, Math.max(slot + 1, 2 * counts.length));
        }
        counts[slot]++;
        total++;
        if (total > MOST) {
            total /= 2;
            for (int i = 0; i < counts.length; i++) {
                counts[i] /= 2;
            }
        }
    }

    private double popularity(int slot) {
        float[] known = counts;
        double count = slot < known.length ? known[slot] : 0;
        return (count + 1) / (total + known.length + 1);
    }

    private @Nullable Successors find(int slot) {
        @Nullable Successors[] known = rows;
        return slot >= 0 && slot < known.length ? known[slot] : null;
    }

    private Successors row(int slot) {
        Successors known = find(slot);
        return known == null ? added(slot) : known;
    }

    private synchronized Successors added(int slot) {
        @Nullable Successors[] known = rows;
        if (slot >= known.length) {
            known = Arrays.copyOf(known, Math.max(slot + 1, 2 * known.length));
        }
        Successors row = known[slot];
        if (row == null) {
            row = new Successors(config.successors());
            known[slot] = row;
        }
        rows = known; // a volatile write: who reads the array sees the row
        return row;
    }

    /** The share of what happens that the last items foretell rather than popularity, 0 to 1. */
    public double share() {
        return share;
    }

    /** What is likely to come next, made once for a visit; of this thread until it asks for another visit. */
    Outlook outlook(Visit visit) {
        Outlook outlook = outlooks.get();
        if (!outlook.isOf(visit)) {
            outlook.begin(visit);
            collect(recent(visit), outlook);
        }
        return outlook;
    }

    /** What the visitor looks at comes before what they did last. */
    private int[] recent(Visit visit) {
        int[] done = visit.visitor().recent();
        ItemId context = visit.query().contextItem().orElse(null);
        if (context == null) {
            return done;
        }
        int[] recent = new int[done.length + 1];
        recent[0] = slots.find(context);
        System.arraycopy(done, 0, recent, 1, done.length);
        return recent;
    }

    /** @param recent slots, the newest first; {@link ItemSlots#NONE} are passed over */
    void collect(int[] recent, Outlook outlook) {
        int length = Math.min(LENGTH, recent.length);
        float weights = (float) ((1 - Math.pow(FADING, length)) / (1 - FADING));
        float weight = 1 / weights;
        for (int i = 0; i < length; i++) {
            Successors row = find(recent[i]);
            if (row != null) {
                row.collect(weight, outlook);
            }
            weight *= FADING;
        }
    }

    /**
     * How much likelier the item is for what was done last than by popularity alone, as a logarithm.
     *
     * @return 0 or more
     */
    double lift(Outlook outlook, int slot) {
        float expected = outlook.of(slot);
        double trusted = share;
        return expected == 0 ? 0 : Math.log1p(trusted * expected / ((1 - trusted) * popularity(slot)));
    }
}
