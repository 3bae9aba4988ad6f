package dev.milvuso.server.tier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.action.UserId;
import dev.milvuso.embedding.ModelVersion;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every tier of users' vectors does, those that are only read too. */
public abstract class UserVectorsContract {
    protected static final ModelVersion VERSION = new ModelVersion("v1");
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    protected final UserId user = new UserId("contract-" + getClass().getSimpleName() + NUMBERS.incrementAndGet());

    protected abstract UserVectors tier();

    /** Brings the vector into the tier, by whatever way it comes there. */
    protected abstract void bring(UserVector vector);

    @Test
    void whoIsUnknownIsNotFound() {
        assertThat(tier().find(user, VERSION)).isEmpty();
    }

    @Test
    void whatWasBroughtIsFoundByItsVersionAlone() {
        bring(new UserVector(VERSION, new float[] {1, -2}, 0, 0));
        assertThat(tier().find(user, VERSION))
                .hasValueSatisfying(found -> assertThat(found.vector().vector()).containsExactly(1, -2))
                .hasValueSatisfying(found -> assertThat(found.away()).isEmpty());
        assertThat(tier().find(user, new ModelVersion("v2"))).isEmpty();
        assertThat(tier().find(new UserId(user + "-other"), VERSION)).isEmpty();
    }
}
