package dev.milvuso.joiner.core;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Features that wait, side by side in large arrays that are used again and again. As objects of their own they would
 * outlive the collector's young generation by the hundred thousand whenever one topic is read ahead of the other.
 */
final class FeatureBlocks {
    private static final int BLOCK_BYTES = 256 << 10;

    /** Free blocks that are kept for use, 4 MiB; more are the collector's. */
    private static final int SPARE = 16;

    private final Deque<Block> spare = new ArrayDeque<>();
    private Block current = new Block(BLOCK_BYTES);

    /** Where features lie until they are taken, which is once. */
    record Place(Block block, int offset, int length) {}

    private static final class Block {
        private final byte[] bytes;
        private int used;
        private int held;

        Block(int size) {
            bytes = new byte[size];
        }
    }

    Place put(byte[] features) {
        if (current.used + features.length > current.bytes.length) {
            current = next(features.length);
        }
        Place place = new Place(current, current.used, features.length);
        System.arraycopy(features, 0, current.bytes, current.used, features.length);
        current.used += features.length;
        current.held++;
        return place;
    }

    private Block next(int least) {
        Block free = spare.poll();
        return free == null || free.bytes.length < least ? new Block(Math.max(BLOCK_BYTES, least)) : free;
    }

    /** Gives the features and lets go of their place. */
    byte[] take(Place place) {
        byte[] features = new byte[place.length()];
        System.arraycopy(place.block().bytes, place.offset(), features, 0, features.length);
        drop(place);
        return features;
    }

    void drop(Place place) {
        Block block = place.block();
        block.held--;
        if (block.held > 0) {
            return;
        }
        block.used = 0;
        if (block != current && block.bytes.length == BLOCK_BYTES && spare.size() < SPARE) {
            spare.push(block);
        }
    }
}
