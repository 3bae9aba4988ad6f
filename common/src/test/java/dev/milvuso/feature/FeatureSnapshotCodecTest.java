package dev.milvuso.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.milvuso.codec.MalformedRecordException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureSnapshotCodecTest {
    private static FeatureSnapshot decode(String features) throws MalformedRecordException {
        String text = "{\"schema\":1,\"event_id\":\"e\",\"user_id\":\"u\",\"item_id\":\"i\",\"features\":" + features
                + ",\"timestamp\":5}";
        return new FeatureSnapshotCodec().decode(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\":1}",
                "{ \"a\" : -0.50 , \"ü😀\":1.0E-5 }",
                "{\"a\":1e308,\"b\":-1E+308,\"c\":123456789012345678901234567890,\"d\":1e-999}"
            })
    void numbersAreCopiedAsTheyStand(String features) throws MalformedRecordException {
        FeatureSnapshot snapshot = decode(features);

        assertThat(snapshot.features()).isEqualTo(features);
        assertThat(snapshot.timestamp().toEpochMilli()).isEqualTo(5);
    }

    @Test
    void numbersOfManyDigitsAreFiniteOnlySoFarAsADoubleGoes() throws MalformedRecordException {
        String fraction = "{\"a\":0." + "1".repeat(900) + "}";

        assertThat(decode("{\"a\":" + "1".repeat(308) + "}").features()).hasSize(314);
        assertThat(decode(fraction).features()).isEqualTo(fraction);
        assertRefused("{\"a\":" + "1".repeat(400) + "}", "features.a is not a finite number");
        assertRefused("{\"a\":" + "1".repeat(400) + ".5}", "features.a is not a finite number");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":\"x\"}         | features.a is not a finite number",
                "{\"a\":1,\"b\":\"1\"} | features.b is not a finite number",
                "{\"a\":{}}            | features.a is not a finite number",
                "{\"a\":{\"b\":1}}     | features.a is not a finite number",
                "{\"a\":[1]}           | features.a is not a finite number",
                "{\"a\":null}          | features.a is not a finite number",
                "{\"a\":true}          | features.a is not a finite number",
                "{\"a\":1e309}         | features.a is not a finite number",
                "{\"a\":-1E309}        | features.a is not a finite number",
                "{\"a\":\"NaN\"}       | features.a is not a finite number",
                "{\"a\":NaN}           | not valid JSON",
                "{\"a\":Infinity}      | not valid JSON",
                "{\"a\":1,\"a\":2}     | not valid JSON",
                "[1]                   | features is not an object",
                "7                     | features is not an object",
                "null                  | features is not an object",
            })
    void anythingElseIsRefusedByName(String features, String reason) {
        assertRefused(features, reason);
    }

    private static void assertRefused(String features, String reason) {
        assertThatThrownBy(() -> decode(features))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageStartingWith(reason);
    }
}
