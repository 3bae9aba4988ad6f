package dev.milvuso.server.catalogue;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The slots of the items that have a category or a tag, by its code. One writer at a time; a reader may still see an
 * item that has just lost it, or not yet one that has just got it.
 */
public final class Postings {
    private static final int ROOM = 4;

    /** Slots that only become more in place; what loses one is made anew. */
    private static final class Slots {
        private volatile int[] slots;
        private volatile int size;

        Slots(int[] slots) {
            this.slots = slots;
            this.size = slots.length;
        }

        void add(int slot) {
            int next = size;
            if (next == slots.length) {
                slots = Arrays.copyOf(slots, Math.max(ROOM, 2 * next));
            }
            slots[next] = slot;
            size = next + 1; // a volatile write, after the slot's
        }

        IntStream all() {
            int end = size; // read before the array, which is never shorter than it was then
            return Arrays.stream(slots, 0, end);
        }
    }

    private final ConcurrentHashMap<Integer, Slots> byCode = new ConcurrentHashMap<>();

    /** The item has lost the one codes and got the others; where they are the same it stays where it is. */
    void move(int slot, int[] before, int[] after) {
        for (int code : before) {
            if (!contains(after, code)) {
                remove(code, slot);
            }
        }
        for (int code : after) {
            if (!contains(before, code)) {
                add(code, slot);
            }
        }
    }

    private static boolean contains(int[] codes, int code) {
        for (int each : codes) {
            if (each == code) {
                return true;
            }
        }
        return false;
    }

    private void add(int code, int slot) {
        Slots slots = byCode.get(code);
        if (slots == null) {
            byCode.put(code, new Slots(new int[] {slot}));
        } else {
            slots.add(slot);
        }
    }

    private void remove(int code, int slot) {
        byCode.computeIfPresent(
                code,
                (same, slots) ->
                        new Slots(slots.all().filter(each -> each != slot).toArray()));
    }

    /** How many items have it, or had it lately. */
    public int count(int code) {
        @Nullable Slots slots = byCode.get(code);
        return slots == null ? 0 : slots.size;
    }

    /** Each once. */
    public IntStream slots(int code) {
        @Nullable Slots slots = byCode.get(code);
        return slots == null ? IntStream.empty() : slots.all();
    }
}
