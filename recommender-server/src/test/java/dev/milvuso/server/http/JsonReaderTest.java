package dev.milvuso.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class JsonReaderTest {
    private final JsonReader reader = new JsonReader(100_000);

    private List<String> names(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return reader.oneOrMany(() -> new ByteArrayInputStream(bytes), JsonReaderTest::name);
    }

    private static String name(Fields fields) {
        OptionalDouble number = fields.number("number");
        return fields.requiredText("name", 5, text -> text) + (number.isPresent() ? number.getAsDouble() : "");
    }

    private Problem refused(String body) {
        return catchThrowableOfType(Problem.class, () -> names(body));
    }

    @Test
    void oneAndManyAreRead() {
        assertThat(names("{\"name\":\"a\"}")).containsExactly("a");
        assertThat(names(" [{\"name\":\"a\"},{\"number\":2,\"name\":\"b\"}] ")).containsExactly("a", "b2.0");
        assertThat(names("[" + "{\"name\":\"a\"},".repeat(999) + "{\"name\":\"a\"}]"))
                .hasSize(1000);
    }

    @Test
    void allFaultsAreToldAtOnceEachWithItsPlace() {
        Problem problem = refused("[{\"name\":\"a\"},{\"name\":\"toolong\",\"number\":\"1\",\"x\":0},7,{}]");
        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.faults())
                .extracting(Problem.Fault::field)
                .containsExactly("[1].number", "[1].name", "[1].x", "[2]", "[3].name");
    }

    @Test
    void aLongListOfFaultsIsCut() {
        assertThat(refused("[" + "{},".repeat(500) + "{}]").faults()).hasSizeBetween(20, 30);
    }

    @Test
    void nullIsAsIfItWereLeftOut() {
        assertThat(names("{\"name\":\"a\",\"number\":null}")).containsExactly("a");
        assertThat(refused("{\"name\":null}").faults()).containsExactly(new Problem.Fault("name", "is missing"));
    }

    @Test
    void tooManyAreNotEvenLookedAt() {
        assertThat(refused("[" + "{},".repeat(1000) + "{}]").status()).isEqualTo(413);
    }

    @Test
    void aBodyOverTheLimitIsNotCut() {
        String body = "{\"name\":\"a\"}";
        assertThat(names(body + " ".repeat(100_000 - body.length()))).containsExactly("a");
        assertThat(refused(body + " ".repeat(100_001 - body.length())).status()).isEqualTo(413);
    }

    @Test
    void aFieldThatStandsTwiceIsNamed() {
        assertThat(refused("{\"name\":\"a\",\"name\":\"b\"}").faults())
                .containsExactly(new Problem.Fault("name", "stands twice in its object"));
        assertThat(refused("[{\"name\":\"a\"},{\"x\":{\"y\":1,\"y\":2}}]").faults())
                .extracting(Problem.Fault::field)
                .containsExactly("[1].x.y");
    }

    @Test
    void aBodyThatBreaksOffIsRefused() {
        Problem problem = catchThrowableOfType(
                Problem.class,
                () -> reader.oneOrMany(
                        () -> {
                            throw new IOException("the client is gone");
                        },
                        JsonReaderTest::name));
        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.getMessage()).doesNotContain("gone");
    }
}
