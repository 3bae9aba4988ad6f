package dev.milvuso.server.recommend;

import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.catalogue.ItemTable;
import dev.milvuso.server.sync.ServedModel;
import dev.milvuso.server.tier.memory.ItemIndex;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes lists that nobody gets, so that the compiler has seen to their making before anybody waits for one: until then
 * a search in the index costs a hundred times as much.
 */
public final class Rehearsal {
    private static final int ENOUGH = 3000;

    private final ServedModel model;
    private final Catalogue catalogue;
    private final Seen seen = new Seen();

    public Rehearsal(ServedModel model, Catalogue catalogue) {
        this.model = model;
        this.catalogue = catalogue;
    }

    /** A list to be made. */
    record Scene(float[] taste, Query query, ModelVersion version, Seen seen) {}

    /** @param most that it may take */
    void play(Duration most, Consumer<Scene> list) {
        Optional<ModelVersion> version = model.version();
        Optional<ItemIndex> index = version.flatMap(model::items);
        if (index.isEmpty()) {
            return;
        }
        long end = System.nanoTime() + most.toNanos();
        ItemTable items = catalogue.table();
        int slots = catalogue.slots().size();
        for (int made = 0; made < ENOUGH && made < slots && System.nanoTime() < end; made++) {
            float[] taste = index.get().vector(made);
            if (taste != null) {
                list.accept(new Scene(taste, query(items, made), version.get(), made % 2 == 0 ? Seen.NOTHING : seen));
                seen.add(catalogue.slots().id(made));
            }
        }
    }

    /** Of every kind of condition some. */
    private static Query query(ItemTable items, int slot) {
        var item = items.item(slot);
        Query plain = Query.of(10 + slot % 3);
        if (item == null || slot % 3 == 0) {
            return plain;
        }
        return slot % 3 == 1
                ? plain.tags(item.tags().stream().limit(1).toArray(String[]::new))
                : plain.categories(item.category().stream().toArray(String[]::new));
    }
}
