package dev.milvuso.vector.transfer;

import java.util.Optional;

/**
 * How two sources of rows stand to each other.
 *
 * @param rows of the first
 * @param missing rows of the first that the second has not
 * @param extra rows of the second that the first has not
 * @param different rows of one key that are otherwise
 * @param first says what the first difference is
 * @param sha256 of the first's rows in order
 */
public record Comparison(long rows, long missing, long extra, long different, Optional<String> first, String sha256) {
    public boolean isEqual() {
        return missing == 0 && extra == 0 && different == 0;
    }
}
