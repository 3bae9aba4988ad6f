package dev.milvuso.trainer.online;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.config.ConfigLoader;
import dev.milvuso.embedding.Kind;
import dev.milvuso.trainer.parameter.ParameterTable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QuarantineTest {
    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private final Counter withheld = metrics.counter("withheld");
    private final Counter quarantined = metrics.counter("quarantined");
    private final Quarantine quarantine = new Quarantine(100, withheld, quarantined);
    private final OnlineCore core = new OnlineCore(
            ConfigLoader.defaults().online(),
            ConfigLoader.defaults().training(),
            ConfigLoader.defaults().features(),
            ConfigLoader.defaults().ranking(),
            8);

    private boolean admits(ParameterTable table) {
        return quarantine.admits(table, 0, table.vector(0));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 101, -3e38f})
    void aRowThatMustNotBePublishedBeginsAnewWithoutState(float number) {
        for (Kind kind : Kind.values()) {
            ParameterTable table =
                    kind == Kind.USER ? core.model().users() : core.model().items();
            int row = table.findOrAdd("one");
            float[] fresh = table.vector(row);
            int state = table.stateOffset(row);
            Arrays.fill(table.stateChunk(row), state, state + table.stateWidth(), 7);
            table.chunk(row)[table.offset(row) + 3] = number;

            assertThat(admits(table)).isFalse();
            assertThat(table.vector(row)).isEqualTo(fresh);
            assertThat(Arrays.copyOfRange(table.stateChunk(row), state, state + table.stateWidth()))
                    .isEqualTo(new float[table.stateWidth()]);
            assertThat(admits(table)).isTrue();
        }
        assertThat(withheld.count()).isEqualTo(2);
        assertThat(quarantined.count()).isEqualTo(2);
    }

    @Test
    void aLargeRowWithinTheBoundIsLeftAlone() {
        ParameterTable items = core.model().items();
        int row = items.findOrAdd("one");
        items.chunk(row)[items.offset(row)] = 99;
        float[] before = items.vector(0);
        assertThat(admits(items)).isTrue();
        assertThat(items.vector(0)).isEqualTo(before);
        assertThat(withheld.count()).isZero();
    }
}
