package dev.milvuso.server.tier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.embedding.ModelVersion;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * What every tier does, whatever it keeps: vectors of users, vectors of items, finished lists. What is kept under an id
 * is a number here, which those who implement this turn into what their tier keeps, and back.
 */
public interface TierContract {
    ModelVersion VERSION = new ModelVersion("v1");

    /** Brings what is known of an id into the tier, by whatever way it comes there; a larger number is newer. */
    void bring(String id, int number);

    /** What the tier has of the id. */
    Optional<Integer> find(String id, ModelVersion version);

    /** An id of which nobody knows anything: tiers may be shared with other tests. */
    default String unknown() {
        return "contract-" + UUID.randomUUID();
    }

    @Test
    default void whatIsUnknownIsNotFound() {
        assertThat(find(unknown(), VERSION)).isEmpty();
    }

    @Test
    default void whatWasBroughtIsFoundByItsIdAndVersionAlone() {
        String id = unknown();
        bring(id, 7);
        assertThat(find(id, VERSION)).hasValue(7);
        assertThat(find(id, new ModelVersion("v2"))).isEmpty();
        assertThat(find(id + "-other", VERSION)).isEmpty();
    }

    @Test
    default void whatIsFoundIsThereStill() {
        String id = unknown();
        bring(id, 7);
        assertThat(find(id, VERSION)).hasValue(7);
        assertThat(find(id, VERSION)).hasValue(7);
    }

    @Test
    default void whatIsNewerReplacesWhatWasThere() {
        String id = unknown();
        String other = unknown();
        bring(other, 5);
        bring(id, 7);
        bring(id, 8);
        assertThat(find(id, VERSION)).hasValue(8);
        assertThat(find(other, VERSION)).hasValue(5);
    }
}
