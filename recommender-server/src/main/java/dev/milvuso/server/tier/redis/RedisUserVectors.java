package dev.milvuso.server.tier.redis;

import dev.milvuso.action.UserId;
import dev.milvuso.codec.MalformedRecordException;
import dev.milvuso.component.Unavailable;
import dev.milvuso.config.RedisConfig;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.EmbeddingCodec;
import dev.milvuso.embedding.Kind;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.server.tier.Breaker;
import dev.milvuso.server.tier.UserVector;
import dev.milvuso.server.tier.UserVectors;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.SetParams;

/** Users' vectors in Redis, in the form that they have in the topic {@code embeddings}, each for {@code redis.ttl}. */
public final class RedisUserVectors implements UserVectors {
    private final UnifiedJedis redis;
    private final RedisConfig config;
    private final Breaker breaker;
    private final EmbeddingCodec codec = new EmbeddingCodec();

    public RedisUserVectors(UnifiedJedis redis, RedisConfig config, Breaker breaker) {
        this.redis = redis;
        this.config = config;
        this.breaker = breaker;
    }

    @Override
    public Optional<Found> find(UserId user, ModelVersion version) {
        return read(key(user, version)).map(vector -> new Found(vector, "redis"));
    }

    @Override
    public void put(UserId user, UserVector vector) {
        byte[] key = key(user, vector.version());
        if (read(key).filter(old -> old.isNewerThan(vector)).isPresent()) {
            return;
        }
        byte[] value = codec.encode(new Embedding(
                vector.version(), Kind.USER, user.value(), vector.vector(), 0, vector.epoch(), vector.step(), 0));
        breaker.call(() ->
                redis.set(key, value, SetParams.setParams().ex(config.ttl().toSeconds())));
    }

    private Optional<UserVector> read(byte[] key) {
        // The lambda may answer null: the key is not there.
        Optional<byte[]> bytes = breaker.call(() -> Optional.ofNullable(redis.get(key)));
        return bytes.map(this::decode);
    }

    private UserVector decode(byte[] bytes) {
        try {
            if (codec.decode(bytes) instanceof Embedding e) {
                return new UserVector(e.version(), e.vector(), e.epoch(), e.step());
            }
            throw new Unavailable("redis", "a key of ours holds something else", null);
        } catch (MalformedRecordException e) {
            throw new Unavailable("redis", "a key of ours holds something else", e);
        }
    }

    private static byte[] key(UserId user, ModelVersion version) {
        return ("milvuso:user:" + version + ":" + user).getBytes(StandardCharsets.UTF_8);
    }
}
