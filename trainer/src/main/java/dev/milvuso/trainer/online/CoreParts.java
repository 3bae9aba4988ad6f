package dev.milvuso.trainer.online;

import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.parameter.ParameterTable;
import dev.milvuso.trainer.parameter.Sightings;
import dev.milvuso.trainer.parameter.StoredTable;
import dev.milvuso.trainer.ranker.OnlineRanker;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;

/** What of a core is large and goes into snapshots part by part, only where it has changed. For one thread. */
record CoreParts(
        FactorModel model,
        RecentIds recent,
        Rehearsal rehearsal,
        Sightings userSightings,
        Sightings itemSightings,
        OnlineRanker ranker) {
    /** Its group; snapshots of before it was there have none. */
    private static final int RANKER = 6;

    /**
     * All parts as they are now, however learning goes on; in the image are those that changed since the last one and
     * these.
     *
     * @param header what is not in parts
     * @param more further parts to be in the image, by group; may name fewer groups than there are
     */
    CoreImage freeze(ByteBuffer header, List<BitSet> more) {
        List<Consumer<BitSet>> groups = changes();
        for (int group = 0; group < more.size(); group++) {
            groups.get(group).accept(more.get(group));
        }
        return new CoreImage(
                header,
                model.users().moves().freeze(),
                model.items().moves().freeze(),
                List.of(recent.image(), rehearsal.image(), image(userSightings), image(itemSightings), image(ranker)));
    }

    private static EagerImage image(OnlineRanker ranker) {
        EagerImage image = new EagerImage(ranker.parts(), ranker.changed(), ranker::part);
        ranker.kept();
        return image;
    }

    private static EagerImage image(Sightings sightings) {
        EagerImage image = new EagerImage(sightings.parts(), sightings.changed(), sightings::part);
        sightings.kept();
        return image;
    }

    /**
     * Ends an image.
     *
     * @param kept whether it is on the disk; if not, what it holds counts as changed still
     */
    void release(CoreImage image, boolean kept) {
        model.users().moves().release(image.users(), kept);
        model.items().moves().release(image.items(), kept);
        if (!kept) {
            List<Consumer<BitSet>> groups = changes();
            for (int group = 0; group < groups.size(); group++) {
                groups.get(group).accept(image.groups().get(group).whole());
            }
        }
    }

    /** What counts parts as changed, in the order of {@link CoreImage#groups}. */
    private List<Consumer<BitSet>> changes() {
        return List.of(
                model.users().moves()::chunks,
                model.items().moves()::chunks,
                recent::change,
                rehearsal::change,
                userSightings.changed()::or,
                itemSightings.changed()::or,
                ranker.changed()::or);
    }

    /** From now on everything counts as changed. */
    void changeAll() {
        model.users().moves().all();
        model.items().moves().all();
        recent.changeAll();
        rehearsal.changeAll();
        userSightings.changeAll();
        itemSightings.changeAll();
        ranker.changeAll();
    }

    /** Writes what says how the parts are put together. */
    void writeShapes(DataOutput out) throws IOException {
        new StoredTable(model.users()).writeShape(out);
        new StoredTable(model.items()).writeShape(out);
        recent.write(out);
        rehearsal.write(out);
        userSightings.write(out);
        itemSightings.write(out);
    }

    /**
     * Takes what an image held into a core that has learnt nothing yet.
     *
     * @param shapes as they were written
     * @param parts of each group
     */
    void read(DataInput shapes, List<StoredParts> parts) throws IOException {
        restore(model.users(), shapes, parts.get(0));
        restore(model.items(), shapes, parts.get(1));
        recent.restore(shapes, parts.get(2));
        rehearsal.restore(shapes, parts.get(3));
        restore(userSightings, shapes, parts.get(4));
        restore(itemSightings, shapes, parts.get(5));
        if (parts.size() > RANKER) {
            restore(parts.get(RANKER));
        }
        rehearsal.inOrder((user, item, weight, generations) -> ranker.recall(user, item));
    }

    private void restore(StoredParts parts) throws IOException {
        for (int part = 0; part < parts.parts(); part++) {
            ranker.restore(part, parts.part(part));
        }
    }

    private static void restore(ParameterTable table, DataInput shapes, StoredParts parts) throws IOException {
        StoredTable stored = new StoredTable(table);
        int chunks = stored.readShape(shapes);
        for (int chunk = 0; chunk < chunks; chunk++) {
            stored.put(parts.part(chunk), any -> true);
        }
        for (int n = 0; n < parts.pieces(); n++) {
            int piece = n;
            stored.put(parts.piece(n), chunk -> parts.isOlder(chunk, piece));
        }
        stored.finish();
    }

    private static void restore(Sightings sightings, DataInput shapes, Ring.Parts parts) throws IOException {
        int written = sightings.read(shapes);
        for (int part = 0; part < Math.min(written, sightings.parts()); part++) {
            sightings.restore(part, parts.part(part));
        }
    }
}
