package dev.milvuso.server.taste;

import dev.milvuso.action.ItemId;
import dev.milvuso.server.catalogue.ItemSlots;
import java.util.Arrays;
import java.util.List;

/**
 * The latest actions of one user, a bounded number; grows as they come, and then the oldest goes for the newest. Safe
 * for use by many threads.
 */
final class RecentActions {
    private static final int FIRST = 4;

    private final int most;
    private ItemId[] items;
    private float[] amounts;
    private long[] times;
    private long[] accepted;
    private long[] events;
    private int size;

    /** Where the next goes once all places are taken. */
    private int oldest;

    private long containedUntil;

    /** @param most how many are kept */
    RecentActions(int most) {
        this.most = most;
        int first = Math.min(FIRST, most);
        items = new ItemId[first];
        amounts = new float[first];
        times = new long[first];
        accepted = new long[first];
        events = new long[first];
    }

    /**
     * @param amount above 0 for the item, below 0 against it
     * @param time when it happened, and
     * @param acceptedAt when it was taken, in milliseconds since 1970
     * @param event a hash of its id: the same again is the same action
     */
    synchronized void add(ItemId item, float amount, long time, long acceptedAt, long event) {
        for (int i = 0; i < size; i++) {
            if (events[i] == event) {
                return;
            }
        }
        if (size == items.length && size < most) {
            grow(Math.min(most, 2 * size));
        }
        int place = size < items.length ? size++ : oldest++;
        oldest %= items.length;
        items[place] = item;
        amounts[place] = amount;
        times[place] = time;
        accepted[place] = acceptedAt;
        events[place] = event;
    }

    /** What is on record of an item: the last time that something was done with it, in milliseconds since 1970. */
    record Past(ItemId item, float amount, long time) {}

    /**
     * Puts what is on record before what is here, but for items of which there is something here.
     *
     * @param past the oldest first
     * @param until as {@link #containedUntil}
     * @return whether anything was put
     */
    synchronized boolean remember(List<Past> past, long until) {
        RecentActions whole = new RecentActions(most);
        boolean isNew = false;
        for (Past each : past) {
            if (!Arrays.asList(items).subList(0, size).contains(each.item())) {
                long event = 31 * each.time() + each.item().hashCode();
                whole.add(each.item(), each.amount(), each.time(), each.time(), event);
                isNew = true;
            }
        }
        for (int age = size - 1; age >= 0; age--) {
            int place = newest(age);
            whole.add(items[place], amounts[place], times[place], accepted[place], events[place]);
        }
        items = whole.items;
        amounts = whole.amounts;
        times = whole.times;
        accepted = whole.accepted;
        events = whole.events;
        size = whole.size;
        oldest = whole.oldest;
        containedUntil(until);
        return isNew;
    }

    private void grow(int length) {
        items = Arrays.copyOf(items, length);
        amounts = Arrays.copyOf(amounts, length);
        times = Arrays.copyOf(times, length);
        accepted = Arrays.copyOf(accepted, length);
        events = Arrays.copyOf(events, length);
    }

    /** The user's learned vector contains what was accepted up to then. */
    synchronized void containedUntil(long acceptedAt) {
        containedUntil = Math.max(containedUntil, acceptedAt);
    }

    /**
     * Adds what they say now. Of an item the latest verdict counts, and what agrees with it since the last that did
     * not.
     */
    synchronized void collect(ItemVectors vectors, Weighing weighing, long now, boolean learned, Evidence into) {
        for (int age = 0; age < size; age++) {
            int place = newest(age);
            if (isLatest(place, age)) {
                float[] vector = vectors.find(items[place]);
                if (vector != null) {
                    verdict(age, weighing, now, learned, vector, into);
                }
            }
        }
    }

    /** Slots of the items of which the latest verdict is good, the newest first. */
    synchronized int[] liked(ItemSlots slots) {
        int[] liked = new int[size];
        int count = 0;
        for (int age = 0; age < size; age++) {
            int place = newest(age);
            if (amounts[place] > 0 && isLatest(place, age)) {
                liked[count++] = slots.find(items[place]);
            }
        }
        return Arrays.stream(liked, 0, count)
                .filter(slot -> slot != ItemSlots.NONE)
                .toArray();
    }

    /** When anything was last done for an item, in milliseconds since 1970; 0 if nothing was. */
    synchronized long likedAt() {
        long latest = 0;
        for (int place = 0; place < size; place++) {
            latest = amounts[place] > 0 ? Math.max(latest, times[place]) : latest;
        }
        return latest;
    }

    /** Slots of all items that were acted on, in no order, some maybe twice. */
    synchronized int[] slots(ItemSlots slots) {
        return Arrays.stream(items, 0, size).mapToInt(slots::find).toArray();
    }

    private int newest(int age) {
        return size < items.length ? size - 1 - age : Math.floorMod(oldest - 1 - age, size);
    }

    private boolean isLatest(int place, int age) {
        for (int later = 0; later < age; later++) {
            if (items[newest(later)].equals(items[place])) {
                return false;
            }
        }
        return true;
    }

    private void verdict(int from, Weighing weighing, long now, boolean learned, float[] vector, Evidence into) {
        int latest = newest(from);
        double sum = 0;
        double part = 0;
        for (int age = from; age < size; age++) {
            int place = newest(age);
            if (!items[place].equals(items[latest])) {
                continue;
            }
            if (amounts[place] * amounts[latest] < 0) {
                break;
            }
            boolean contained = learned && accepted[place] <= containedUntil;
            sum += weighing.weight(amounts[place], now - times[place]);
            part = Math.max(part, weighing.part(now - times[place], contained));
        }
        into.add(vector, sum, part);
    }

    synchronized int size() {
        return size;
    }
}
