package dev.milvuso.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SecureBitsTest {
    @Test
    void noTwoAreTheSameOnAnyThreadAndAllBitsComeUp() {
        SecureBits bits = new SecureBits();
        Set<Long> seen = ConcurrentHashMap.newKeySet();
        IntStream.range(0, 100_000).parallel().forEach(i -> seen.add(bits.nextLong()));
        assertThat(seen).hasSize(100_000);
        for (int bit = 0; bit < Long.SIZE; bit++) {
            long mask = 1L << bit;
            assertThat(seen.stream().filter(each -> (each & mask) != 0).count()).isBetween(49_000L, 51_000L);
        }
    }
}
