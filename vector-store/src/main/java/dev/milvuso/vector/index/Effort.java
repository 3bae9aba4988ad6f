package dev.milvuso.vector.index;

/**
 * How hard to look.
 *
 * @param reach how far above what a list's centre promises its best row is expected, in standard deviations of its
 *     rows' scores: lists that cannot reach the k-th best so far are not read. {@link Float#POSITIVE_INFINITY} reads
 *     all
 * @param candidates how many rows are scored exactly, at least k
 */
public record Effort(float reach, int candidates) {
    /** @throws IllegalArgumentException if the reach is not a number or there are no candidates */
    public Effort {
        if (Float.isNaN(reach) || candidates < 1) {
            throw new IllegalArgumentException("an effort of reach " + reach + " and " + candidates
                    + " candidates: needs a number and at least 1");
        }
    }
}
