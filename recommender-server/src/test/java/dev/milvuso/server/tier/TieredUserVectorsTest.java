package dev.milvuso.server.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.milvuso.action.UserId;
import dev.milvuso.component.Unavailable;
import dev.milvuso.embedding.Kind;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.embedding.Removal;
import dev.milvuso.server.tier.memory.BoundedCache;
import dev.milvuso.server.tier.memory.MemoryUserVectors;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TieredUserVectorsTest {
    private static final ModelVersion VERSION = new ModelVersion("v1");
    private static final UserId USER = new UserId("u");
    private static final UserVector VECTOR = new UserVector(VERSION, new float[] {1}, 1, 1);

    private record Away(String name) implements UserVectors {
        @Override
        public Optional<Found> find(UserId user, ModelVersion version) {
            throw new Unavailable(name, "is away", null);
        }

        @Override
        public void put(UserId user, UserVector vector) {}

        @Override
        public void remove(UserId user, Removal removal) {}
    }

    private final MemoryUserVectors fast = new MemoryUserVectors(BoundedCache.Policy.TINYLFU, 100);
    private final MemoryUserVectors slow = new MemoryUserVectors(BoundedCache.Policy.TINYLFU, 100);

    @Nested
    class InMemory extends WrittenUserVectorsContract {
        private final UserVectors tier = new MemoryUserVectors(BoundedCache.Policy.TINYLFU, 100);

        @Override
        protected UserVectors tier() {
            return tier;
        }
    }

    @Nested
    class InMemoryByLastUse extends WrittenUserVectorsContract {
        private final UserVectors tier = new MemoryUserVectors(BoundedCache.Policy.LRU, 100);

        @Override
        protected UserVectors tier() {
            return tier;
        }
    }

    @Nested
    class Tiered extends WrittenUserVectorsContract {
        private final UserVectors tier = new TieredUserVectors(fast, slow);

        @Override
        protected UserVectors tier() {
            return tier;
        }
    }

    @Nested
    class WithUnknownOnes extends WrittenUserVectorsContract {
        private final UserVectors tier = new UnknownUsers(slow, 100, Duration.ofMinutes(1));

        @Override
        protected UserVectors tier() {
            return tier;
        }
    }

    @Test
    void whatTheSlowOneHadIsInTheFastOneAfterwards() {
        slow.put(USER, VECTOR);
        assertThat(new TieredUserVectors(fast, slow).find(USER, VERSION)).isPresent();
        assertThat(fast.find(USER, VERSION)).isPresent();
    }

    @Test
    void whatIsPutIsInBoth() {
        new TieredUserVectors(fast, slow).put(USER, VECTOR);
        assertThat(fast.find(USER, VERSION)).isPresent();
        assertThat(slow.find(USER, VERSION)).isPresent();
    }

    @Test
    void whatIsRemovedIsInNeitherUnlessItIsNewer() {
        UserVectors both = new TieredUserVectors(fast, slow);
        both.put(USER, VECTOR);
        both.remove(USER, new Removal(VERSION, Kind.USER, USER.value(), 1, 0));
        assertThat(both.find(USER, VERSION)).isPresent();
        both.remove(USER, new Removal(VERSION, Kind.USER, USER.value(), 1, 2));
        assertThat(both.find(USER, VERSION)).isEmpty();
        assertThat(fast.find(USER, VERSION)).isEmpty();
    }

    @Test
    void theSlowOneAnswersForTheFastOneThatIsAwayAndSaysSo() {
        slow.put(USER, VECTOR);
        assertThat(new TieredUserVectors(new Away("redis"), slow).find(USER, VERSION))
                .hasValueSatisfying(found -> assertThat(found.away()).containsExactly("redis"));
    }

    @Test
    void thatNothingWasFoundIsNotSaidWhileOneIsAway() {
        assertThatThrownBy(() -> new TieredUserVectors(new Away("redis"), slow).find(USER, VERSION))
                .isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> new TieredUserVectors(fast, new Away("milvus")).find(USER, VERSION))
                .isInstanceOf(Unavailable.class);
    }

    @Test
    void whoWasNotFoundIsNotAskedForAgainUntilSomethingIsPut() {
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        UnknownUsers unknown =
                new UnknownUsers(new CountedUserVectors(slow, "milvus", metrics), 100, Duration.ofMinutes(1));
        assertThat(unknown.find(USER, VERSION)).isEmpty();
        assertThat(unknown.find(USER, VERSION)).isEmpty();
        assertThat(metrics.counter("milvuso.cache.requests", "tier", "milvus", "result", "miss")
                        .count())
                .isEqualTo(1);
        unknown.put(USER, VECTOR);
        assertThat(unknown.find(USER, VERSION)).isPresent();
        assertThat(metrics.counter("milvuso.cache.requests", "tier", "milvus", "result", "hit")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aVectorThatComesWhileTheUserIsLookedForIsNotForgotten() {
        UnknownUsers[] unknown = new UnknownUsers[1];
        UserVectors late = new UserVectors() {
            @Override
            public Optional<Found> find(UserId user, ModelVersion version) {
                Optional<Found> before = slow.find(user, version);
                unknown[0].put(user, VECTOR);
                return before;
            }

            @Override
            public void put(UserId user, UserVector vector) {
                slow.put(user, vector);
            }

            @Override
            public void remove(UserId user, Removal removal) {
                slow.remove(user, removal);
            }
        };
        unknown[0] = new UnknownUsers(late, 100, Duration.ofMinutes(1));
        assertThat(unknown[0].find(USER, VERSION)).isEmpty();
        assertThat(unknown[0].find(USER, VERSION)).isPresent();
    }

    @Test
    void anOlderVectorDoesNotReplaceANewerOne() {
        fast.put(USER, new UserVector(VERSION, new float[] {2}, 2, 1));
        fast.put(USER, new UserVector(VERSION, new float[] {3}, 1, 9));
        assertThat(fast.find(USER, VERSION).orElseThrow().vector().vector()).containsExactly(2);
    }
}
