package dev.milvuso.server.quality;

/** Is told what was served and what followed it. Must be quick, and must not call back. */
public interface Following {
    void served(OpenList list);

    /**
     * An item of a list was followed by something new.
     *
     * @param position from 0
     * @param added the bits of {@link Meaning} that were not set before
     */
    void followed(OpenList list, int position, int added);
}
