package dev.milvuso.vector.milvus;

import dev.milvuso.config.ConfigLoader;
import dev.milvuso.config.MilvusConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Collects what a store on a Milvus server needs; what is left out is as in the shipped configuration, where the ranges
 * stand too. Not for use by several threads.
 */
public final class MilvusStoreBuilder {
    private final Map<String, String> settings = new LinkedHashMap<>();
    private Map<String, String> environment = Map.of();

    MilvusStoreBuilder() {
        settings.put("backend", "milvus");
    }

    private MilvusStoreBuilder set(String key, Object value) {
        settings.put(key, value.toString());
        return this;
    }

    /** @param variables such as {@code MILVUS_URI}, over which calls of this builder win */
    public MilvusStoreBuilder environment(Map<String, String> variables) {
        environment = Map.copyOf(variables);
        return this;
    }

    /** @param address such as {@code https://milvus.example:19530}; wins over host and port */
    public MilvusStoreBuilder uri(String address) {
        return set("uri", address);
    }

    public MilvusStoreBuilder host(String host, int port) {
        return set("host", host).set("port", port);
    }

    public MilvusStoreBuilder database(String name) {
        return set("database", name);
    }

    public MilvusStoreBuilder user(String name, String password) {
        return set("user", name).set("password", password);
    }

    /** Wins over user and password. */
    public MilvusStoreBuilder token(String token) {
        return set("token", token);
    }

    /** @param ca PEM file of who vouches for the server */
    public MilvusStoreBuilder trusting(Path ca) {
        return set("tls_ca", ca);
    }

    /** For servers that ask who calls: PEM files. */
    public MilvusStoreBuilder certificate(Path certificate, Path key) {
        return set("tls_certificate", certificate).set("tls_key", key);
    }

    /** @param name in the server's certificate, if the address is another */
    public MilvusStoreBuilder serverName(String name) {
        return set("tls_server_name", name);
    }

    public MilvusStoreBuilder connectTimeout(Duration time) {
        return set("connect_timeout", milliseconds(time));
    }

    /** Of a call with all its attempts. */
    public MilvusStoreBuilder callTimeout(Duration time) {
        return set("call_timeout", milliseconds(time));
    }

    public MilvusStoreBuilder keepAlive(Duration time) {
        return set("keep_alive", milliseconds(time));
    }

    private static String milliseconds(Duration time) {
        return time.toMillis() + "ms";
    }

    /** Connections, and calls at once over all of them. */
    public MilvusStoreBuilder pool(int connections, int calls) {
        return set("pool_size", connections).set("max_calls", calls);
    }

    /** Of a call that is safe to repeat. */
    public MilvusStoreBuilder attempts(int most) {
        return set("attempts", most);
    }

    /** Into what calls a write is cut, and how many are under way at once. */
    public MilvusStoreBuilder batches(int rows, int bytes, int lanes) {
        return set("batch_rows", rows).set("batch_bytes", bytes).set("batch_lanes", lanes);
    }

    /** @param level {@code Strong}, {@code Session}, {@code Bounded} or {@code Eventually} */
    public MilvusStoreBuilder consistency(String level) {
        return set("consistency_level", level);
    }

    /** Of new collections. */
    public MilvusStoreBuilder collections(int shards, int replicas, String indexType) {
        return set("shards", shards).set("replicas", replicas).set("index_type", indexType);
    }

    /** @throws dev.milvuso.config.ConfigException naming the key that is out of range */
    public MilvusConfig config() {
        List<String> all = settings.entrySet().stream()
                .map(setting -> "milvus." + setting.getKey() + "=" + setting.getValue())
                .toList();
        return ConfigLoader.load(Optional.empty(), environment, all).milvus();
    }

    /** Connects at the first call. */
    public MilvusVectorStore build() {
        return new MilvusVectorStore(config());
    }
}
