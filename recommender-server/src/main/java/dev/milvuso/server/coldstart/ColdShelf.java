package dev.milvuso.server.coldstart;

import dev.milvuso.config.ColdstartConfig;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.item.Item;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.catalogue.ItemTable;
import dev.milvuso.server.sync.ServedModel;
import dev.milvuso.server.tier.memory.ItemIndex;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the items of which little is known, each with the vector to serve it by: the learned one and the one that
 * {@link ContentModel} says, the learned one counting as much as there were actions. To be run again and again, by one
 * thread at a time; read by many.
 */
public final class ColdShelf implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ColdShelf.class);

    /** Items that the content model is learned from, at most. */
    private static final int LESSONS = 20_000;

    /** A vector that moved by this share of its length is news. */
    private static final double NEWS = 0.2;

    /** To be chosen so many times as often as when there was last news is news too. */
    private static final double LIKED = 1.5;

    /** How long after news of an item lists may still be begun that do not know it: until the shelf is there. */
    private static final Duration FILLING = Duration.ofSeconds(1);

    private record Shelf(ModelVersion version, ColdItems items, double rate) {}

    private final ColdstartConfig config;
    private final ServedModel model;
    private final Catalogue catalogue;
    private final Evidence evidence;
    private final Clock clock;
    private @Nullable ContentModel content;
    private @Nullable ModelVersion learnedFrom;
    private long learnedAt;
    private final AtomicLong revision = new AtomicLong();
    private volatile @Nullable Shelf shelf;

    public ColdShelf(ColdstartConfig config, ServedModel model, Catalogue catalogue, Evidence evidence, Clock clock) {
        this.config = config;
        this.model = model;
        this.catalogue = catalogue;
        this.evidence = evidence;
        this.clock = clock;
    }

    @Override
    public void run() {
        Optional<ModelVersion> version = model.version();
        Optional<ItemIndex> index = version.flatMap(model::items);
        if (index.isEmpty()) {
            return;
        }
        try {
            ItemTable table = catalogue.table();
            learn(version.get(), index.get(), table);
            fill(version.get(), index.get(), table);
        } catch (RuntimeException e) {
            LOG.warn("what little is known of new items stays as it was", e);
        }
    }

    private void learn(ModelVersion version, ItemIndex index, ItemTable table) {
        long now = clock.millis();
        if (version.equals(learnedFrom)
                && now - learnedAt < config.learnInterval().toMillis()) {
            return;
        }
        List<ContentModel.Warm> warm = new ArrayList<>();
        int slots = Math.min(table.room(), catalogue.slots().size());
        int stride = Math.max(1, slots / LESSONS);
        for (int slot = 0; slot < slots; slot += stride) {
            Item item = table.item(slot);
            float[] vector = item == null || isCold(slot) ? null : index.heldVector(slot);
            if (item != null && vector != null) {
                warm.add(new ContentModel.Warm(item, vector));
            }
        }
        int dimension = warm.isEmpty() ? 1 : warm.get(0).vector().length;
        content = ContentModel.of(warm, config.features(), dimension, config.ridge())
                .orElse(null);
        learnedFrom = version;
        learnedAt = now;
    }

    private boolean isCold(int slot) {
        return evidence.acted(slot) < config.warmActions();
    }

    private void fill(ModelVersion version, ItemIndex index, ItemTable table) {
        Shelf old = shelf;
        ColdItems before = old == null || !old.version().equals(version) ? ColdItems.NONE : old.items();
        ColdItems next = new ColdItems(config.items());
        int size = 0;
        boolean news = false;
        long newsUntil = clock.millis() + FILLING.toMillis();
        for (int slot : newest(table)) {
            float[] vector = vector(slot, index, table);
            if (vector != null) {
                next.slots[size] = slot;
                // Copied one after the other, they lie so in memory: each request goes through all of them.
                next.vectors[size] = vector.clone();
                next.chosen[size] = evidence.chosen(slot);
                boolean isNews = isNews(next, size, before, newsUntil);
                next.shown[size] = isNews ? evidence.shown(slot) : shown(slot, before, newsUntil);
                news |= isNews;
                size++;
            }
        }
        shelf = new Shelf(version, next.first(size), rate());
        if (news) {
            revision.incrementAndGet();
        }
    }

    /** Slots of the newest cold items, ascending. */
    private int[] newest(ItemTable table) {
        Comparator<Integer> oldest = Comparator.comparingLong(table::createdAt);
        PriorityQueue<Integer> newest = new PriorityQueue<>(oldest);
        int slots = Math.min(table.room(), catalogue.slots().size());
        for (int slot = 0; slot < slots; slot++) {
            if (table.isVisible(slot) && isCold(slot) && isAmong(newest, slot, table)) {
                newest.add(slot);
                if (newest.size() > config.items()) {
                    newest.remove();
                }
            }
        }
        return newest.stream().mapToInt(slot -> slot).sorted().toArray();
    }

    private boolean isAmong(PriorityQueue<Integer> newest, int slot, ItemTable table) {
        Integer oldest = newest.size() < config.items() ? null : newest.peek();
        return config.items() > 0 && (oldest == null || table.createdAt(slot) > table.createdAt(oldest));
    }

    /** Null if nothing is known of the item at all. */
    private float @Nullable [] vector(int slot, ItemIndex index, ItemTable table) {
        float[] learned = index.heldVector(slot);
        Item item = table.item(slot);
        ContentModel model = content;
        float[] expected =
                model == null || item == null ? null : model.vector(item).orElse(null);
        if (learned == null || expected == null || expected.length != learned.length) {
            return learned == null ? expected : learned;
        }
        float own = evidence.acted(slot) / (float) (evidence.acted(slot) + config.priorActions());
        float[] blend = new float[learned.length];
        for (int i = 0; i < blend.length; i++) {
            blend[i] = own * learned[i] + (1 - own) * expected[i];
        }
        return blend;
    }

    private boolean isNews(ColdItems next, int place, ColdItems before, long newsUntil) {
        int old = before.find(next.slots[place]);
        boolean news = old < 0
                || hasMoved(before.told[old], next.vectors[place])
                || next.chosen[place] > LIKED * before.toldChosen[old];
        next.told[place] = news ? next.vectors[place] : before.told[old];
        next.toldChosen[place] = news ? next.chosen[place] : before.toldChosen[old];
        next.newsUntil[place] = news ? newsUntil : before.newsUntil[old];
        return news;
    }

    /** As when there was news of it a moment ago: who was shown it for that has had no time to choose it yet. */
    private int shown(int slot, ColdItems before, long newsUntil) {
        int old = before.find(slot);
        boolean isRecent = newsUntil - before.newsUntil[old] < ColdItems.LATELY.toMillis();
        return isRecent ? before.shown[old] : evidence.shown(slot);
    }

    private static boolean hasMoved(float[] from, float[] to) {
        double moved = 0;
        double squares = 0;
        for (int i = 0; i < from.length; i++) {
            moved += (to[i] - from[i]) * (to[i] - from[i]);
            squares += from[i] * from[i];
        }
        return moved > NEWS * NEWS * squares;
    }

    /** How often what is shown is chosen, of all items together. */
    private double rate() {
        double shown = 20;
        double chosen = 1;
        for (int slot = 0; slot < catalogue.slots().size(); slot++) {
            shown += evidence.shown(slot);
            chosen += Math.min(evidence.chosen(slot), evidence.shown(slot));
        }
        return chosen / shown;
    }

    /** Grows when there is news of an item. */
    long revision() {
        return revision.get();
    }

    ColdItems items(ModelVersion version) {
        Shelf now = shelf;
        return now == null || !now.version().equals(version) ? ColdItems.NONE : now.items();
    }

    /** A prior for how often an item that is shown is chosen: above 0, below 1. */
    double usualRate() {
        Shelf now = shelf;
        return now == null ? 0.05 : Math.min(0.5, now.rate());
    }

    /** By which a cold item is served; null if it is none. */
    public float @Nullable [] vector(int slot, ModelVersion version) {
        return items(version).vector(slot);
    }
}
