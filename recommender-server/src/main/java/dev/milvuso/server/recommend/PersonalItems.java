package dev.milvuso.server.recommend;

import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.server.sync.ServedModel;
import dev.milvuso.server.tier.memory.ItemIndex;
import dev.milvuso.vector.index.Found;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;

/**
 * The items nearest to the visitor's taste, from memory. While memory does not hold all of them the vector store is
 * asked at the same time, and the best of both are taken.
 *
 * @param beyond asked for items that are not in memory
 * @param live whether the log has been read to the present, so that memory holds what it should
 * @param least how near an item must be
 */
public record PersonalItems(ServedModel model, BeyondMemory beyond, BooleanSupplier live, LeastCosine least)
        implements CandidateSource {
    public static final String NAME = "personal";

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
        Found found = index.search(taste, room, least.least(), visit.fits());
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
        ItemIndex held = index.orElse(null);
        // Until the log has been read memory does not know what it does not hold.
        IntPredicate elsewhere = held == null || !live.getAsBoolean() ? slot -> true : held::lacks;
        NearestStored farther = new NearestStored(beyond, held, elsewhere, taste, version, visit, least, room);
        farther.begin();
        if (held != null) {
            fromMemory(held, taste, visit, into, self, room);
        }
        farther.collect(into, self, before);
        visit.needed("milvus");
        into.sort(before, into.size());
        into.cut(before + room);
        farther.lend(into, before);
    }
}
