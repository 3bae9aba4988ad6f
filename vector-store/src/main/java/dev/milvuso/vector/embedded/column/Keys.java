package dev.milvuso.vector.embedded.column;

import dev.milvuso.vector.Field;
import dev.milvuso.vector.Id;
import java.util.Arrays;
import java.util.Collection;

/** The keys of a table's rows by slot, and the slots by key. Any number of threads may read it while nobody writes. */
public final class Keys {
    private static final int FEW = 16;
    private static final int EMPTY = -1;
    /** Of one that is no more: what stood behind it is still found. */
    private static final int GONE = -2;

    /** A tag of {@link #tags}; others are below 0. */
    private static final byte NO_TAG = 0;

    private static final byte GONE_TAG = 1;

    private final KeyValues values;
    private int[] places = emptied(FEW);
    /** By place, seven bits of the key's hash: which of some keys in a row it may be is known without their memory. */
    private byte[] tags = new byte[FEW];
    /** Places that are not empty. */
    private int taken;

    private int count;

    private Keys(KeyValues values) {
        this.values = values;
    }

    /** @param type of the key field */
    public static Keys of(Field.Type type) {
        return new Keys(type instanceof Field.Type.Text ? new TextKeys() : new NumberKeys());
    }

    private static int[] emptied(int length) {
        int[] places = new int[length];
        Arrays.fill(places, EMPTY);
        return places;
    }

    /** Of memory. */
    public long bytes() {
        return values.bytes() + 5L * places.length;
    }

    public int count() {
        return count;
    }

    /** Of a slot that has one. */
    public Id at(int slot) {
        return values.at(slot);
    }

    /** @return -1 if the key is not there */
    public int slot(Id key) {
        return slot(values.wanted(key));
    }

    private int slot(KeyValues.Wanted wanted) {
        long hash = wanted.hash();
        byte tag = tag(hash);
        for (int place = likely(place(hash), tag); tags[place] != NO_TAG; place = likely(next(place), tag)) {
            if (wanted.isAt(places[place])) {
                return places[place];
            }
        }
        return EMPTY;
    }

    /** The first place from one on that has a tag, or is empty. */
    private int likely(int place, byte tag) {
        int at = place;
        while (tags[at] != tag && tags[at] != NO_TAG) {
            at = next(at);
        }
        return at;
    }

    /**
     * As {@link #slot} of each. Memory that is far away is waited for once for several keys: they are all looked up
     * before the first is compared.
     */
    public int[] slots(Collection<Id> keys) {
        KeyValues.Wanted[] wanted = new KeyValues.Wanted[keys.size()];
        int count = 0;
        for (Id key : keys) {
            wanted[count++] = values.wanted(key);
        }
        int[] slots = new int[count];
        for (int i = 0; i < slots.length; i++) {
            long hash = wanted[i].hash();
            slots[i] = likely(place(hash), tag(hash));
        }
        for (int i = 0; i < slots.length; i++) {
            slots[i] = places[slots[i]];
        }
        boolean[] are = values.areAt(wanted, slots);
        for (int i = 0; i < slots.length; i++) {
            slots[i] = are[i] ? slots[i] : slot(wanted[i]);
        }
        return slots;
    }

    /** @param key that is not there */
    public void put(int slot, Id key) {
        if (4L * taken >= 3L * places.length) {
            makeRoom();
        }
        values.put(slot, key);
        add(slot);
        count++;
    }

    private void add(int slot) {
        long hash = values.hash(slot);
        int place = place(hash);
        while (places[place] >= 0) {
            place = next(place);
        }
        taken += places[place] == EMPTY ? 1 : 0;
        places[place] = slot;
        tags[place] = tag(hash);
    }

    /** With places for twice as many keys as there are at least, those that have gone left out. */
    private void makeRoom() {
        int[] before = places;
        places = emptied(Integer.highestOneBit(Math.max(FEW, 2 * count)) << 1);
        tags = new byte[places.length];
        taken = 0;
        for (int slot : before) {
            if (slot >= 0) {
                add(slot);
            }
        }
    }

    /** Takes the key of a slot away. */
    public void remove(int slot) {
        int place = place(values.hash(slot));
        while (places[place] != slot) {
            place = next(place);
        }
        places[place] = GONE;
        tags[place] = GONE_TAG;
        values.remove(slot);
        count--;
    }

    private int place(long hash) {
        int shift = 1 + Long.numberOfLeadingZeros(places.length);
        return (int) ((hash * 0x9E3779B97F4A7C15L) >>> shift);
    }

    /** Of bits that lie below those of any place. */
    private static byte tag(long hash) {
        return (byte) (Byte.MIN_VALUE | (hash * 0x9E3779B97F4A7C15L) >>> 24);
    }

    private int next(int place) {
        return (place + 1) & (places.length - 1);
    }
}
