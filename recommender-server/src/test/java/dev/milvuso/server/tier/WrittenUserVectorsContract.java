package dev.milvuso.server.tier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.embedding.Kind;
import dev.milvuso.embedding.Removal;
import org.junit.jupiter.api.Test;

/** What every tier does that this server writes. */
public abstract class WrittenUserVectorsContract extends UserVectorsContract {
    @Override
    protected void bring(UserVector vector) {
        tier().put(user, vector);
        settle();
    }

    /** Waits for what was put or removed to be done. */
    protected void settle() {}

    private void remove(long epoch, long step) {
        tier().remove(user, new Removal(VERSION, Kind.USER, user.value(), epoch, step));
        settle();
    }

    private float first() {
        return tier().find(user, VERSION).orElseThrow().vector().vector()[0];
    }

    @Test
    void aNewerVectorReplacesAndAnOlderDoesNot() {
        bring(new UserVector(VERSION, new float[] {1, 0}, 1, 5));
        bring(new UserVector(VERSION, new float[] {2, 0}, 1, 4));
        assertThat(first()).isEqualTo(1);
        bring(new UserVector(VERSION, new float[] {3, 0}, 1, 6));
        assertThat(first()).isEqualTo(3);
        bring(new UserVector(VERSION, new float[] {4, 0}, 2, 1));
        assertThat(first()).isEqualTo(4);
    }

    @Test
    void whatIsRemovedIsGone() {
        bring(new UserVector(VERSION, new float[] {1, 0}, 1, 5));
        remove(1, 6);
        assertThat(tier().find(user, VERSION)).isEmpty();
        bring(new UserVector(VERSION, new float[] {2, 0}, 1, 7));
        assertThat(first()).isEqualTo(2);
    }
}
