package dev.milvuso.server.tier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.action.UserId;
import dev.milvuso.embedding.Kind;
import dev.milvuso.embedding.Removal;
import org.junit.jupiter.api.Test;

/** What every tier of users' vectors does that this server writes: of two the newer is kept, by epoch and step. */
public abstract class WrittenUserVectorsContract extends UserVectorsContract implements WrittenTierContract {
    @Override
    protected void bring(UserId user, UserVector vector) {
        tier().put(user, vector);
        settle();
    }

    /** Waits for what was put or removed to be done. */
    protected void settle() {}

    @Override
    public void remove(String id, int number) {
        tier().remove(new UserId(id), new Removal(VERSION, Kind.USER, id, 1, number));
        settle();
    }

    @Test
    void anOlderVectorDoesNotReplaceANewerOne() {
        String id = unknown();
        bring(id, 5);
        bring(id, 4);
        assertThat(find(id, VERSION)).hasValue(5);
        bring(new UserId(id), new UserVector(VERSION, new float[] {3, 0}, 2, 1));
        assertThat(find(id, VERSION)).hasValue(3);
    }

    @Test
    void aRemovalThatIsOlderThanTheVectorSaysNothing() {
        String id = unknown();
        bring(id, 5);
        remove(id, 4);
        assertThat(find(id, VERSION)).hasValue(5);
    }
}
