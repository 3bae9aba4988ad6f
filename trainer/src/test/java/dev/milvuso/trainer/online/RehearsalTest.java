package dev.milvuso.trainer.online;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.trainer.parameter.PartImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class RehearsalTest {
    private static final int CAPACITY = 3000;

    @Test
    void anEmptyOneHandsOverNothing() {
        assertThat(users(new Rehearsal(10))).isEmpty();
    }

    @Test
    void theLatestStay() {
        assertThat(users(filled(2 * CAPACITY + 5))).hasSize(CAPACITY).allMatch(user -> user >= CAPACITY + 5);
    }

    @Test
    void whatIsReadGoesOnLikeWhatWasWritten() throws IOException {
        Rehearsal written = filled(CAPACITY + 7);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        written.write(new DataOutputStream(bytes));
        PartImage image = written.image();
        Rehearsal read = new Rehearsal(CAPACITY);
        read.restore(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), image::part);
        written.add(-1, 0, 1, 0);
        read.add(-1, 0, 1, 0);
        assertThat(users(read)).isEqualTo(users(written)).contains(-1).doesNotContain(7);
    }

    private static Rehearsal filled(int count) {
        Rehearsal rehearsal = new Rehearsal(CAPACITY);
        for (int user = 0; user < count; user++) {
            rehearsal.add(user, user, 1, 0);
        }
        return rehearsal;
    }

    /** Draws so often that no entry is missed, but by a chance of one in a million. */
    private static Set<Integer> users(Rehearsal rehearsal) {
        Set<Integer> users = new HashSet<>();
        rehearsal.draw(25 * CAPACITY, new SplittableRandom(1), (user, item, weight, generations) -> users.add(user));
        return users;
    }
}
