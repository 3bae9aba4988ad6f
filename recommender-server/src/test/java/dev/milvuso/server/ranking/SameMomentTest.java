package dev.milvuso.server.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.server.recommend.CandidateSource;
import dev.milvuso.server.recommend.Candidates;
import dev.milvuso.server.recommend.FinishedLists;
import dev.milvuso.server.recommend.Pipeline;
import dev.milvuso.server.recommend.Query;
import dev.milvuso.server.recommend.Recommendation;
import dev.milvuso.server.recommend.Recommender;
import dev.milvuso.server.recommend.Visit;
import dev.milvuso.server.tier.memory.BoundedCache;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests for one user's list while it is being made. */
class SameMomentTest {
    private static final int MANY = 16;

    /** Takes until it is allowed to go on, and counts the lists that it is asked for. */
    private static final class Slow implements CandidateSource {
        final AtomicInteger lists = new AtomicInteger();
        final CountDownLatch allowed = new CountDownLatch(1);
        private final boolean isPersonal;
        volatile boolean waits = true;

        Slow(boolean isPersonal) {
            this.isPersonal = isPersonal;
        }

        @Override
        public String name() {
            return "slow";
        }

        @Override
        public String explanation() {
            return "made by a test";
        }

        @Override
        public boolean isPersonal() {
            return isPersonal;
        }

        @Override
        public void collect(Visit visit, Candidates into, int self, int room) {
            boolean waitsNow = waits; // before anybody can see that it has begun
            lists.incrementAndGet();
            if (waitsNow) {
                try {
                    allowed.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException("interrupted", e);
                }
            }
            into.add(3, 1, self);
        }
    }

    private final WholeLists whole = new WholeLists(20);
    private final FinishedLists finished =
            new FinishedLists(BoundedCache.Policy.LRU, 100, Duration.ofHours(1), Duration.ZERO, whole.shelf.clock);
    private final Queue<Recommendation> answers = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();

    @AfterEach
    void close() {
        whole.close();
    }

    private Recommender recommender(Slow source) {
        return whole.recommender(
                List.of(new Pipeline.Share(source, 1)),
                new Arrangement(Shelf.config(), new double[] {0}, whole.shelf.space()),
                finished);
    }

    private void ask(Recommender recommender, Query query) {
        Thread thread = new Thread(() -> answers.add(recommender.recommend(Shelf.USER, query)));
        threads.add(thread);
        thread.start();
    }

    /** Nobody goes on by itself. */
    private void allWait() {
        Set<Thread.State> waiting = Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);
        Awaitility.await().until(() -> threads.stream().allMatch(each -> waiting.contains(each.getState())));
    }

    private void allAnswered() throws InterruptedException {
        for (Thread each : threads) {
            each.join();
        }
        assertThat(answers).hasSize(threads.size());
    }

    @Test
    void theListIsMadeOnceAndAllGetIt() throws Exception {
        Slow source = new Slow(true);
        Recommender recommender = recommender(source);
        for (int i = 0; i < MANY; i++) {
            ask(recommender, Query.of(5));
        }
        allWait();
        source.allowed.countDown();
        allAnswered();
        assertThat(source.lists).hasValue(1);
        assertThat(answers)
                .allSatisfy(list -> assertThat(list.items().get(0).item()).isEqualTo(Shelf.id(3)));
    }

    @Test
    void aListThatIsNotKeptIsMadeOnceToo() throws Exception {
        Slow source = new Slow(false);
        Recommender recommender = recommender(source);
        for (int i = 0; i < MANY; i++) {
            ask(recommender, Query.of(5));
        }
        allWait();
        source.allowed.countDown();
        allAnswered();
        assertThat(source.lists).hasValue(1);
        assertThat(new HashSet<>(answers)).hasSize(1);
    }

    @Test
    void otherQuestionsAndExplanationsAreMadeForEach() throws Exception {
        Slow source = new Slow(true);
        Recommender recommender = recommender(source);
        ask(recommender, Query.of(5));
        ask(recommender, Query.of(6));
        ask(recommender, explained());
        ask(recommender, explained());
        Awaitility.await().until(() -> source.lists.get() == 4);
        source.allowed.countDown();
        allAnswered();
    }

    private static Query explained() {
        return new Query(
                5,
                Set.of(),
                Set.of(),
                Optional.empty(),
                Set.of(),
                true,
                Optional.empty(),
                OptionalDouble.empty(),
                true);
    }

    @Test
    void whoAsksAfterSomethingHasHappenedDoesNotGetTheListOfBefore() throws Exception {
        Slow source = new Slow(true);
        Recommender recommender = recommender(source);
        ask(recommender, Query.of(5));
        Awaitility.await().until(() -> source.lists.get() == 1);
        finished.invalidate(Shelf.USER);
        source.waits = false;
        recommender.recommend(Shelf.USER, Query.of(5));
        assertThat(source.lists).hasValue(2);
        assertThat(answers).isEmpty();
        source.allowed.countDown();
        allAnswered();
        recommender.recommend(Shelf.USER, Query.of(5));
        assertThat(source.lists).hasValue(2);
    }
}
