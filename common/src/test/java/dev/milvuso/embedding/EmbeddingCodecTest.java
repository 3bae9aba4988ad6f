package dev.milvuso.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.milvuso.codec.MalformedRecordException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EmbeddingCodecTest {
    private static final ModelVersion VERSION = new ModelVersion("v1");

    private final EmbeddingCodec codec = new EmbeddingCodec();
    private final Embedding embedding =
            new Embedding(VERSION, Kind.ITEM, "ключ😀", new float[] {1.5f, -2}, 0.25f, 3, 4, 5);

    @Test
    void anEmbeddingComesBackAsItWas() throws MalformedRecordException {
        assertThat(codec.decode(codec.encode(embedding)))
                .usingRecursiveComparison()
                .isEqualTo(embedding);
    }

    @Test
    void anActivationComesBackAsItWas() throws MalformedRecordException {
        Activation activation = new Activation(VERSION, 9);

        assertThat(codec.decode(codec.encode(activation))).isEqualTo(activation);
    }

    @Test
    void aRecordCutAtAnyLengthIsRefused() {
        byte[] whole = codec.encode(embedding);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> codec.decode(cut)).isInstanceOf(MalformedRecordException.class);
        }
    }

    @Test
    void bytesBeyondTheEndAndAnotherSchemaAreRefused() {
        byte[] whole = codec.encode(embedding);
        byte[] longer = Arrays.copyOf(whole, whole.length + 1);
        assertThatThrownBy(() -> codec.decode(longer)).hasMessage("1 bytes too many");
        whole[0] = 2;
        assertThatThrownBy(() -> codec.decode(whole)).hasMessage("unknown schema version 2");
    }

    @Test
    void aVectorThatIsNotFiniteIsRefused() {
        byte[] bytes = codec.encode(embedding);
        bytes[bytes.length - 4] = 0x7f;
        bytes[bytes.length - 3] = (byte) 0xc0;
        assertThatThrownBy(() -> codec.decode(bytes)).hasMessageContaining("NaN");
    }
}
