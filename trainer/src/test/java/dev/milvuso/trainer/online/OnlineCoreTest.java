package dev.milvuso.trainer.online;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.config.ConfigLoader;
import org.junit.jupiter.api.Test;

final class OnlineCoreTest {
    private final OnlineCore core = new OnlineCore(ConfigLoader.defaults());

    @Test
    void aRepeatedExampleMovesNothing() {
        assertThat(core.apply("e1", "u", "i", 1, 1, 0)).isTrue();
        float score = core.model().score(0, 0);
        assertThat(core.apply("e1", "u", "i", 1, 1, 0)).isFalse();
        assertThat(core.model().score(0, 0)).isEqualTo(score);
        assertThat(core.applied()).isEqualTo(1);
    }
}
