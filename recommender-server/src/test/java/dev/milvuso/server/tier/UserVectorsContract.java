package dev.milvuso.server.tier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.action.UserId;
import dev.milvuso.embedding.ModelVersion;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every tier of users' vectors does, those that are only read too. */
public abstract class UserVectorsContract implements TierContract {
    protected abstract UserVectors tier();

    /** Brings the vector into the tier, by whatever way it comes there. */
    protected abstract void bring(UserId user, UserVector vector);

    @Override
    public void bring(String id, int number) {
        bring(new UserId(id), new UserVector(VERSION, new float[] {number, -2}, 1, number));
    }

    @Override
    public Optional<Integer> find(String id, ModelVersion version) {
        return tier().find(new UserId(id), version)
                .map(found -> (int) found.vector().vector()[0]);
    }

    @Test
    void whatIsFoundIsTheWholeVectorAndNobodyWasAway() {
        String id = unknown();
        bring(id, 7);
        assertThat(tier().find(new UserId(id), VERSION))
                .hasValueSatisfying(found -> assertThat(found.vector().vector()).containsExactly(7, -2))
                .hasValueSatisfying(found -> assertThat(found.away()).isEmpty());
    }
}
