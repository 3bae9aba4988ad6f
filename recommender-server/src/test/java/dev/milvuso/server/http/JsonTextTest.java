package dev.milvuso.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
    private static Problem refused(byte[] body) {
        return catchThrowableOfType(Problem.class, () -> JsonText.parse(body, 1000));
    }

    private static Problem refused(String body) {
        return refused(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static String place(Problem problem) {
        return problem.faults().get(0).field();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a':1,'b':tru}|b",
                "{'a':{'b':[1,2,x]}}|a.b[2]",
                "[{'a':1},{'a'=1}]|[1].a",
                "[{'a':1},{'a':01}]|[1].a",
                "{'a':'\u0001'}|a",
                "{'a':'\\x'}|a",
                "{'a':1} 2|body",
                "{'a':1}}|body",
                "nonsense|body",
            })
    void malformedJsonIsRefusedAtItsPlace(String body, String place) {
        assertThat(place(refused(body))).isEqualTo(place);
        assertThat(refused(body).getMessage()).startsWith(place + " is not valid JSON");
    }

    /** Overlong forms, halves of surrogate pairs, what lies beyond Unicode, and a text that ends too early. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00c0\u00af",
                "\u00e0\u0080\u0080",
                "\u00ed\u00a0\u0080",
                "\u00f4\u0090\u0080\u0080",
                "\u00ff",
                "\u00c3"
            })
    void bytesThatAreNotUtf8AreRefusedAtTheirPlace(String bytes) {
        Problem problem = refused(("[{\"a\":1},{\"title\":\"" + bytes + "\"}]").getBytes(StandardCharsets.ISO_8859_1));
        assertThat(problem.getMessage()).isEqualTo("[1].title is not UTF-8 at byte 19");
        Problem behind = refused(("{\"a\":1}" + bytes).getBytes(StandardCharsets.ISO_8859_1));
        assertThat(behind.getMessage()).isEqualTo("body is not UTF-8 at byte 7");
        assertThat(refused(bytes.getBytes(StandardCharsets.ISO_8859_1)).getMessage())
                .isEqualTo("body is not UTF-8 at byte 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void otherEncodingsOfUnicodeAreRefused(String charset) {
        assertThat(refused("{\"a\":1}".getBytes(Charset.forName(charset))).status())
                .isEqualTo(400);
    }

    @Test
    void aByteOrderMarkIsPassedOver() {
        assertThat(JsonText.parse("\ufeff{\"a\":1}".getBytes(StandardCharsets.UTF_8), 1)
                        .values()
                        .get(0)
                        .get("a")
                        .intValue())
                .isEqualTo(1);
    }

    @Test
    void levelsDigitsAndNamesHaveLimitsThatAreNamed() {
        assertThat(refused("{'a':" + "[".repeat(32)).getMessage())
                .startsWith("a[0][0]")
                .endsWith("is nested deeper than 32 levels");
        assertThat(JsonText.parse("[".repeat(32).concat("]".repeat(32)).getBytes(StandardCharsets.UTF_8), 1)
                        .values())
                .hasSize(1);
        assertThat(refused("{'a':" + "1".repeat(1001) + "}").getMessage())
                .startsWith("a holds a number of more than 1000");
        assertThat(refused("{'" + "n".repeat(1001) + "':1}").getMessage()).contains("a name of more than 1000");
    }

    @Test
    void numbersStayAsTheyAreWritten() {
        String text = "[1.50,100.0,1E-400,12345678901234567890.123456789,-0.1]";
        assertThat(JsonText.parse(text.getBytes(StandardCharsets.UTF_8), 9).values())
                .extracting(number -> number.asText())
                .containsExactly("1.50", "100.0", "1E-400", "12345678901234567890.123456789", "-0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999", "-1e-99999999999", "1e2147483648"})
    void anExponentBeyondAllBoundsIsRefused(String number) {
        assertThat(refused("{'a':" + number + "}").getMessage())
                .isEqualTo("a is a number whose exponent is out of all range");
    }

    @Test
    void noMoreOfAnArrayIsReadThanMayBeThere() {
        assertThatThrownBy(() -> JsonText.parse("[1,2,3,".getBytes(StandardCharsets.UTF_8), 2))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("more than 2 entries");
    }
}
