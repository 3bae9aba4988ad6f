package dev.milvuso.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.milvuso.codec.MalformedRecordException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingExampleCodecTest {
    private static final String WHOLE = "{\"schema\":1,\"example_id\":\"x\",\"event_ids\":[\"e\"],\"user_id\":\"u\","
            + "\"item_id\":\"i\",\"action_type\":\"View\",\"label\":1,\"weight\":0.5,\"timestamp\":5,"
            + "\"features\": {\"a\" : 1.50, \"ü\":-2E-3} }";

    private final TrainingExampleCodec codec = new TrainingExampleCodec();

    @Test
    void featuresAreCopiedAsTheyStand() throws MalformedRecordException {
        TrainingExample example = decode(WHOLE);

        assertThat(example.features()).hasValue("{\"a\" : 1.50, \"ü\":-2E-3}");
        assertThat(example.acceptedAt()).isEqualTo(example.timestamp());
        assertThat(new String(codec.encode(example), StandardCharsets.UTF_8)).contains("{\"a\" : 1.50, \"ü\":-2E-3}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"label\":1                | \"label\":0.7     | label is 0.7",
                "\"label\":1                | \"label\":2       | label is 2",
                "\"label\":1                | \"label\":\"1\"   | label",
                "\"label\":1,               |                   | label",
                "\"weight\":0.5             | \"weight\":-1     | weight",
                "\"weight\":0.5             | \"weight\":1e39   | weight",
                "\"event_ids\":[\"e\"]      | \"event_ids\":[]  | event_ids",
                "\"event_ids\":[\"e\"]      | \"event_ids\":[7] | event_ids",
                "\"event_ids\":[\"e\"]      | \"event_ids\":\"e\" | event_ids",
                "\"example_id\":\"x\",      |                   | example_id is missing",
                "\"features\": {\"a\" : 1.50, | \"features\": 5,\"b\":{\"c\":1, | features is not an object",
                "\"a\" : 1.50              | \"a\" : []        | features.a is not a finite number",
            })
    void whatIsNotAnExampleIsRefusedNamingTheField(String part, String instead, String reason) {
        assertThat(WHOLE).contains(part);
        assertThatThrownBy(() -> decode(WHOLE.replace(part, instead == null ? "" : instead)))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageContaining(reason);
    }

    private TrainingExample decode(String text) throws MalformedRecordException {
        return codec.decode(text.getBytes(StandardCharsets.UTF_8));
    }
}
