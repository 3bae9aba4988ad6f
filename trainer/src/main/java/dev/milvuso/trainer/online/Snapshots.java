package dev.milvuso.trainer.online;

import dev.milvuso.trainer.parameter.PartImage;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
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
        CoreImage image = state.core().freeze(List.of());
        try {
            write(state, image);
        } finally {
            // Where the core's own snapshots are, none of this is.
            state.core().parts().release(image, false);
        }
    }

    /** Parts that should be written anew although they have not changed, by group. Not while one is being written. */
    List<BitSet> worn() {
        return newest.worn();
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
            newest = contents;
            kept.addAll(contents.files());
            files.keepOnly(kept);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the trainer's snapshot cannot be written to " + manifest.directory() + ": " + e, e);
        }
    }

    private void checkMine() throws IOException {
        if (!mine.getAsBoolean()) {
            throw new IOException("another trainer has the lease");
        }
    }

    private Contents writeParts(List<PartImage> groups) throws IOException {
        List<List<Place>> places = new ArrayList<>();
        try (PartFiles.Growing file = files.create()) {
            for (int group = 0; group < groups.size(); group++) {
                places.add(writeGroup(group, groups.get(group), file));
            }
            file.force();
        }
        return new Contents(places);
    }

    private List<Place> writeGroup(int group, PartImage image, PartFiles.Growing file) throws IOException {
        List<Place> places = new ArrayList<>();
        for (int part = 0; part < image.parts(); part++) {
            boolean written = newest.has(group, part) && !image.changed().get(part);
            places.add(written ? newest.place(group, part) : file.append(image.part(part)));
        }
        return places;
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
            List<Ring.Parts> parts = new ArrayList<>();
            for (List<Place> places : contents.groups()) {
                parts.add(new ReadAhead(places, reader, readers));
            }
            core.read(new DataInputStream(new ByteArrayInputStream(header)), parts);
        } finally {
            readers.shutdownNow();
        }
        newest = contents;
        return state;
    }
}
