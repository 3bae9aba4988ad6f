package dev.milvuso.trainer.online;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.trainer.parameter.PartImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RecentIdsTest {
    private final Map<Integer, ByteBuffer> disk = new HashMap<>();

    /** Only what changed since the last time reaches the disk. */
    private RecentIds restored(RecentIds ids, int capacity) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ids.write(new DataOutputStream(bytes));
        RecentIds read = new RecentIds(capacity);
        PartImage image = ids.image();
        image.whole().stream().forEach(part -> disk.put(part, image.part(part)));
        read.restore(
                new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())),
                part -> Objects.requireNonNull(disk.get(part)).duplicate());
        return read;
    }

    @Test
    void anIdIsNewOnce() {
        RecentIds ids = new RecentIds(10);
        assertThat(ids.contains("a")).isFalse();
        assertThat(ids.add("a")).isTrue();
        assertThat(ids.contains("a")).isTrue();
        assertThat(ids.add("a")).isFalse();
        assertThat(ids.add("")).isTrue();
        assertThat(ids.add("")).isFalse();
    }

    @Test
    void theOldestIsForgottenAndARepeatDoesNotRenewIt() {
        RecentIds ids = new RecentIds(3);
        for (String id : new String[] {"a", "b", "c", "a", "d"}) {
            ids.add(id);
        }
        assertThat(ids.contains("a")).isFalse();
        assertThat(ids.contains("b")).isTrue();
        assertThat(ids.contains("d")).isTrue();
    }

    /** Removing from an open-addressing table is easily got wrong: against a plain set and queue. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1000, 2500, 5000})
    void itRemembersJustTheLastOnesThroughManyTurns(int capacity) throws IOException {
        RecentIds ids = new RecentIds(capacity);
        Set<String> known = new HashSet<>();
        Deque<String> order = new ArrayDeque<>();
        SplittableRandom random = new SplittableRandom(capacity);
        for (int n = 0; n < 40_000; n++) {
            String id = "id" + random.nextInt(3 * capacity);
            boolean isNew = known.add(id);
            assertThat(ids.add(id)).isEqualTo(isNew);
            if (isNew) {
                order.add(id);
                if (order.size() > capacity) {
                    known.remove(order.remove());
                }
            }
            if (n % 9000 == 8999) {
                ids = restored(ids, capacity);
            }
        }
        for (int id = 0; id < 3 * capacity; id++) {
            assertThat(ids.contains("id" + id)).isEqualTo(known.contains("id" + id));
        }
    }

    @Test
    void intoASmallerOneTheLatestAreRestored() throws IOException {
        RecentIds ids = new RecentIds(100);
        for (int n = 0; n < 150; n++) {
            ids.add("id" + n);
        }
        RecentIds small = restored(ids, 10);
        assertThat(small.contains("id139")).isFalse();
        assertThat(small.contains("id140")).isTrue();
        assertThat(small.contains("id149")).isTrue();
        RecentIds large = restored(ids, 1000);
        assertThat(large.contains("id49")).isFalse();
        assertThat(large.contains("id50")).isTrue();
    }

    @Test
    void aMillionDifferentIdsAreAllNew() {
        RecentIds ids = new RecentIds(1_000_000);
        for (int n = 0; n < 1_000_000; n++) {
            assertThat(ids.add("0190b5a0-7c00-7000-8000-" + Integer.toHexString(n)))
                    .isTrue();
        }
    }
}
