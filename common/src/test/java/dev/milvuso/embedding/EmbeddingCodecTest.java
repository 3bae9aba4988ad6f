package dev.milvuso.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.milvuso.codec.MalformedRecordException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(
            floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, (float) 1.0000001e15, (float) -3e38})
    void aNumberThatCannotBeServedIsRefusedInTheVectorAndAsABias(float number) throws MalformedRecordException {
        byte[] bytes = codec.encode(embedding);
        ByteBuffer inVector = ByteBuffer.wrap(bytes.clone()).putFloat(bytes.length - 4, number);
        assertThatThrownBy(() -> codec.decode(inVector.array()))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageContaining("number 1 of the vector of item ключ😀 is " + number);
        ByteBuffer asBias = ByteBuffer.wrap(bytes.clone()).putFloat(bytes.length - 14, number);
        assertThatThrownBy(() -> codec.decode(asBias.array()))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageContaining("the bias of item ключ😀 is " + number);
    }

    @Test
    void theLargestNumbersAreTakenAndTheirProductIsFinite() throws MalformedRecordException {
        float[] vector = new float[4096];
        Arrays.fill(vector, Embedding.LARGEST);
        Embedding large = new Embedding(VERSION, Kind.USER, "u", vector, -Embedding.LARGEST, 1, 1, 1);
        assertThat(codec.decode(codec.encode(large))).usingRecursiveComparison().isEqualTo(large);
        float product = 0;
        for (float number : vector) {
            product += number * number;
        }
        assertThat(product).isFinite();
    }

    @Test
    void aVectorThatIsNotFiniteIsRefused() {
        byte[] bytes = codec.encode(embedding);
        bytes[bytes.length - 4] = 0x7f;
        bytes[bytes.length - 3] = (byte) 0xc0;
        assertThatThrownBy(() -> codec.decode(bytes)).hasMessageContaining("NaN");
    }
}
