package dev.milvuso.server.discover;

import dev.milvuso.item.Item;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.catalogue.ItemTable;
import dev.milvuso.server.sync.ServedModel;
import dev.milvuso.server.tier.memory.ItemIndex;
import dev.milvuso.vector.index.Found;
import dev.milvuso.vector.index.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;

/**
 * What is like an item: by learned vectors, whose biases say nothing of likeness and are left out; by the site's own
 * content vectors if the item has not been learned; else by shared tags and category.
 */
public final class SimilarItems {
    /** How an answer came about; its name in lower case is the answer's {@code source}. */
    public enum Source {
        LEARNED,
        EMBEDDING,
        CONTENT
    }

    /** The items, best first, cosines or, of {@code CONTENT}, shares of what both have. */
    public record Similar(Source source, List<Ranked> items) {}

    /** The nearest by the model's metric are looked at again by their cosine: so many times what is asked for. */
    private static final int SPARE = 10;

    private static final int LEAST = 200;
    private static final double TAGS = 0.7;

    private final Catalogue catalogue;
    private final ServedModel model;
    private final int biases;

    /** @param biases how many numbers at a vector's end are no taste */
    public SimilarItems(Catalogue catalogue, ServedModel model, int biases) {
        this.catalogue = catalogue;
        this.model = model;
        this.biases = biases;
    }

    /** @param item in the catalogue, by slot */
    public Similar to(int item, int count, IntPredicate wanted) {
        IntPredicate others = slot -> slot != item && wanted.test(slot);
        Optional<Similar> learned =
                model.version().flatMap(model::items).flatMap(index -> learned(index, item, count, others));
        return learned.orElseGet(() -> byContent(item, count, others));
    }

    private Optional<Similar> learned(ItemIndex index, int item, int count, IntPredicate others) {
        float[] vector = index.vector(item);
        if (vector == null) {
            return Optional.empty();
        }
        float[] taste = Arrays.copyOf(vector, vector.length);
        Arrays.fill(taste, vector.length - biases, vector.length, 0);
        Found found = index.search(taste, Math.max(LEAST, SPARE * count), -1, Selection.matching(others));
        List<Ranked> ranked = new ArrayList<>();
        for (int i = 0; i < found.slots().length; i++) {
            float[] other = index.vector(found.slots()[i]);
            if (other != null) {
                ranked.add(new Ranked(found.slots()[i], (float) cosine(taste, other, taste.length - biases)));
            }
        }
        ranked.sort(Ranked.BEST_FIRST);
        return Optional.of(new Similar(Source.LEARNED, ranked.subList(0, Math.min(count, ranked.size()))));
    }

    private Similar byContent(int item, int count, IntPredicate others) {
        ItemTable items = catalogue.table();
        Item one = items.item(item);
        if (one == null) {
            return new Similar(Source.CONTENT, List.of());
        }
        Optional<float[]> embedding = one.embedding();
        if (embedding.isPresent()) {
            return new Similar(Source.EMBEDDING, best(count, others, slot -> likeness(embedding.get(), slot)));
        }
        Set<String> tags = new HashSet<>(one.tags());
        return new Similar(Source.CONTENT, best(count, others, slot -> {
            Item other = items.item(slot);
            return other == null ? 0 : shared(one, tags, other);
        }));
    }

    private double likeness(float[] vector, int slot) {
        Item other = catalogue.table().item(slot);
        return other == null
                ? 0
                : other.embedding()
                        .filter(theirs -> theirs.length == vector.length)
                        .map(theirs -> cosine(vector, theirs, vector.length))
                        .orElse(0.0);
    }

    private static double shared(Item one, Set<String> tags, Item other) {
        long both = other.tags().stream().filter(tags::contains).count();
        double union = tags.size() + other.tags().size() - both;
        boolean sameCategory = one.category().isPresent() && one.category().equals(other.category());
        return (union == 0 ? 0 : TAGS * both / union) + (sameCategory ? 1 - TAGS : 0);
    }

    /** Those above 0. */
    private List<Ranked> best(int count, IntPredicate others, IntToDoubleFunction likeness) {
        PriorityQueue<Ranked> best =
                new PriorityQueue<>(Comparator.comparing(each -> each, Ranked.BEST_FIRST.reversed()));
        int size = catalogue.slots().size();
        for (int slot = 0; slot < size; slot++) {
            if (others.test(slot)) {
                float score = (float) likeness.applyAsDouble(slot);
                if (score > 0 && (best.size() < count || score > best.element().score())) {
                    best.add(new Ranked(slot, score));
                    if (best.size() > count) {
                        best.remove();
                    }
                }
            }
        }
        List<Ranked> all = new ArrayList<>(best);
        all.sort(Ranked.BEST_FIRST);
        return all;
    }

    /** Of the first {@code length} numbers; 0 if one of both is nothing but zeros. */
    public static double cosine(float[] one, float[] other, int length) {
        double product = 0;
        double mine = 0;
        double theirs = 0;
        for (int i = 0; i < length; i++) {
            product += one[i] * other[i];
            mine += one[i] * one[i];
            theirs += other[i] * other[i];
        }
        return mine == 0 || theirs == 0 ? 0 : product / Math.sqrt(mine * theirs);
    }
}
