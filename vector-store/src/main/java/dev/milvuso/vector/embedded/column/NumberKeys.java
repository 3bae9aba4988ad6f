package dev.milvuso.vector.embedded.column;

import dev.milvuso.vector.Id;

/** Numbers, 8 bytes each. */
final class NumberKeys implements KeyValues {
    private final LongPages numbers = new LongPages();

    @Override
    public long bytes() {
        return numbers.bytes();
    }

    @Override
    public boolean[] areAt(Wanted[] wanted, int[] slots) {
        boolean[] are = new boolean[slots.length];
        for (int i = 0; i < slots.length; i++) {
            are[i] = slots[i] >= 0 && wanted[i].isAt(slots[i]);
        }
        return are;
    }

    @Override
    public Wanted wanted(Id key) {
        return new Sought(((Id.Numeric) key).value());
    }

    private final class Sought implements Wanted {
        private final long value;

        Sought(long value) {
            this.value = value;
        }

        @Override
        public long hash() {
            return mixed(value);
        }

        @Override
        public boolean isAt(int slot) {
            return numbers.get(slot) == value;
        }
    }

    /** Keys that differ in their upper bits alone must not meet. */
    private static long mixed(long value) {
        return value ^ (value >>> 32);
    }

    @Override
    public long hash(int slot) {
        return mixed(numbers.get(slot));
    }

    @Override
    public Id at(int slot) {
        return Id.of(numbers.get(slot));
    }

    @Override
    public void put(int slot, Id key) {
        numbers.set(slot, ((Id.Numeric) key).value());
    }

    @Override
    public void remove(int slot) {
        numbers.set(slot, 0);
    }
}
