package dev.milvuso.trainer.parameter;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Collections;
import java.util.Iterator;

/** Content in numbered parts, as it was at one moment. For another thread than the one that goes on learning. */
public interface PartImage {
    /** Parts in all. */
    int parts();

    /** Which of them are given whole. The others are as in the image before, but for what {@link #pieces} says. */
    BitSet whole();

    /**
     * What is in a part that is given whole, ready to be read; valid until the next is asked for. To be asked for once.
     */
    ByteBuffer part(int number);

    /** What has changed in the other parts: to be put onto them, in this order. To be asked for once. */
    default Iterator<ByteBuffer> pieces() {
        return Collections.emptyIterator();
    }
}
