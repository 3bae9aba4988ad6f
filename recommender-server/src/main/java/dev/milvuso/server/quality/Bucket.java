package dev.milvuso.server.quality;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What was served within some stretch of time, as a whole and by each slice. Once it is over it is part of a longer one
 * too.
 */
final class Bucket {
    static final String OTHER = "other";

    /** Positions that are told apart; further ones count together. */
    private static final String[] POSITIONS =
            IntStream.rangeClosed(1, 20).mapToObj(String::valueOf).toArray(String[]::new);

    private final Tally all = new Tally();
    private final Map<Slice, Map<String, Tally>> slices = new EnumMap<>(Slice.class);
    private final @Nullable Bucket longer;
    private boolean over;

    /** @param longer the stretch of time that this one lies in; null if there is none */
    Bucket(@Nullable Bucket longer) {
        this.longer = longer;
    }

    /** From here on all that is counted here counts in the longer one too. To be called once. */
    void over() {
        over = true;
        if (longer != null) {
            longer.each(bucket -> bucket.add(this));
        }
    }

    /** This one, and those of longer stretches that have it in them already. */
    void each(Consumer<Bucket> use) {
        use.accept(this);
        if (over && longer != null) {
            longer.each(use);
        }
    }

    /** @param position from 0 */
    static String position(int position) {
        return position < POSITIONS.length ? POSITIONS[position] : "beyond";
    }

    Tally all() {
        return all;
    }

    Map<String, Tally> by(Slice slice) {
        return slices.getOrDefault(slice, Map.of());
    }

    private Tally at(Slice slice, String value) {
        Map<String, Tally> values = slices.computeIfAbsent(slice, unused -> new LinkedHashMap<>());
        Tally found = values.get(value);
        if (found != null) {
            return found;
        }
        return values.computeIfAbsent(values.size() < slice.most ? value : OTHER, unused -> new Tally());
    }

    /** The tallies in which the list as a whole counts. */
    void forList(OpenList list, Consumer<Tally> each) {
        each.accept(all);
        String version = list.modelVersion();
        each.accept(at(Slice.MODEL_VERSION, version.isEmpty() ? "none" : version));
        list.origin()
                .variants()
                .forEach((experiment, variant) -> each.accept(at(Slice.VARIANT, experiment + "/" + variant)));
    }

    /** The tallies in which the item at a position counts beside those of its list. */
    void forItem(OpenList list, int position, Consumer<Tally> each) {
        each.accept(at(Slice.SOURCE, list.source(position)));
        each.accept(at(Slice.POSITION, position(position)));
    }

    void add(Bucket other) {
        all.add(other.all);
        other.slices.forEach((slice, values) ->
                values.forEach((value, tally) -> at(slice, value).add(tally)));
    }
}
