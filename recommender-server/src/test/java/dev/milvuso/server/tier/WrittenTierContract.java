package dev.milvuso.server.tier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What every tier does that this server writes. */
public interface WrittenTierContract extends TierContract {
    /**
     * Takes away what is kept under the id.
     *
     * @param number what is newer stays
     */
    void remove(String id, int number);

    @Test
    default void whatIsRemovedIsGoneAndNothingElse() {
        String id = unknown();
        String other = unknown();
        bring(id, 7);
        bring(other, 7);
        remove(id, 8);
        assertThat(find(id, VERSION)).isEmpty();
        assertThat(find(other, VERSION)).hasValue(7);
    }

    @Test
    default void whatComesAfterARemovalIsFound() {
        String id = unknown();
        bring(id, 7);
        remove(id, 8);
        bring(id, 9);
        assertThat(find(id, VERSION)).hasValue(9);
    }

    @Test
    default void whatNobodyHasCanBeRemoved() {
        String id = unknown();
        remove(id, 1);
        assertThat(find(id, VERSION)).isEmpty();
    }
}
