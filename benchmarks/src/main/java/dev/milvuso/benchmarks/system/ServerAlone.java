package dev.milvuso.benchmarks.system;

import dev.milvuso.action.ItemId;
import dev.milvuso.benchmarks.process.Options;
import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.embedded.EmbeddedServices;
import dev.milvuso.embedding.Activation;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.EmbeddingRecord;
import dev.milvuso.embedding.Kind;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.item.Item;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.kafka.TopicCreator;
import dev.milvuso.postgres.Database;
import dev.milvuso.server.RecommenderServer;
import dev.milvuso.server.catalogue.postgres.PostgresCatalogue;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import io.javalin.Javalin;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A recommender-server in a process of its own, so that its CPU time is nobody else's: {@code services} starts Kafka,
 * PostgreSQL and Redis with a catalogue and a published model, {@code server} the server on them, and beside it a bare
 * route of the same library that answers with the bytes of one of its lists. Each says on its standard output where it
 * is and ends with its standard input.
 */
public final class ServerAlone {
    private static final ModelVersion VERSION = new ModelVersion("batch-bench");
    private static final int CATEGORIES = 50;

    private ServerAlone() {}

    public static void main(String[] arguments) throws Exception {
        Options options = new Options(
                Arrays.copyOfRange(arguments, 1, arguments.length),
                "directory",
                "items",
                "users",
                "dimension",
                "settings");
        if (arguments[0].equals("services")) {
            services(options);
        } else {
            server(options);
        }
        System.in.readAllBytes();
        Runtime.getRuntime().halt(0);
    }

    private static void services(Options options) throws Exception {
        EmbeddedServices services = EmbeddedServices.start(Path.of(options.required("directory")));
        int dimension = options.number("dimension", 64);
        String settings = String.join(
                "\u001f",
                "server.port=0",
                "milvus.dimension=" + dimension,
                "recommendation.embedding_dim=" + dimension,
                "kafka.brokers=" + services.kafka().bootstrap(),
                "redis.port=" + services.redis().port(),
                "postgres.url=" + services.postgres().url(),
                "postgres.user=" + services.postgres().user(),
                "postgres.password=" + services.postgres().password());
        Config config = config(settings);
        TopicCreator.createMissing(config.kafka(), config.topics(), "bench");
        SplittableRandom random = new SplittableRandom(1);
        catalogue(config, options.number("items", 100_000));
        publish(config, options.number("items", 100_000), options.number("users", 100_000), dimension, random);
        System.out.println("settings " + settings);
    }

    static Config config(String settings) {
        return ConfigLoader.load(Optional.empty(), Map.of(), List.of(settings.split("\u001f", -1)));
    }

    private static void catalogue(Config config, int count) {
        try (Database database = new Database(config.postgres(), "bench")) {
            database.migrate();
            PostgresCatalogue catalogue = new PostgresCatalogue(database);
            List<Item> batch = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                batch.add(item(i));
                if (batch.size() == 1000 || i == count - 1) {
                    catalogue.put(batch);
                    batch.clear();
                }
            }
        }
    }

    private static Item item(int number) {
        return new Item(
                new ItemId("item-" + number),
                Optional.of("category-" + number % CATEGORIES),
                List.of("tag-" + number % 7),
                number % 1000,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                false,
                Optional.empty());
    }

    private static void publish(Config config, int items, int users, int dimension, SplittableRandom random) {
        float[][] centres = new float[CATEGORIES][];
        for (int i = 0; i < CATEGORIES; i++) {
            centres[i] = near(new float[dimension], 1, random);
        }
        var topic = config.topics().embeddings();
        try (Producer<String, byte[]> producer = new KafkaClients(config.kafka()).producer("bench")) {
            for (int i = 0; i < items + users; i++) {
                boolean isItem = i < items;
                int number = isItem ? i : i - items;
                float[] vector = near(centres[number % CATEGORIES], 0.6f, random);
                EmbeddingRecord row = new Embedding(
                        VERSION,
                        isItem ? Kind.ITEM : Kind.USER,
                        (isItem ? "item-" : "user-") + number,
                        vector,
                        0,
                        1,
                        1,
                        0);
                send(
                        producer,
                        topic.name(),
                        topic.key().apply(row),
                        topic.codec().encode(row));
            }
            EmbeddingRecord activation = new Activation(VERSION, 1, items);
            send(
                    producer,
                    topic.name(),
                    topic.key().apply(activation),
                    topic.codec().encode(activation));
        }
    }

    private static void send(Producer<String, byte[]> producer, String topic, String key, byte[] value) {
        var unused = producer.send(new ProducerRecord<>(topic, key, value), (sent, failure) -> {
            if (failure != null) {
                throw new IllegalStateException("nothing could be published", failure);
            }
        });
    }

    private static float[] near(float[] centre, float spread, SplittableRandom random) {
        float[] vector = new float[centre.length];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = centre[i] + spread * (float) random.nextGaussian();
        }
        return vector;
    }

    private static void server(Options options) throws Exception {
        Config config = config(options.required("settings"));
        RecommenderServer server = new RecommenderServer(
                config,
                new KafkaClients(config.kafka()),
                new Database(config.postgres(), "bench"),
                EmbeddedVectorStore.inMemory(),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        server.start();
        String url = "http://127.0.0.1:" + server.port();
        HttpClient client = HttpClient.newHttpClient();
        while (get(client, url + "/health/ready").length == 0) {
            Thread.sleep(100); // nothing else to wait for
        }
        byte[] list = get(client, url + "/recommendations/user-1");
        Javalin bare = Javalin.create(settings -> {
                    settings.startup.showJavalinBanner = false;
                    settings.routes.get(
                            "/recommendations/{user_id}",
                            context -> context.contentType("application/json").result(list));
                })
                .start("127.0.0.1", 0);
        System.out.println("ready " + url + " http://127.0.0.1:" + bare.port());
    }

    /** The body of a 200; empty otherwise. */
    private static byte[] get(HttpClient client, String url) throws IOException, InterruptedException {
        var answer = client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray());
        return answer.statusCode() == 200 ? answer.body() : new byte[0];
    }
}
