package dev.milvuso.trainer.parameter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The ids of the rows of one chunk, as UTF-8 one after the other in one array. A place once written never changes, so
 * that readers see an id whole while one thread gives rows other ids.
 */
final class RowIds {
    static final int LONGEST = 0xffff;
    private static final int FREE = 0;
    private static final VarHandle START = MethodHandles.arrayElementVarHandle(int[].class);

    private final int[] starts;
    private volatile byte[] bytes;
    private int end = 1;

    /** @param rows of the chunk */
    RowIds(int rows) {
        starts = new int[rows];
        bytes = new byte[Math.min(rows, 64) * 16];
    }

    private RowIds(int[] starts, byte[] bytes) {
        this.starts = starts;
        this.bytes = bytes;
    }

    boolean isFree(int place) {
        return (int) START.getAcquire(starts, place) == FREE;
    }

    boolean is(int place, byte[] id) {
        int start = (int) START.getAcquire(starts, place);
        byte[] all = bytes;
        int from = start + Short.BYTES;
        return start != FREE
                && length(all, start) == id.length
                && Arrays.equals(all, from, from + id.length, id, 0, id.length);
    }

    /** A copy of the id, empty if the row has none. */
    byte[] get(int place) {
        int start = (int) START.getAcquire(starts, place);
        byte[] all = bytes;
        return start == FREE
                ? new byte[0]
                : Arrays.copyOfRange(all, start + Short.BYTES, start + Short.BYTES + length(all, start));
    }

    String text(int place) {
        return new String(get(place), StandardCharsets.UTF_8);
    }

    /** Bytes of the id, 0 if the row has none. */
    int length(int place) {
        int start = (int) START.getAcquire(starts, place);
        return start == FREE ? 0 : length(bytes, start);
    }

    /** Writes the id's length and bytes. Of ids that nobody sets meanwhile. */
    void write(int place, ByteBuffer out) {
        int length = length(place);
        out.putShort((short) length).put(bytes, length == 0 ? 0 : starts[place] + Short.BYTES, length);
    }

    private static int length(byte[] all, int start) {
        return (all[start] & 0xff) << Byte.SIZE | (all[start + 1] & 0xff);
    }

    /** @throws IllegalArgumentException if the id is longer than 65,535 bytes */
    void set(int place, byte[] id) {
        int needed = Short.BYTES + id.length;
        if (end + needed > bytes.length) {
            // Places stay where they are: a reader may be between reading a place and reading what is there.
            bytes = Arrays.copyOf(bytes, grown(needed, place));
        }
        bytes[end] = (byte) (id.length >>> Byte.SIZE);
        bytes[end + 1] = (byte) id.length;
        System.arraycopy(id, 0, bytes, end + Short.BYTES, id.length);
        START.setRelease(starts, place, end);
        end += needed;
    }

    /** The last row of a chunk knows how much the chunk needs. */
    private int grown(int needed, int place) {
        boolean last = place == starts.length - 1;
        return end + needed + (last ? 0 : Math.max(needed, (end + needed) / 4));
    }

    void free(int place) {
        START.setRelease(starts, place, FREE);
    }

    /** Whether more than half of the space is that of ids that are gone. */
    boolean isWasteful() {
        int live = 0;
        for (int start : starts) {
            live += start == FREE ? 0 : Short.BYTES + length(bytes, start);
        }
        return 2L * live + 256 < end;
    }

    /** The same ids in no more space than they need. */
    RowIds compact() {
        RowIds compact = new RowIds(starts.length);
        for (int place = 0; place < starts.length; place++) {
            if (starts[place] != FREE) {
                compact.set(place, get(place));
            }
        }
        return compact;
    }

    /** As it is now, whatever is set later. */
    RowIds copy() {
        return new RowIds(starts.clone(), bytes);
    }

    /** What it takes up. */
    long size() {
        return 72L + bytes.length + (long) starts.length * Integer.BYTES;
    }
}
