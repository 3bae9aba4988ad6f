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
 * @param groups the parts of each group, in order
 */
record Contents(List<List<Place>> groups) {
    static final Contents NONE = new Contents(List.of());

    /** A file is worn when less than this share of it is named still. */
    private static final double WORN = 0.5;

    /** The place of a part, if there is one. */
    boolean has(int group, int part) {
        return group < groups.size() && part < groups.get(group).size();
    }

    Place place(int group, int part) {
        return groups.get(group).get(part);
    }

    Set<Long> files() {
        Set<Long> files = new HashSet<>();
        groups.forEach(places -> places.forEach(place -> files.add(place.file())));
        return files;
    }

    /**
     * The parts that lie in files of which less than half is in use, by group: once they are written anew, the files
     * can go, so that all files together are never much more than twice what they hold.
     */
    List<BitSet> worn() {
        Map<Long, Long> used = new HashMap<>();
        Map<Long, Long> ends = new HashMap<>();
        groups.forEach(places -> places.forEach(place -> {
            used.merge(place.file(), (long) place.length(), Long::sum);
            ends.merge(place.file(), place.offset() + place.length(), Math::max);
        }));
        List<BitSet> worn = new ArrayList<>();
        for (List<Place> places : groups) {
            BitSet parts = new BitSet();
            for (int part = 0; part < places.size(); part++) {
                long file = places.get(part).file();
                parts.set(part, used.getOrDefault(file, 0L) < WORN * ends.getOrDefault(file, 0L));
            }
            worn.add(parts);
        }
        return worn;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(groups.size());
        for (List<Place> places : groups) {
            out.writeInt(places.size());
            for (Place place : places) {
                place.write(out);
            }
        }
    }

    static Contents read(DataInput in) throws IOException {
        List<List<Place>> groups = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            List<Place> places = new ArrayList<>();
            for (int parts = in.readInt(); parts > 0; parts--) {
                places.add(Place.read(in));
            }
            groups.add(places);
        }
        return new Contents(groups);
    }
}
