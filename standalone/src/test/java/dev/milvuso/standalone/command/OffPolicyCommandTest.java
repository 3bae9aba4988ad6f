package dev.milvuso.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OffPolicyCommandTest {
    @TempDir
    private Path directory = Path.of("");

    private Run evaluate(String log, String... more) throws Exception {
        Path file = Files.writeString(directory.resolve("log.jsonl"), log.replace('\'', '"'));
        String[] arguments = new String[more.length + 6];
        System.arraycopy(
                new String[] {"evaluate", "--protocol", "off-policy", "--log", file.toString(), "--json"},
                0,
                arguments,
                0,
                6);
        System.arraycopy(more, 0, arguments, 6, more.length);
        return Run.of((Object[]) arguments);
    }

    @Test
    void whatAnotherPolicyWouldHaveEarnedIsSaidWithItsConfidence() throws Exception {
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            // Half of the choices are what the target would do, and are worth 3/4.
            log.append(
                    "{'reward':" + (i % 8 < 3 ? 1 : 0) + ",'propensity':0.5,'target':" + (i % 8 < 4 ? 1 : 0) + "}\n");
        }
        Run run = evaluate(log.toString());
        assertThat(run.exit()).as(run.err()).isZero();
        JsonNode result = new ObjectMapper().readTree(run.out());
        assertThat(result.at("/snips/value").doubleValue()).isCloseTo(0.75, within(1e-9));
        assertThat(result.at("/ips/low").doubleValue()).isLessThan(0.75);
        assertThat(result.at("/dr/high").doubleValue()).isGreaterThan(0.75);
        assertThat(result.at("/effective_samples").doubleValue()).isCloseTo(200, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {'reward':1,'propensity':0,'target':1}          | log.jsonl:1: propensity is 0.0
            {'reward':1,'propensity':1}                     | log.jsonl:1: target is missing
            {'reward':'1','propensity':1,'target':1}        | log.jsonl:1: reward is not a number
            {'reward':1e999,'propensity':1,'target':1}      | log.jsonl:1: reward is
            {'reward':1,'propensity':1,'target':2}          | log.jsonl:1: target is 2.0
            {'reward':1,'propensity':1,'target':1,'q':1}    | log.jsonl:1: unknown field q
            {'reward':1,'propensity':1,'target':1,'predicted':1} | log.jsonl:1: predicted and predicted_target
            {'reward'                                       | log.jsonl:1: is not a JSON object
            [1]                                             | log.jsonl:1: is not a JSON object
            {'reward':1,'propensity':1,'target':1}          | an estimate needs 2
            """)
    void aLineThatIsWrongIsNamed(String line, String message) throws Exception {
        Run run = evaluate(line);
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains(message);
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() throws Exception {
        String log = "{'reward':1,'propensity':1,'target':1}\n";
        assertThat(evaluate(log, "--clip", "0").err()).contains("--clip is 0.0");
        assertThat(evaluate(log, "--confidence", "1").err()).contains("--confidence is 1.0");
        assertThat(Run.of("evaluate", "--protocol", "off-policy").err()).contains("--log is missing");
        assertThat(Run.of("evaluate", "--protocol", "off-policy", "--log", "nowhere")
                        .exit())
                .isEqualTo(2);
    }
}
