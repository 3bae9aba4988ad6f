package dev.milvuso.vector.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Vector;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HitsCodecTest {
    private static final List<List<Hit>> LISTS = List.of(
            List.of(),
            List.of(
                    new Hit("ä", -0.5f),
                    new Hit(
                            Id.of(Long.MIN_VALUE),
                            1,
                            Optional.of(Entity.of(Id.of(Long.MIN_VALUE))
                                    .with("dense", Vector.of(1, -0f))
                                    .with("bits", new Vector.Binary(new byte[] {1, -1}))
                                    .with("sparse", new Vector.Sparse(new int[] {3}, new float[] {2}))
                                    .withAll(Map.of(
                                            "whole", 1L, "real", 1.0, "single", 1.0f, "truth", true, "lie", false))
                                    .with("json", (Object) Map.of("list", Arrays.asList("x", null, Map.of())))))));

    @Test
    void hitsComeBackAsTheyWere() throws IOException {
        assertThat(HitsCodec.read(HitsCodec.write(LISTS))).isEqualTo(LISTS);
    }

    @Test
    void otherBytesAreAnIoException() {
        byte[] whole = HitsCodec.write(LISTS);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> HitsCodec.read(cut)).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> HitsCodec.read(Arrays.copyOf(whole, whole.length + 1)))
                .isInstanceOf(IOException.class);
    }
}
