package dev.milvuso.trainer.parameter;

/**
 * What is known of a row besides its numbers, as it was at one moment.
 *
 * @param id as UTF-8; of no bytes if the row is free
 */
record Marks(byte[] id, short generation, int used) {
    /** What marks with an id of so many bytes take up in a part of an image. */
    static int length(int idBytes) {
        return 2 * Short.BYTES + Integer.BYTES + idBytes;
    }
}
