package dev.milvuso.trainer.online;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where all parts of a snapshot lie: its table of contents.
 *
 * @param groups in the order of the image's
 */
record Contents(List<PartGroup> groups) {
    static final Contents NONE = new Contents(List.of());

    /** A file is worn when less than this share of it is named still. */
    private static final double WORN = 0.5;

    /** What it says of a group, as far as it says anything. */
    PartGroup group(int number) {
        return number < groups.size() ? groups.get(number) : new PartGroup(List.of(), List.of());
    }

    Set<Long> files() {
        Set<Long> files = new HashSet<>();
        groups.forEach(group -> group.places().forEach(place -> files.add(place.file())));
        return files;
    }

    /**
     * The files of which less than half is in use: once that is written anew, they can go, so that all files together
     * are never much more than twice what they hold.
     */
    Set<Long> worn() {
        Map<Long, Long> used = new HashMap<>();
        Map<Long, Long> ends = new HashMap<>();
        groups.forEach(group -> group.places().forEach(place -> {
            used.merge(place.file(), (long) place.length(), Long::sum);
            ends.merge(place.file(), place.offset() + place.length(), Math::max);
        }));
        used.keySet().removeIf(file -> used.getOrDefault(file, 0L) >= WORN * ends.getOrDefault(file, 0L));
        return used.keySet();
    }

    /** The parts that the next snapshot should hold anew although nothing in them may have changed, by group. */
    List<BitSet> due() {
        Set<Long> worn = worn();
        List<BitSet> due = new ArrayList<>();
        for (PartGroup group : groups) {
            BitSet parts = group.turn();
            for (int part = 0; part < group.parts().size(); part++) {
                if (worn.contains(group.parts().get(part).file())) {
                    parts.set(part);
                }
            }
            due.add(parts);
        }
        return due;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(groups.size());
        for (PartGroup group : groups) {
            group.write(out);
        }
    }

    static Contents read(DataInput in) throws IOException {
        List<PartGroup> groups = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            groups.add(PartGroup.read(in));
        }
        return new Contents(groups);
    }
}
