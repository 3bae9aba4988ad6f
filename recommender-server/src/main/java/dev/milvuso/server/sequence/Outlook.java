package dev.milvuso.server.sequence;

import dev.milvuso.server.recommend.Visit;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How likely which items come next for one visitor, by slot. Used again and again; for one thread at a time. */
final class Outlook {
    /** Slots plus one; 0 is an empty place. */
    private int[] keys = new int[1024];

    private float[] values = new float[1024];
    private int[] places = new int[256];
    private int size;
    private float[] room = new float[256];
    private @Nullable WeakReference<Visit> visit;

    /** As many numbers of any value, for whoever has the outlook. */
    float[] room(int count) {
        if (count > room.length) {
            room = new float[Math.max(count, 2 * room.length)];
        }
        return room;
    }

    boolean isOf(Visit other) {
        return visit != null && visit.refersTo(other);
    }

    /** Forgets all; what comes from now on is of this visit. */
    void begin(Visit other) {
        clear();
        visit = new WeakReference<>(other);
    }

    private void clear() {
        for (int i = 0; i < size; i++) {
            keys[places[i]] = 0;
        }
        size = 0;
    }

    void add(int slot, float probability) {
        int place = place(keys, slot);
        if (keys[place] == 0) {
            if (size == places.length) {
                places = Arrays.copyOf(places, 2 * size);
            }
            keys[place] = slot + 1;
            values[place] = probability;
            places[size++] = place;
            if (2 * size > keys.length) {
                grow();
            }
        } else {
            values[place] += probability;
        }
    }

    private void grow() {
        int[] grown = new int[2 * keys.length];
        float[] grownValues = new float[grown.length];
        for (int i = 0; i < size; i++) {
            int place = place(grown, keys[places[i]] - 1);
            grown[place] = keys[places[i]];
            grownValues[place] = values[places[i]];
            places[i] = place;
        }
        keys = grown;
        values = grownValues;
    }

    int size() {
        return size;
    }

    /** @param i below {@link #size} */
    int slot(int i) {
        return keys[places[i]] - 1;
    }

    /** @param i below {@link #size} */
    float probability(int i) {
        return values[places[i]];
    }

    /** 0 for an item that is not expected. */
    float of(int slot) {
        int place = place(keys, slot);
        return keys[place] == 0 ? 0 : values[place];
    }

    private static int place(int[] keys, int slot) {
        int mask = keys.length - 1;
        int place = ((slot * 0x9e3779b9) >>> 7) & mask;
        while (keys[place] != 0 && keys[place] != slot + 1) {
            place = (place + 1) & mask;
        }
        return place;
    }
}
