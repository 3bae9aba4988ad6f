package dev.milvuso.codec;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of the codecs that write JSON, besides. */
abstract class JsonCodecContract<V> extends CodecContract<V> {
    JsonCodecContract(Codec<V> codec) {
        super(codec);
    }

    private String text(int seed) {
        return new String(bytes(seed), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "0", "-1", "1.0", "\"1\"", "null", "[1]", "99999999999999999999"})
    void anotherSchemaIsRefused(String schema) {
        String other = text(1).replace("\"schema\":1,", "\"schema\":" + schema + ",");
        assertRefused(other.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void noSchemaIsRefused() {
        assertRefused(text(1).replace("\"schema\":1,", "").getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-32BE"})
    void anotherEncodingThanUtf8IsRefused(String name) {
        for (int seed = 0; seed < 50; seed++) {
            assertRefused(text(seed).getBytes(Charset.forName(name)));
        }
    }

    @Test
    void aByteOrderMarkIsRefused() {
        assertRefused(("\uFEFF" + text(1)).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void hugeValuesAreRefused() {
        assertFieldsRefused("\"user_id\":\"" + "u".repeat(30_000_000) + "\"");
        assertFieldsRefused("\"" + "n".repeat(100_000) + "\":1");
        assertFieldsRefused("\"timestamp\":" + "9".repeat(100_000));
        assertFieldsRefused("\"value\":1e99999,\"weight\":1e99999");
        assertFieldsRefused("\"features\":" + "{\"a\":".repeat(100_000));
        assertFieldsRefused("\"items\":" + "[".repeat(1_000_000));
        assertFieldsRefused("\"new\":" + "[[".repeat(1_000_000));
    }

    private void assertFieldsRefused(String fields) {
        assertRefused(("{\"schema\":1," + fields + "}").getBytes(StandardCharsets.UTF_8));
    }
}
