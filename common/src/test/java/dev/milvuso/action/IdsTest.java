package dev.milvuso.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "😀", "é/ключ:1", "00000000-0000-0000-0000-000000000000"})
    void anIdWithoutWhiteSpaceIsTaken(String id) {
        assertThat(new UserId(id).value()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "a b", "a\tb", "a\u00a0b", "a\u2028", "\u0000", "\u007f", "\u0085", "a\ud83d", "\ude00b"
            })
    void whiteSpaceControlsAndLoneSurrogatesAreRefused(String id) {
        assertThatThrownBy(() -> new UserId(id))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("user_id ");
    }

    @Test
    void lengthIsCountedInCodePoints() {
        assertThat(new ItemId("😀".repeat(128)).value()).hasSize(256);
        assertThatThrownBy(() -> new ItemId("😀".repeat(129))).hasMessageContaining("longer than 128");
        assertThatThrownBy(() -> new ItemId("a".repeat(129))).hasMessageContaining("longer than 128");
    }

    @Test
    void eventIdsAreVersionSevenAndInOrderOfTime() {
        UUID first = ids(1_700_000_000_000L).uuid();
        UUID second = ids(1_700_000_000_001L).uuid();

        assertThat(first.version()).isEqualTo(7);
        assertThat(first.variant()).isEqualTo(2);
        assertThat(first.getMostSignificantBits() >>> 16).isEqualTo(1_700_000_000_000L);
        assertThat(second.toString()).isGreaterThan(first.toString());
    }

    private static EventIds ids(long millis) {
        return new EventIds(Clock.fixed(Instant.ofEpochMilli(millis), ZoneOffset.UTC), new Random(1));
    }
}
