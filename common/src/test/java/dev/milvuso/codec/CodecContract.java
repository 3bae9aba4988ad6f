package dev.milvuso.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every codec of a topic must do, tried with many records and with much that is not one. */
abstract class CodecContract<V> {
    static final int MANY = 1_000;

    private final Codec<V> codec;

    CodecContract(Codec<V> codec) {
        this.codec = codec;
    }

    abstract V record(RandomRecords random);

    final byte[] bytes(int seed) {
        return codec.encode(record(new RandomRecords(new Random(seed))));
    }

    final void assertRefused(byte[] bytes) {
        assertThatThrownBy(() -> codec.decode(bytes))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageNotContaining("\n");
    }

    /** Changed bytes may be a record by chance; nothing but a record or a refusal may come of them. */
    final void decodeOrRefuse(byte[] bytes) {
        try {
            assertThat(codec.decode(bytes)).isNotNull();
        } catch (MalformedRecordException e) {
            assertThat(e).message().isNotEmpty();
        }
    }

    @Test
    void everyRecordComesBackAsItWas() throws MalformedRecordException {
        for (int seed = 0; seed < MANY; seed++) {
            V record = record(new RandomRecords(new Random(seed)));
            assertThat(codec.decode(codec.encode(record)))
                    .usingRecursiveComparison()
                    .isEqualTo(record);
        }
    }

    @Test
    void aRecordCutAtAnyLengthIsRefused() {
        for (int seed = 0; seed < 20; seed++) {
            byte[] whole = bytes(seed);
            IntStream.range(0, whole.length).forEach(length -> assertRefused(Arrays.copyOf(whole, length)));
        }
    }

    @Test
    void bytesThatWereChangedAreReadOrRefused() {
        Random random = new Random(7);
        for (int seed = 0; seed < 10 * MANY; seed++) {
            byte[] bytes = bytes(seed % MANY);
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            decodeOrRefuse(bytes);
        }
    }

    @Test
    void bytesOfChanceAreReadOrRefused() {
        Random random = new Random(8);
        for (int length = 0; length < MANY; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            decodeOrRefuse(bytes);
        }
    }
}
