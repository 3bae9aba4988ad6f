package dev.milvuso.server.tier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.action.UserId;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.embedding.Removal;
import dev.milvuso.server.tier.memory.BoundedCache;
import dev.milvuso.server.tier.memory.MemoryUserVectors;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnlessErasedTest {
    private static final ModelVersion VERSION = new ModelVersion("v1");
    private static final UserId USER = new UserId("u");
    private static final UserVector VECTOR = new UserVector(VERSION, new float[] {1}, 1, 1);
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private final ErasedUsers erased = new ErasedUsers();
    private final UserVectors memory =
            new UnlessErased(new MemoryUserVectors(BoundedCache.Policy.TINYLFU, 100), erased);

    /** A store that was away when the user was erased, and still has them. */
    private record Stubborn() implements UserVectors {
        @Override
        public Optional<Found> find(UserId user, ModelVersion version) {
            return Optional.of(new Found(VECTOR, "milvus"));
        }

        @Override
        public void put(UserId user, UserVector vector) {}

        @Override
        public void remove(UserId user, Removal removal) {}
    }

    private final UserVectors all = new TieredUserVectors(memory, new UnlessErased(new Stubborn(), erased));

    @Test
    void whatAStoreStillHasOfAnErasedUserDoesNotComeBackIntoMemory() {
        assertThat(all.find(USER, VERSION)).isPresent();
        assertThat(memory.find(USER, VERSION)).isPresent();
        erased.add(USER, NOW);
        assertThat(all.find(USER, VERSION)).isEmpty();
        assertThat(memory.find(USER, VERSION)).isEmpty();
        assertThat(all.find(new UserId("other"), VERSION)).isPresent();
    }

    @Test
    void whatWasFoundBeforeTheUserWasErasedIsNotKeptAfterwards() {
        UserVectors.Found found = all.find(USER, VERSION).orElseThrow();
        erased.add(USER, NOW);
        memory.put(USER, found.vector());
        erased.learned(USER, NOW.plusSeconds(1));
        assertThat(memory.find(USER, VERSION)).isEmpty();
    }

    @Test
    void whoeverIsLearnedOfWhatTheyDidAfterwardsIsSomebodyNew() {
        erased.add(USER, NOW);
        erased.learned(USER, NOW.minusSeconds(1));
        assertThat(erased.contains(USER)).isTrue();
        erased.learned(USER, NOW.plusSeconds(1));
        memory.put(USER, VECTOR);
        assertThat(memory.find(USER, VERSION)).isPresent();
    }

    @Test
    void anErasureThatIsReadAgainDoesNotReachFurtherBack() {
        erased.add(USER, NOW);
        erased.add(USER, NOW.minusSeconds(10));
        erased.learned(USER, NOW.minusSeconds(5));
        assertThat(erased.contains(USER)).isTrue();
    }
}
