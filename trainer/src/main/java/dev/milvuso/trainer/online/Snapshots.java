package dev.milvuso.trainer.online;

import dev.milvuso.trainer.parameter.PartImage;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Snapshots of the trainer that hold in a file of their own only what has changed since the one before; where the rest
 * lies is in the {@link SnapshotFile}, which is written last. One is written at a time.
 */
public final class Snapshots {
    private final SnapshotFile manifest;
    private final PartFiles files;
    private final BooleanSupplier mine;
    private Contents newest = Contents.NONE;
    private List<BitSet> due = List.of();

    /** In a directory that nobody else writes to. */
    public Snapshots(Path directory) {
        this(directory, () -> true);
    }

    /** @param mine whether the directory is still the caller's to write to: asked before anything in it is replaced */
    public Snapshots(Path directory, BooleanSupplier mine) {
        manifest = new SnapshotFile(directory);
        files = new PartFiles(directory);
        this.mine = mine;
    }

    /** Whether none has been read or written here yet. Not while one is being written. */
    boolean isEmpty() {
        return newest.groups().isEmpty();
    }

    Path directory() {
        return manifest.directory();
    }

    /**
     * Writes all of a core, although parts of it may lie in other snapshots.
     *
     * @throws UncheckedIOException as {@link #write}
     */
    void writeWhole(TrainerState state) {
        state.core().parts().changeAll();
        CoreImage image = freeze(state.core());
        try {
            write(state, image);
        } finally {
            // Where the core's own snapshots are, none of this is.
            state.core().parts().release(image, false);
        }
    }

    /**
     * What the next snapshot is to hold of a core, as it is now: what has moved since the last one, and what should be
     * written anew. Not while one is being written.
     */
    CoreImage freeze(OnlineCore core) {
        if (isEmpty()) {
            core.parts().changeAll();
        }
        return core.freeze(due);
    }

    /**
     * Writes a snapshot. Afterwards those of it and of the one before are the only files.
     *
     * @param state whose core is not looked at
     * @param image of the core
     * @throws UncheckedIOException if the disk refuses; what was there before is there still
     */
    void write(TrainerState state, CoreImage image) {
        try {
            Contents contents = writeParts(image.groups());
            manifest.write(out -> {
                state.write(out);
                out.writeInt(image.header().remaining());
                out.write(image.header().array());
                contents.write(out);
                checkMine();
            });
            Set<Long> kept = new HashSet<>(newest.files());
            use(contents);
            kept.addAll(contents.files());
            files.keepOnly(kept);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the trainer's snapshot cannot be written to " + manifest.directory() + ": " + e, e);
        }
    }

    private void use(Contents contents) {
        newest = contents;
        due = contents.due();
    }

    private void checkMine() throws IOException {
        if (!mine.getAsBoolean()) {
            throw new IOException("another trainer has the lease");
        }
    }

    private Contents writeParts(List<PartImage> groups) throws IOException {
        Set<Long> worn = newest.worn();
        List<PartGroup> written = new ArrayList<>();
        try (PartFiles.Growing file = files.create();
                PartFiles.Reader reader = files.reader()) {
            for (int group = 0; group < groups.size(); group++) {
                PartGroup before = newest.group(group);
                List<Place> parts = parts(groups.get(group), before, file);
                List<Piece> pieces = new ArrayList<>();
                for (Piece piece :
                        new PartGroup(parts, before.pieces()).pruned().pieces()) {
                    pieces.add(worn.contains(piece.place().file()) ? moved(piece, reader, file) : piece);
                }
                for (Iterator<ByteBuffer> more = groups.get(group).pieces(); more.hasNext(); ) {
                    pieces.add(new Piece(file.append(more.next()), file.number()));
                }
                written.add(new PartGroup(parts, pieces));
            }
            file.force();
        }
        return new Contents(written);
    }

    private static List<Place> parts(PartImage image, PartGroup before, PartFiles.Growing file) throws IOException {
        List<Place> places = new ArrayList<>();
        for (int part = 0; part < image.parts(); part++) {
            places.add(
                    image.whole().get(part)
                            ? file.append(image.part(part))
                            : before.parts().get(part));
        }
        return places;
    }

    /** A piece that was written before, in the newest file. */
    private Piece moved(Piece piece, PartFiles.Reader reader, PartFiles.Growing file) throws IOException {
        try {
            return new Piece(file.append(reader.read(piece.place())), piece.since());
        } catch (IOException e) {
            // Whether that is the disk's fault or a piece's: what can be written from memory needs no piece.
            use(Contents.NONE);
            throw e;
        }
    }

    /**
     * Reads the newest snapshot that is whole.
     *
     * @param fresh makes a core that has learnt nothing yet
     * @return empty if there never was one
     * @throws IllegalStateException saying why, if there are snapshots and none can be used
     */
    public Optional<TrainerState> read(Supplier<OnlineCore> fresh) {
        return manifest.read(in -> read(in, fresh.get()));
    }

    private TrainerState read(DataInputStream in, OnlineCore core) throws IOException {
        TrainerState state = TrainerState.read(in, core);
        byte[] header = in.readNBytes(in.readInt());
        Contents contents = Contents.read(in);
        ExecutorService readers =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try (PartFiles.Reader reader = files.reader()) {
            List<StoredParts> parts = new ArrayList<>();
            for (PartGroup group : contents.groups()) {
                parts.add(new StoredParts(group, reader, readers));
            }
            core.read(new DataInputStream(new ByteArrayInputStream(header)), parts);
        } finally {
            readers.shutdownNow();
        }
        use(contents);
        return state;
    }
}
