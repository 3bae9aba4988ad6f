package dev.milvuso.server.recommend;

import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.server.catalogue.ItemSlots;
import dev.milvuso.server.sync.ServedModel;
import dev.milvuso.server.tier.Scored;
import dev.milvuso.server.tier.memory.ItemIndex;
import dev.milvuso.vector.index.Found;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The items nearest to the visitor's taste, from memory. While memory does not hold all of them the vector store is
 * asked at the same time, and the best of both are taken.
 *
 * @param stored asked for items that are not in memory
 * @param bulkhead the threads that wait for it
 * @param live whether the log has been read to the present, so that memory holds what it should
 */
public record PersonalItems(
        ServedModel model,
        ItemSlots slots,
        ItemSearch stored,
        Bulkhead bulkhead,
        BooleanSupplier live,
        double similarityThreshold)
        implements CandidateSource {
    public static final String NAME = "personal";

    /** How many more than asked for the vector store is asked for, since the catalogue filters afterwards. */
    private static final int SPARE = 200;

    private static final int MOST = 16384;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String explanation() {
        return "inner product of the learned vectors of user and item";
    }

    @Override
    public boolean isPersonal() {
        return true;
    }

    @Override
    public void collect(Visit visit, Candidates into, int self, int room) {
        float[] taste = visit.visitor().taste();
        if (taste == null || visit.version().isEmpty()) {
            return;
        }
        ModelVersion version = visit.version().get();
        Optional<ItemIndex> index = model.items(version);
        if (index.isPresent() && index.get().isWhole() && live.getAsBoolean()) {
            fromMemory(index.get(), taste, visit, into, self, room);
        } else {
            fromBoth(index, taste, version, visit, into, self, room);
        }
    }

    private void fromMemory(ItemIndex index, float[] taste, Visit visit, Candidates into, int self, int room) {
        Found found = index.search(taste, room, similarityThreshold, visit.fits());
        for (int i = 0; i < found.slots().length; i++) {
            into.add(found.slots()[i], found.scores()[i], self);
        }
    }

    private void fromBoth(
            Optional<ItemIndex> index,
            float[] taste,
            ModelVersion version,
            Visit visit,
            Candidates into,
            int self,
            int room) {
        int before = into.size();
        int k = Math.min(MOST, room + visit.fits().leftOut() + SPARE);
        Deadline.Asked<Optional<List<Scored>>> asked =
                visit.making().begin(bulkhead, visit, () -> Optional.of(stored.search(taste, k, version)));
        index.ifPresent(held -> fromMemory(held, taste, visit, into, self, room));
        for (Scored each : asked.await().orElse(List.of())) {
            int slot = slots.find(each.item());
            if (visit.fits().test(slot)) {
                into.add(slot, each.score(), self);
            }
        }
        visit.needed("milvus");
        into.sort(before, into.size());
        into.cut(before + room);
    }
}
