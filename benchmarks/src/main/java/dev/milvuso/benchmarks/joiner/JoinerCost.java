package dev.milvuso.benchmarks.joiner;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.benchmarks.process.Broker;
import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.kafka.TopicCreator;
import dev.milvuso.standalone.bench.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * CPU time a record of the join against a job with the same sources and sink that passes records through. Both run in
 * turn in this process over the same records, now the one first and now the other; the broker runs in another process.
 * The JVM is the launcher's, {@code -Xmx1g -XX:+UseSerialGC}: another collector is another cost. The first rounds warm
 * the compiler up and do not count. Figures are medians over rounds.
 *
 * <p>Without {@code --live} all records are there before the jobs start: they catch up. With it, P actions a second are
 * written while the job runs, each followed by its features 10 ms later, as in service.
 */
public final class JoinerCost {
    static final int PARTITIONS = 4;
    static final int READERS = 2;

    private final Session session;
    private final Load load;
    private final Path directory;
    private final String brokers;
    private final String backend;
    private final int live;
    private final List<Double> passed = new ArrayList<>();
    private final List<Double> joined = new ArrayList<>();
    private final List<Double> ratios = new ArrayList<>();
    private int runs;

    private JoinerCost(Session session, Load load, Path directory, String brokers, String backend, int live) {
        this.session = session;
        this.load = load;
        this.directory = directory;
        this.brokers = brokers;
        this.backend = backend;
        this.live = live;
    }

    static ObjectNode run(Session session) throws Exception {
        Load load = new Load(session.number("actions"), session.number("with-request"), PARTITIONS);
        Path directory = session.directory();
        Broker broker = session.opened(new Broker(directory));
        JoinerCost cost = new JoinerCost(
                session, load, directory, broker.bootstrap(), session.text("backend"), session.number("live"));
        if (cost.live == 0) {
            cost.send();
        }
        cost.measure(session.number("warm-up"), session.number("rounds"));
        return cost.result();
    }

    private void send() {
        Config config = session.config(settings(0));
        TopicCreator.createMissing(config.kafka(), config.topics(), "joiner-cost");
        try (KafkaProducer<String, byte[]> producer = new KafkaClients(config.kafka()).producer("joiner-cost")) {
            load.send(producer, config.topics(), Pace.past(load.actions()));
        }
    }

    static Config config(List<String> settings) {
        return ConfigLoader.load(Optional.empty(), Map.of(), settings);
    }

    /** Each run writes into a topic of its own, which goes with it; and it reads its own if they are written live. */
    private List<String> settings(int run) {
        List<String> settings = new ArrayList<>(List.of(
                "kafka.brokers=" + brokers,
                "kafka.partitions=" + PARTITIONS,
                "kafka.training_topic=examples-" + run,
                "joiner.state_backend=" + backend,
                "joiner.parallelism=" + READERS,
                // A job that starts reads its two topics at two speeds; what is measured is the join.
                "joiner.feature_wait=1m",
                "joiner.impression_window=1m",
                "joiner.checkpoint_directory=" + directory.resolve("checkpoints-" + run)));
        if (live > 0) {
            settings.add("kafka.log_topic=actions-" + run);
            settings.add("kafka.feature_topic=features-" + run);
        }
        return settings;
    }

    private void measure(int warmUp, int rounds) throws Exception {
        for (int round = -warmUp; round < rounds; round++) {
            boolean joinFirst = round % 2 != 0;
            double first = run(joinFirst);
            double second = run(!joinFirst);
            double join = joinFirst ? first : second;
            double pass = joinFirst ? second : first;
            session.say(
                    "%s: pass-through %.2f µs, join %.2f µs, ratio %.2f",
                    round < 0 ? "warm-up" : "round " + round, pass, join, join / pass);
            if (round >= 0) {
                passed.add(pass);
                joined.add(join);
                ratios.add(join / pass);
            }
        }
    }

    private double run(boolean join) throws Exception {
        List<String> settings = settings(runs++);
        Run run = new Run(session.config(settings), load, join);
        if (live == 0) {
            return run.microsecondsPerRecord();
        }
        run.createTopics();
        try (Sender sender = new Sender(load, live, settings)) {
            double cost = run.microsecondsPerRecord();
            sender.requireNoFailure();
            return cost;
        } finally {
            run.deleteTopics();
        }
    }

    private ObjectNode result() {
        ObjectNode result = new ObjectMapper().createObjectNode();
        result.put("name", "join")
                .put("backend", backend)
                .put("pace", live == 0 ? "catching up" : live + " actions a second")
                .put("rounds", ratios.size());
        result.put("records", load.records()).put("examples", load.examples());
        result.put("pass_through_us_per_record", quantile(passed, 0.5));
        result.put("join_us_per_record", quantile(joined, 0.5));
        result.put("join_records_per_cpu_second", 1e6 / quantile(joined, 0.5));
        result.put("ratio_to_pass_through", quantile(ratios, 0.5));
        result.put("ratio_quartile_1", quantile(ratios, 0.25)).put("ratio_quartile_3", quantile(ratios, 0.75));
        result.put("ratio_least", quantile(ratios, 0)).put("ratio_most", quantile(ratios, 1));
        return result;
    }

    private static double quantile(List<Double> values, double share) {
        return values.stream()
                .sorted()
                .skip(Math.round((values.size() - 1) * share))
                .findFirst()
                .orElseThrow();
    }
}
