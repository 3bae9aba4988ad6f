package dev.milvuso.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {
    private final List<Problem.Fault> faults = new ArrayList<>();

    private Fields of(String json) throws Exception {
        JsonNode node = new ObjectMapper().readTree(json.replace('\'', '"'));
        return new Fields(node, "[3]", faults);
    }

    private List<String> fields() {
        return faults.stream().map(Problem.Fault::field).toList();
    }

    @Test
    void whatIsThereIsRead() throws Exception {
        Fields fields = of("{'text':'a','number':1.5,'flag':true,'time':'2026-01-31T12:00:00+01:00'}");
        assertThat(fields.text("text", 1, String::toUpperCase)).hasValue("A");
        assertThat(fields.number("number")).hasValue(1.5);
        assertThat(fields.flag("flag")).isTrue();
        assertThat(fields.time("time")).hasValue(Instant.parse("2026-01-31T11:00:00Z"));
        fields.refuseUnknown();
        assertThat(faults).isEmpty();
    }

    @Test
    void whatIsNotThereIsEmpty() throws Exception {
        Fields fields = of("{}");
        assertThat(fields.text("text", 1, text -> text)).isEmpty();
        assertThat(fields.number("number")).isEmpty();
        assertThat(fields.flag("flag")).isFalse();
        assertThat(fields.time("time")).isEmpty();
        assertThat(faults).isEmpty();
    }

    @Test
    void aRequiredFieldThatIsMissingOrWrongIsOneFault() throws Exception {
        Fields fields = of("{'wrong':7}");
        assertThatThrownBy(() -> fields.requiredText("wrong", 1, text -> text)).isInstanceOf(Fields.Missing.class);
        assertThatThrownBy(() -> fields.requiredText("missing", 1, text -> text))
                .isInstanceOf(Fields.Missing.class);
        assertThat(fields()).containsExactly("[3].wrong", "[3].missing");
    }

    @Test
    void fieldsThatNobodyAskedForAreUnknown() throws Exception {
        Fields fields = of("{'a':1,'b':2,'" + "c".repeat(200) + "':3}");
        var unused = fields.find("a");
        fields.refuseUnknown();
        assertThat(fields()).containsExactly("[3].b", "[3]." + "c".repeat(124));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "{}", "[]", "true", "'toolong'", "'\\u0000'", "'\\ud800'", "'\\udc00\\ud800'"})
    void whatIsNoTextOfOursIsAFault(String value) throws Exception {
        assertThat(of("{'text':" + value + "}").text("text", 6, text -> text)).isEmpty();
        assertThat(fields()).containsExactly("[3].text");
    }

    @ParameterizedTest
    @CsvSource({
        "'2026-01-31'",
        "'2026-01-31T12:00:00'",
        "'2026-02-30T12:00:00Z'",
        "'+10000-01-01T00:00:00Z'",
        "'0000-12-31T00:00:00Z'",
        "'-999999999-01-01T00:00:00+18:00'"
    })
    void whatIsNoTimeIsAFault(String time) throws Exception {
        assertThat(of("{'time':'" + time + "'}").time("time")).isEmpty();
        assertThat(fields()).containsExactly("[3].time");
    }
}
