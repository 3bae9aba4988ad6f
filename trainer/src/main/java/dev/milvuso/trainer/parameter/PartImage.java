package dev.milvuso.trainer.parameter;

import java.nio.ByteBuffer;
import java.util.BitSet;

/** Content in numbered parts, as it was at one moment. */
public interface PartImage {
    /** Parts in all. */
    int parts();

    /** Which of them differ from those of the image before. */
    BitSet changed();

    /** What is in a part that has changed, ready to be read. For another thread than the one that goes on learning. */
    ByteBuffer part(int number);
}
