package dev.milvuso.vector.embedded.column;

import dev.milvuso.vector.Id;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Texts as bytes, one behind the other in pages, each behind its length in two bytes: objects of their own would take
 * five times as much. What is taken away stays until it is half of all, then the rest moves together.
 */
final class TextKeys implements KeyValues {
    private static final int PAGE_BITS = 18;
    private static final int PAGE = 1 << PAGE_BITS;
    private static final int LENGTH = 2;
    private static final long MOST = 0xFFFF_FFFFL;

    private byte[][] pages = {};
    /** By slot, where the text begins, plus 1; 0 for none. Without a sign. */
    private final IntPages starts = new IntPages();

    private long end;
    private long gone;

    @Override
    public long bytes() {
        return starts.bytes()
                + Arrays.stream(pages).mapToLong(page -> page.length).sum();
    }

    @Override
    public boolean[] areAt(Wanted[] wanted, int[] slots) {
        long[] starts = new long[slots.length];
        for (int i = 0; i < slots.length; i++) {
            starts[i] = slots[i] < 0 ? -1 : start(slots[i]);
        }
        int[] lengths = new int[slots.length];
        for (int i = 0; i < slots.length; i++) {
            lengths[i] = starts[i] < 0 ? -1 : length(page(starts[i]), offset(starts[i]));
        }
        boolean[] are = new boolean[slots.length];
        for (int i = 0; i < slots.length; i++) {
            byte[] bytes = ((Text) wanted[i]).bytes;
            are[i] = lengths[i] == bytes.length && isAt(starts[i], bytes);
        }
        return are;
    }

    /** @param bytes of the length of the text there */
    private boolean isAt(long start, byte[] bytes) {
        int from = offset(start) + LENGTH;
        return Arrays.equals(page(start), from, from + bytes.length, bytes, 0, bytes.length);
    }

    @Override
    public Wanted wanted(Id key) {
        return new Text(bytes(key));
    }

    private static byte[] bytes(Id key) {
        return ((Id.Text) key).value().getBytes(StandardCharsets.UTF_8);
    }

    private final class Text implements Wanted {
        private final byte[] bytes;

        Text(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long hash() {
            return TextKeys.hash(bytes, 0, bytes.length);
        }

        @Override
        public boolean isAt(int slot) {
            long start = start(slot);
            return length(page(start), offset(start)) == bytes.length && TextKeys.this.isAt(start, bytes);
        }
    }

    private static long hash(byte[] bytes, int from, int to) {
        long hash = (long) to - from;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash ^ (hash >>> 32);
    }

    private long start(int slot) {
        return (starts.get(slot) & 0xFFFFFFFFL) - 1;
    }

    private byte[] page(long start) {
        return pages[(int) (start >>> PAGE_BITS)];
    }

    private static int offset(long start) {
        return (int) start & (PAGE - 1);
    }

    private static int length(byte[] page, int from) {
        return ((page[from] & 0xFF) << 8) | (page[from + 1] & 0xFF);
    }

    @Override
    public long hash(int slot) {
        long start = start(slot);
        byte[] page = page(start);
        int from = offset(start) + LENGTH;
        return hash(page, from, from + length(page, from - LENGTH));
    }

    @Override
    public Id at(int slot) {
        long start = start(slot);
        byte[] page = page(start);
        int from = offset(start);
        return Id.of(new String(page, from + LENGTH, length(page, from), StandardCharsets.UTF_8));
    }

    @Override
    public void put(int slot, Id key) {
        byte[] bytes = bytes(key);
        starts.set(slot, append(bytes, 0, bytes.length) + 1);
    }

    private long append(byte[] bytes, int from, int length) {
        if ((end & (PAGE - 1)) + LENGTH + length > PAGE || end >>> PAGE_BITS >= pages.length) {
            end = ((end + PAGE - 1) >>> PAGE_BITS) << PAGE_BITS;
            pages = Arrays.copyOf(pages, pages.length + 1);
            pages[pages.length - 1] = new byte[0];
        }
        if (end + LENGTH + length > MOST) {
            throw new IllegalStateException("the keys of a collection take more than 4 GiB");
        }
        long start = end;
        int at = offset(start);
        byte[] page = reaching(at + LENGTH + length);
        page[at] = (byte) (length >>> 8);
        page[at + 1] = (byte) length;
        System.arraycopy(bytes, from, page, at + LENGTH, length);
        end += LENGTH + length;
        return start;
    }

    /** The last page, as long as it must be: a small table has but a small one. */
    private byte[] reaching(int length) {
        byte[] last = pages[pages.length - 1];
        if (last.length < length) {
            last = Arrays.copyOf(last, Math.min(PAGE, Math.max(1024, 2 * length)));
            pages[pages.length - 1] = last;
        }
        return last;
    }

    @Override
    public void remove(int slot) {
        gone += LENGTH + length(page(start(slot)), offset(start(slot)));
        starts.set(slot, 0);
        if (gone > PAGE && 2 * gone > end) {
            moveTogether();
        }
    }

    private void moveTogether() {
        byte[][] before = pages;
        pages = new byte[0][];
        end = 0;
        gone = 0;
        for (int slot = 0; slot < starts.limit(); slot++) {
            long start = start(slot);
            if (start >= 0) {
                byte[] page = before[(int) (start >>> PAGE_BITS)];
                starts.set(slot, append(page, offset(start) + LENGTH, length(page, offset(start))) + 1);
            }
        }
    }
}
