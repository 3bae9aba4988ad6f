package dev.milvuso.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.milvuso.action.Action;
import dev.milvuso.action.EventId;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.RequestId;
import dev.milvuso.action.ServedList;
import dev.milvuso.action.UserEvent;
import dev.milvuso.action.UserId;
import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.embedded.EmbeddedServices;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.kafka.TopicCreator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** From the log of a real broker to an estimate. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExposuresCommandIT {
    private static final int LISTS = 40;

    @TempDir
    static Path folder;

    private EmbeddedServices services;
    private final List<String> settings = new ArrayList<>();

    @BeforeAll
    void start() {
        services = EmbeddedServices.start(folder.resolve("services"));
        settings.add("kafka.brokers=" + services.kafka().bootstrap());
        Config config = ConfigLoader.load(Optional.empty(), Map.of(), settings);
        TopicCreator.createMissing(config.kafka(), config.topics(), "test");
        var topic = config.topics().userActions();
        List<UserEvent> log = new ArrayList<>();
        for (int i = 0; i < LISTS; i++) {
            // Half of the lists have i0 at the top, and each of those is clicked there.
            String top = i % 2 == 0 ? "i0" : "i1";
            log.add(list(i, true, top, i % 2 == 0 ? "i1" : "i0"));
            if (i % 2 == 0) {
                log.add(click(i, "i0"));
            }
        }
        log.add(list(LISTS, false, "i0", "i1"));
        log.add(click(LISTS, "i1"));
        try (Producer<String, byte[]> producer = new KafkaClients(config.kafka()).producer("test")) {
            for (UserEvent event : log) {
                var unused = producer.send(new ProducerRecord<>(
                        topic.name(), topic.key().apply(event), topic.codec().encode(event)));
            }
        }
    }

    @AfterAll
    void stop() {
        services.close();
    }

    private static UserEvent list(int number, boolean shuffled, String... items) {
        return new ServedList(
                new RequestId("r" + number),
                new UserId("u" + number),
                "v1",
                Instant.now(),
                IntStream.range(0, items.length)
                        .mapToObj(i -> new ServedList.Shown(
                                new ItemId(items[i]), shuffled ? 1f / items.length : 1, "personal", ""))
                        .toList(),
                new ServedList.Origin("here", Map.of("size", "large"), shuffled));
    }

    private static UserEvent click(int list, String item) {
        return new Action(
                new EventId("e" + list),
                new UserId("u" + list),
                new ItemId(item),
                "Click",
                Instant.now(),
                Instant.now(),
                Optional.of(new RequestId("r" + list)),
                OptionalDouble.empty(),
                Map.of());
    }

    private Run run(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(arguments));
        settings.forEach(setting -> all.addAll(List.of("--set", setting)));
        return Run.of(all.toArray());
    }

    private static List<JsonNode> lines(Path file) throws Exception {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    @Test
    void whatTheLogSaysOfListsInRandomOrderIsWhatAnEstimateIsMadeOf() throws Exception {
        Path out = folder.resolve("exposures.jsonl");
        Run exposures = run("exposures", "--json", "--out", out, "--target", "logged");
        assertThat(exposures.exit()).as(exposures.err()).isZero();
        assertThat(exposures.json().get("lists").intValue()).isEqualTo(LISTS);
        assertThat(exposures.json().get("exposures").intValue()).isEqualTo(2 * LISTS);
        assertThat(exposures.json().get("rewarded").intValue()).isEqualTo(LISTS / 2);
        assertThat(lines(out)).allSatisfy(line -> {
            assertThat(line.get("propensity").doubleValue()).isEqualTo(0.5);
            boolean isClicked = line.get("position").intValue() == 1
                    && line.get("item_id").textValue().equals("i0");
            assertThat(line.get("reward").intValue()).isEqualTo(isClicked ? 1 : 0);
            assertThat(line.at("/variants/size").textValue()).isEqualTo("large");
        });
        Run estimate = Run.of("evaluate", "--json", "--protocol", "off-policy", "--log", out);
        assertThat(estimate.exit()).as(estimate.err()).isZero();
        assertThat(estimate.json().at("/ips/value").doubleValue()).isEqualTo(0.25);
        assertThat(estimate.json().get("groups").intValue()).isEqualTo(LISTS);
    }

    @Test
    void theModelsOrderIsWorthWhatItsListsEarned() throws Exception {
        Path data = Files.writeString(folder.resolve("data.csv"), data());
        Path model = folder.resolve("model");
        Run trained = Run.of("train", "--format", "csv", "--data", data, "--model-out", model);
        assertThat(trained.exit()).as(trained.err()).isZero();
        Path out = folder.resolve("by-model.jsonl");
        Run exposures = run("exposures", "--out", out, "--target", "model", "--model", model);
        assertThat(exposures.exit()).as(exposures.err()).isZero();
        assertThat(lines(out)).allSatisfy(line -> {
            boolean isFirst = line.get("position").intValue() == 1;
            boolean isAsTheModelHasIt = line.get("item_id").textValue().equals(isFirst ? "i0" : "i1");
            assertThat(line.get("target").doubleValue()).isEqualTo(isAsTheModelHasIt ? 1 : 0);
        });
        // Its first place is clicked whenever it is shown, its second never.
        Run estimate = Run.of("evaluate", "--json", "--protocol", "off-policy", "--log", out);
        assertThat(estimate.json().at("/snips/value").doubleValue()).isEqualTo(0.5);
    }

    /** Everybody has chosen i0, and of i1 the model knows that it is for others. */
    private static String data() {
        StringBuilder data = new StringBuilder("user_id,item_id\n");
        for (int user = 0; user <= LISTS; user++) {
            data.append("u" + user + ",i0\nu" + user + ",also" + user % 5 + "\n");
            data.append("other" + user + ",i1\nother" + user + ",elsewhere" + user % 5 + "\n");
        }
        return data.toString();
    }

    @Test
    void allListsAreHadTooAndOtherRewards() throws Exception {
        Path out = folder.resolve("all.jsonl");
        Run all = run("exposures", "--json", "--out", out, "--lists", "all", "--reward", "favour");
        assertThat(all.json().get("exposures").intValue()).isEqualTo(2 * LISTS + 2);
        assertThat(all.json().get("rewarded").intValue()).isEqualTo(LISTS / 2 + 1);
        assertThat(lines(out)).noneMatch(line -> line.has("target"));
        Run estimate = Run.of("evaluate", "--protocol", "off-policy", "--log", out);
        assertThat(estimate.err()).contains("target is missing");
    }

    @Test
    void whereThereIsNoBrokerAnEarlierFileStaysAsItIs() throws Exception {
        Path out = folder.resolve("earlier.jsonl");
        Files.writeString(out, "earlier");
        Run refused = Run.of("exposures", "--out", out, "--set", "kafka.brokers=127.0.0.1:1");
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.err()).contains("127.0.0.1:1");
        assertThat(out).hasContent("earlier");
        assertThat(folder.resolve("earlier.jsonl.part")).doesNotExist();
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        Path out = folder.resolve("none.jsonl");
        assertThat(run("exposures", "--out", out, "--lists", "some").err()).contains("--lists is some");
        assertThat(run("exposures", "--out", out, "--reward", "money").err()).contains("--reward is money");
        assertThat(run("exposures", "--out", out, "--target", "best").err()).contains("--target is best");
        assertThat(run("exposures", "--out", out, "--target", "model").err()).contains("needs --model");
        assertThat(run("exposures", "--out", out, "--back", "a week").err()).contains("--back is a week");
    }
}
