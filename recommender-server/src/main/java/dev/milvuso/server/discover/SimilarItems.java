package dev.milvuso.server.discover;

import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.item.Item;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.catalogue.ItemTable;
import dev.milvuso.server.recommend.BeyondMemory;
import dev.milvuso.server.recommend.Deadline;
import dev.milvuso.server.recommend.Making;
import dev.milvuso.server.recommend.Visit;
import dev.milvuso.server.sync.ServedModel;
import dev.milvuso.server.tier.Scored;
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
import java.util.stream.IntStream;

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

    /** Of the vector store, which sends their vectors. */
    private static final int MOST = 1000;

    private static final double TAGS = 0.7;

    private final Catalogue catalogue;
    private final ServedModel model;
    private final BeyondMemory beyond;
    private final int biases;

    /**
     * @param beyond asked for what memory does not hold
     * @param biases how many numbers at a vector's end are no taste
     */
    public SimilarItems(Catalogue catalogue, ServedModel model, BeyondMemory beyond, int biases) {
        this.catalogue = catalogue;
        this.model = model;
        this.beyond = beyond;
        this.biases = biases;
    }

    /**
     * @param item in the catalogue, by slot
     * @param visit whose list it is for
     */
    public Similar to(int item, int count, Visit visit) {
        IntPredicate others = slot -> slot != item && visit.fits().test(slot);
        Optional<ModelVersion> version = model.version();
        Optional<Similar> learned = version.flatMap(model::items)
                .flatMap(index -> learned(index, version.get(), item, count, others, visit.making()));
        return learned.orElseGet(() -> byContent(item, count, others));
    }

    private Optional<Similar> learned(
            ItemIndex index, ModelVersion version, int item, int count, IntPredicate others, Making making) {
        beyond.lend(index, version, IntStream.of(item), making);
        float[] vector = index.vector(item);
        if (vector == null) {
            return Optional.empty();
        }
        float[] taste = Arrays.copyOf(vector, vector.length);
        Arrays.fill(taste, vector.length - biases, vector.length, 0);
        int k = Math.max(LEAST, SPARE * count);
        Deadline.Asked<Optional<List<Scored>>> stored = index.isWhole()
                ? Optional::empty
                : beyond.begin(taste, Math.min(k, MOST), version, Set.of(), true, making);
        Found found = index.search(taste, k, -1, Selection.matching(others));
        List<Ranked> ranked = new ArrayList<>();
        for (int i = 0; i < found.slots().length; i++) {
            float[] other = index.vector(found.slots()[i]);
            if (other != null) {
                ranked.add(ranked(found.slots()[i], taste, other));
            }
        }
        for (Scored each : stored.await().orElse(List.of())) {
            int slot = catalogue.slots().find(each.item());
            float[] other = each.vector();
            if (other != null && others.test(slot) && index.heldVector(slot) == null) {
                ranked.add(ranked(slot, taste, other));
            }
        }
        ranked.sort(Ranked.BEST_FIRST);
        return Optional.of(new Similar(Source.LEARNED, ranked.subList(0, Math.min(count, ranked.size()))));
    }

    private Ranked ranked(int slot, float[] taste, float[] other) {
        return new Ranked(slot, (float) cosine(taste, other, taste.length - biases));
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
