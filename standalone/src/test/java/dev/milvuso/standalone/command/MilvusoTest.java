package dev.milvuso.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MilvusoTest {
    @Test
    void wrongUsageAndWrongConfigurationExitWithTwo() {
        assertThat(Milvuso.run("nonsense")).isEqualTo(2);
        assertThat(Milvuso.run("worker", "--worker-type", "feature", "--set", "server.prot=1"))
                .isEqualTo(2);
        assertThat(Milvuso.run("import", "--format", "ncf", "/nowhere/at/all")).isEqualTo(2);
    }

    @Test
    void helpExitsWithZero() {
        assertThat(Milvuso.run("import", "--help")).isZero();
    }
}
