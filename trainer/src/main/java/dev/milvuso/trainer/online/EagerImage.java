package dev.milvuso.trainer.online;

import dev.milvuso.trainer.parameter.PartImage;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Parts small enough to be copied while learning waits. */
final class EagerImage implements PartImage {
    private final int parts;
    private final BitSet changed;
    private final Map<Integer, ByteBuffer> contents = new HashMap<>();

    /** Writes what is in a part. */
    interface Content {
        ByteBuffer part(int number);
    }

    EagerImage(int parts, BitSet changed, Content content) {
        this.parts = parts;
        this.changed = (BitSet) changed.clone();
        this.changed.stream().forEach(part -> contents.put(part, content.part(part)));
    }

    @Override
    public int parts() {
        return parts;
    }

    @Override
    public BitSet whole() {
        return changed;
    }

    @Override
    public ByteBuffer part(int number) {
        ByteBuffer content = contents.get(number);
        if (content == null) {
            throw new IllegalArgumentException("part " + number + " has not changed");
        }
        return content.duplicate();
    }
}
