package dev.milvuso.server.ranking;

import java.util.Arrays;

/**
 * Which places of a list belong to which source.
 *
 * @param shares of a list's places by the source's place in the pipeline; 0: the source competes by score
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Quotas(double[] shares) {
    /** Of the best candidate, whatever found it. */
    static final int ANY = -1;

    /** Whether the source competes by score. */
    boolean isFree(int source) {
        return source >= shares.length || shares[source] == 0;
    }

    boolean isEmpty() {
        return Arrays.stream(shares).allMatch(share -> share == 0);
    }

    /** Gives the places of a list away, those of a source spread over it. */
    int[] places(int count) {
        int[] places = new int[count];
        Arrays.fill(places, ANY);
        int left = count;
        for (int source = 0; source < shares.length; source++) {
            int own = Math.min(left, (int) Math.round(shares[source] * count));
            for (int i = 0; i < own; i++) {
                int place = (int) ((i + 0.5) * count / own);
                while (places[place] != ANY) {
                    place = (place + 1) % count;
                }
                places[place] = source;
            }
            left -= own;
        }
        return places;
    }
}
