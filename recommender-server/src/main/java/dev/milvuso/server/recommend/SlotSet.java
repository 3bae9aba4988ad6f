package dev.milvuso.server.recommend;

import java.util.Arrays;

/** Some hundreds of slots. For one thread. */
final class SlotSet {
    private int[] table = new int[1024];
    private int size;

    /** @return whether it is new */
    boolean add(int slot) {
        int place = place(table, slot);
        if (table[place] != 0) {
            return false;
        }
        table[place] = slot + 1;
        if (2 * ++size > table.length) {
            grow();
        }
        return true;
    }

    private void grow() {
        int[] grown = new int[2 * table.length];
        for (int each : table) {
            if (each != 0) {
                grown[place(grown, each - 1)] = each;
            }
        }
        table = grown;
    }

    boolean contains(int slot) {
        return table[place(table, slot)] != 0;
    }

    private static int place(int[] table, int slot) {
        int mask = table.length - 1;
        int place = ((slot * 0x9e3779b9) >>> 7) & mask;
        while (table[place] != 0 && table[place] != slot + 1) {
            place = (place + 1) & mask;
        }
        return place;
    }

    /** Empties it. */
    void clear() {
        if (size > 0) {
            Arrays.fill(table, 0);
            size = 0;
        }
    }
}
