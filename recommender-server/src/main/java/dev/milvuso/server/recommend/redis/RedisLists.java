package dev.milvuso.server.recommend.redis;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.server.recommend.Query;
import dev.milvuso.server.recommend.Recommendation;
import dev.milvuso.server.recommend.Recommended;
import dev.milvuso.server.recommend.RecommendedItems;
import dev.milvuso.server.recommend.SharedLists;
import dev.milvuso.server.tier.Breaker;
import dev.milvuso.server.tier.redis.ListEntry;
import dev.milvuso.server.tier.redis.Redis;
import dev.milvuso.server.tier.redis.RedisWriter;
import dev.milvuso.vector.filter.FilterText;
import io.micrometer.core.instrument.Counter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finished lists in Redis as JSON, each for {@code recommendation.list_ttl} from when it was made. */
public final class RedisLists implements SharedLists {
    private static final Logger LOG = LoggerFactory.getLogger(RedisLists.class);

    private record Kept(long madeAt, List<Entry> items) {}

    private record Entry(String item, float score, String source, float probability) {}

    private final ObjectMapper json = new ObjectMapper();
    private final Redis redis;
    private final Breaker breaker;
    private final RedisWriter writer;
    private final Duration ttl;
    private final Clock clock;
    private final Counter hits;

    /** @param hits counts the lists that were found */
    public RedisLists(Redis redis, Breaker breaker, RedisWriter writer, Duration ttl, Clock clock, Counter hits) {
        this.redis = redis;
        this.breaker = breaker;
        this.writer = writer;
        this.ttl = ttl;
        this.clock = clock;
        this.hits = hits;
    }

    @Override
    public Optional<Recommendation> find(UserId user, ModelVersion version, Query query) {
        byte[] field = field(version, query);
        Optional<byte[]> bytes =
                breaker.call(() -> Optional.ofNullable(redis.client().hget(ListEntry.key(user), field)));
        Optional<Recommendation> found = bytes.flatMap(kept -> decode(kept, version))
                .filter(list -> left(list.madeAt()).toMillis() > 0);
        found.ifPresent(list -> hits.increment());
        return found;
    }

    private Duration left(long madeAt) {
        return ttl.minusMillis(Math.max(0, clock.millis() - madeAt));
    }

    private Optional<Recommendation> decode(byte[] bytes, ModelVersion version) {
        try {
            Kept kept = json.readValue(bytes, Kept.class);
            return Optional.of(new Recommendation(version.value(), "redis", List.of(), kept.madeAt(), items(kept)));
        } catch (IOException | IllegalArgumentException e) {
            LOG.debug("a key of ours holds something else", e);
            return Optional.empty();
        }
    }

    private static List<Recommended> items(Kept kept) {
        return kept.items().stream()
                .map(entry -> new Recommended(
                        new ItemId(entry.item()), entry.score(), entry.source(), entry.probability(), null))
                .toList();
    }

    @Override
    public void put(UserId user, ModelVersion version, Query query, Recommendation list) {
        Duration left = left(list.madeAt());
        if (left.toMillis() > 0) {
            writer.list(user, new ListEntry(field(version, query), written(list), left));
        }
    }

    /** As {@link Kept} is read: at every list that is made, so without objects in between. */
    private byte[] written(Recommendation list) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator to = json.createGenerator(bytes)) {
            to.writeStartObject();
            to.writeNumberField("madeAt", list.madeAt());
            to.writeArrayFieldStart("items");
            RecommendedItems items = list.items();
            for (int i = 0; i < items.size(); i++) {
                to.writeStartObject();
                to.writeStringField("item", items.id(i).value());
                to.writeNumberField("score", items.score(i));
                to.writeStringField("source", items.source(i));
                to.writeNumberField("probability", items.probability(i));
                to.writeEndObject();
            }
            to.writeEndArray();
            to.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a list cannot be written as JSON", e);
        }
        return bytes.toByteArray();
    }

    @Override
    public void drop(UserId user) {
        writer.dropLists(user);
    }

    private byte[] field(ModelVersion version, Query query) {
        return bytes(List.of(
                version.value(),
                query.count(),
                query.excludeSeen(),
                new TreeSet<>(query.categories()),
                new TreeSet<>(query.tags()),
                query.filter().map(FilterText::of).orElse(""),
                new TreeMap<>(query.overrides()),
                query.excluded().stream().map(ItemId::value).sorted().toList(),
                query.contextItem().map(ItemId::value).orElse(""),
                query.diversity().orElse(-1)));
    }

    private byte[] bytes(Object value) {
        try {
            return json.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a list cannot be written as JSON", e);
        }
    }
}
