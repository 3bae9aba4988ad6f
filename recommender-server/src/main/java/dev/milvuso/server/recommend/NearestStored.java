package dev.milvuso.server.recommend;

import dev.milvuso.action.ItemId;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.server.tier.Scored;
import dev.milvuso.server.tier.StoredItems;
import dev.milvuso.server.tier.memory.ItemIndex;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The nearest items for one request that the vector store has. It knows nothing of what fits: where few items fit that
 * memory does not hold, their vectors are read and compared one by one; else the nearest of all are searched for, more
 * and more of them until what is missing could not enter the list any more. For one thread.
 */
final class NearestStored {
    /** So many vectors are rather read than searched for. */
    private static final int FEW = 1000;

    /** How many more than needed are searched for at first. */
    private static final int SPARE = 200;

    /** Of more the vectors are not worth sending: those that enter the list are read afterwards. */
    private static final int LOCATED = 1000;

    private static final int WIDER = 4;

    private final BeyondMemory beyond;
    private final @Nullable ItemIndex index;
    private final IntPredicate elsewhere;
    private final float[] taste;
    private final ModelVersion version;
    private final Visit visit;
    private final LeastCosine least;
    private final int room;
    private final Set<ItemId> leftOut;
    private final LocatedItems located = new LocatedItems();
    private int k;
    private int @Nullable [] few;
    private Deadline.Asked<Optional<Map<ItemId, float[]>>> vectors = Optional::empty;
    private Deadline.Asked<Optional<List<Scored>>> hits = Optional::empty;

    /**
     * @param index what memory holds; null if that is nothing
     * @param elsewhere whether an item that memory does not hold may be in the store, by slot
     * @param room how many at most
     */
    NearestStored(
            BeyondMemory beyond,
            @Nullable ItemIndex index,
            IntPredicate elsewhere,
            float[] taste,
            ModelVersion version,
            Visit visit,
            LeastCosine least,
            int room) {
        this.beyond = beyond;
        this.index = index;
        this.elsewhere = elsewhere;
        this.taste = taste;
        this.version = version;
        this.visit = visit;
        this.least = least;
        this.room = room;
        Set<ItemId> excluded = visit.query().excluded();
        this.leftOut = excluded.size() <= FEW ? excluded : Set.of();
    }

    /** Asks the store, which may answer while something else is done. */
    void begin() {
        int count = visit.fits().count();
        few = count >= 0 && count <= FEW ? fewFitting() : null;
        if (few == null) {
            search(firstK(count));
        } else {
            read(few);
        }
    }

    private int firstK(int count) {
        double rarity = count > 0 && index != null ? Math.max(1, index.size() / (double) count) : 1;
        return (int) Math.min(StoredItems.MOST, room * rarity + visit.fits().leftOut() + SPARE);
    }

    private void search(int most) {
        k = most;
        hits = beyond.begin(taste, k, version, leftOut, k <= LOCATED || least.least() > -1, visit.making());
    }

    private void read(int[] slots) {
        vectors = slots.length == 0 ? Optional::empty : beyond.begin(slots, version, visit.making());
    }

    /** The items that fit and that memory does not hold; null if they are many. */
    private int @Nullable [] fewFitting() {
        if (index == null) {
            return null;
        }
        Fits fits = visit.fits();
        int[] fitting = new int[FEW];
        int count = 0;
        IntStream asked = fits.count() >= 0
                ? fits.slots()
                : IntStream.range(0, beyond.slots().size());
        PrimitiveIterator.OfInt all = asked.iterator();
        while (all.hasNext()) {
            int slot = all.nextInt();
            if (index.heldVector(slot) == null && fits.test(slot) && elsewhere.test(slot)) {
                if (count == FEW) {
                    return null;
                }
                fitting[count++] = slot;
            }
        }
        return Arrays.copyOf(fitting, count);
    }

    /**
     * Adds what was found.
     *
     * @param from the row from which on there is what memory has found
     */
    void collect(Candidates into, int self, int from) {
        if (few != null && index != null) {
            addFew(index, few, into, self);
            return;
        }
        boolean counted = false;
        while (true) {
            List<Scored> found = hits.await().orElse(List.of());
            addAll(found, into, self);
            if (found.size() < k || k == StoredItems.MOST || isEnough(found, into, from)) {
                return;
            }
            few = counted ? null : fewFitting();
            counted = true;
            if (few != null && index != null) {
                read(few);
                addFew(index, few, into, self);
                return;
            }
            search(Math.min(StoredItems.MOST, WIDER * k));
        }
    }

    /** Whether nothing that is farther away than all these could be among the best. */
    private boolean isEnough(List<Scored> found, Candidates into, int from) {
        float farthest = found.get(found.size() - 1).score();
        int better = 0;
        for (int row = from; row < into.size(); row++) {
            better += into.score(row) >= farthest ? 1 : 0;
        }
        return better >= room;
    }

    private void addAll(List<Scored> hits, Candidates into, int self) {
        for (Scored each : hits) {
            int slot = beyond.slots().find(each.item());
            float[] vector = each.vector();
            boolean isWanted = visit.fits().test(slot) && (vector == null || isNear(vector));
            if (isWanted && into.add(slot, each.score(), self) && vector != null) {
                located.add(slot, vector);
            }
        }
    }

    private void addFew(ItemIndex held, int[] slots, Candidates into, int self) {
        Map<ItemId, float[]> read = vectors.await().orElse(Map.of());
        for (int slot : slots) {
            float[] vector = read.get(beyond.slots().id(slot));
            if (vector != null && isNear(vector) && into.add(slot, held.score(taste, vector), self)) {
                located.add(slot, vector);
            }
        }
    }

    private boolean isNear(float[] vector) {
        return vector.length == taste.length && least.allows(taste, vector);
    }

    /** Lends the index the vectors of those that are still there, for whoever arranges the list. */
    void lend(Candidates into, int from) {
        if (index == null || index.isWhole()) {
            return;
        }
        located.lend(index, into);
        beyond.lend(index, version, IntStream.range(from, into.size()).map(into::slot), visit.making());
    }
}
