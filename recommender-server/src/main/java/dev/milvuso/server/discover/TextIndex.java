package dev.milvuso.server.discover;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.milvuso.item.Item;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.catalogue.ItemTable;
import dev.milvuso.server.recommend.SlotSums;
import dev.milvuso.vector.text.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue's texts by word, ordered by BM25 (Robertson and Zaragoza 2009) over title, tags, category and
 * description, where a word of the title counts as three. Follows the catalogue; a text is found a moment after its
 * item was written. Safe for use by many threads.
 */
public final class TextIndex implements Runnable {
    private static final double K1 = 1.2;
    private static final double B = 0.75;
    private static final int TITLE = 3;
    private static final int AT_ONCE = 500;
    private static final int MOST_WORDS = 64;

    /** Of an item the rarest words that others have too, for its likeness to them, and what is looked at for it. */
    private static final int TELLING = 24;

    private static final int LOOKED_AT = 20_000;

    /** The words of so many items are kept, so many of each. */
    private static final int KEPT = 10_000;

    private static final int LONGEST = 256;

    private record Words(Item item, List<String> all) {}

    private final Catalogue catalogue;
    private final Tokenizer tokenizer = Tokenizer.words();
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<String, Postings> words = new HashMap<>();
    private final Cache<Integer, Words> wordsOf =
            Caffeine.newBuilder().maximumSize(KEPT).build();
    private @Nullable Item[] indexed = new Item[0];
    private int[] lengths = {};
    private long[] changes = {};
    private long documents;
    private long tokens;
    private long revision = -1;

    public TextIndex(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Takes over what has changed. For one thread at a time. */
    @Override
    public void run() {
        long now = catalogue.revision();
        if (now == revision) {
            return;
        }
        int size = catalogue.slots().size();
        for (int from = 0; from < size; from += AT_ONCE) {
            follow(from, Math.min(size, from + AT_ONCE));
        }
        revision = now;
    }

    private void follow(int from, int to) {
        ItemTable items = catalogue.table();
        room(to);
        for (int slot = from; slot < to; slot++) {
            long change = items.change(slot);
            if (change != changes[slot]) {
                changes[slot] = change;
                Item before = indexed[slot];
                Item item = items.item(slot);
                exchange(
                        slot, before == null ? Map.of() : counts(before), item, item == null ? Map.of() : counts(item));
            }
        }
    }

    private void room(int slots) {
        if (slots > indexed.length) {
            lock.writeLock().lock();
            try {
                int room = Math.max(slots, Math.max(1024, 2 * indexed.length));
                indexed = Arrays.copyOf(indexed, room);
                lengths = Arrays.copyOf(lengths, room);
                changes = Arrays.copyOf(changes, room);
            } finally {
                lock.writeLock().unlock();
            }
        }
    }

    private void exchange(int slot, Map<String, Integer> old, @Nullable Item item, Map<String, Integer> fresh) {
        lock.writeLock().lock();
        try {
            old.keySet().forEach(word -> remove(word, slot));
            fresh.forEach((word, count) ->
                    words.computeIfAbsent(word, unused -> new Postings()).add(slot, count));
            documents += (item == null ? 0 : 1) - (indexed[slot] == null ? 0 : 1);
            tokens -= lengths[slot];
            lengths[slot] = fresh.values().stream().mapToInt(Integer::intValue).sum();
            tokens += lengths[slot];
            indexed[slot] = item;
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void remove(String word, int slot) {
        Postings postings = words.get(word);
        if (postings != null) {
            postings.remove(slot);
            if (postings.size() == 0) {
                words.remove(word);
            }
        }
    }

    private Map<String, Integer> counts(Item item) {
        Map<String, Integer> counts = new HashMap<>();
        count(item.title().orElse(""), TITLE, counts);
        count(String.join(" ", item.tags()), 1, counts);
        count(item.category().orElse(""), 1, counts);
        count(item.description().orElse(""), 1, counts);
        return counts;
    }

    private void count(String text, int weight, Map<String, Integer> into) {
        tokenizer.tokens(text).forEach(word -> into.merge(word, weight, Integer::sum));
    }

    /** @return at most so many, best first, equal scores by slot; none if no word of the text is known */
    public List<Ranked> search(String text, int count, IntPredicate wanted) {
        List<String> asked =
                tokenizer.tokens(text).stream().distinct().limit(MOST_WORDS).toList();
        lock.readLock().lock();
        try {
            Map<Integer, Double> scores = new HashMap<>();
            for (String word : asked) {
                Postings postings = words.get(word);
                if (postings != null) {
                    add(postings, scores, wanted);
                }
            }
            return scores.entrySet().stream()
                    .map(each -> new Ranked(each.getKey(), each.getValue().floatValue()))
                    .sorted(Ranked.BEST_FIRST)
                    .limit(count)
                    .collect(Collectors.toList());
        } finally {
            lock.readLock().unlock();
        }
    }

    private void add(Postings postings, Map<Integer, Double> scores, IntPredicate wanted) {
        double rarity = rarity(postings);
        double average = averageLength();
        for (int i = 0; i < postings.size(); i++) {
            if (wanted.test(postings.slot(i))) {
                scores.merge(postings.slot(i), rarity * weight(postings, i, average), Double::sum);
            }
        }
    }

    private double rarity(Postings postings) {
        return Math.log1p((documents - postings.size() + 0.5) / (postings.size() + 0.5));
    }

    private double averageLength() {
        return Math.max(1, (double) tokens / Math.max(1, documents));
    }

    private double weight(Postings postings, int i, double average) {
        double length = K1 * (1 - B + B * lengths[postings.slot(i)] / average);
        double frequency = postings.count(i);
        return frequency * (K1 + 1) / (frequency + length);
    }

    /**
     * Adds to every item what a search for the rarest words of one item gives it, that item included. Of words that
     * very many have not one is looked at.
     */
    public void alike(int slot, SlotSums into) {
        lock.readLock().lock();
        try {
            Item item = slot >= 0 && slot < indexed.length ? indexed[slot] : null;
            if (item == null) {
                return;
            }
            double average = averageLength();
            int left = LOOKED_AT;
            for (Postings postings : telling(slot, item)) {
                if (postings.size() <= left) {
                    left -= postings.size();
                    double rarity = rarity(postings);
                    for (int i = 0; i < postings.size(); i++) {
                        into.add(postings.slot(i), (float) (rarity * weight(postings, i, average)));
                    }
                }
            }
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Of its words that others have too the rarest, the rarest first. */
    private List<Postings> telling(int slot, Item item) {
        Words known = wordsOf.getIfPresent(slot);
        if (known == null || !known.item().equals(item)) {
            known = new Words(
                    item, counts(item).keySet().stream().sorted().limit(LONGEST).toList());
            wordsOf.put(slot, known);
        }
        List<Postings> shared = new ArrayList<>();
        for (String word : known.all()) {
            Postings postings = words.get(word);
            if (postings != null && postings.size() > 1) {
                shared.add(postings);
            }
        }
        shared.sort(Comparator.comparingInt(Postings::size));
        return shared.subList(0, Math.min(TELLING, shared.size()));
    }
}
