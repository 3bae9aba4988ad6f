package dev.milvuso.config;

import java.time.Duration;

/** {@code [milvus]}, see config/default.toml. */
public record MilvusConfig(
        String backend,
        String uri,
        String host,
        int port,
        String user,
        String password,
        String token,
        String database,
        String collectionName,
        int dimension,
        int shards,
        int replicas,
        String indexType,
        String consistencyLevel,
        Duration connectTimeout,
        Duration callTimeout,
        Duration readDeadline,
        Duration keepAlive,
        int poolSize,
        int maxCalls,
        int attempts,
        int batchRows,
        int batchBytes,
        int batchLanes,
        String tlsCa,
        String tlsCertificate,
        String tlsKey,
        String tlsServerName) {
    public MilvusConfig {
        Check.oneOf("milvus.backend", backend, "milvus", "embedded");
        Check.range("milvus.port", port, 1, 65535);
        Check.matches(
                "milvus.collection_name",
                collectionName,
                "[A-Za-z_][A-Za-z0-9_]{0,199}",
                "1 to 200 letters, digits and _, starting with a letter or _");
        Check.range("milvus.dimension", dimension, 2, 4096);
        Check.range("milvus.shards", shards, 1, 64);
        Check.range("milvus.replicas", replicas, 1, 64);
        Check.matches(
                "milvus.index_type",
                indexType,
                "(AUTOINDEX|FLAT|IVF_FLAT|IVF_SQ8|IVF_PQ|HNSW|SCANN|DISKANN)( +[A-Za-z]+=[0-9]+)*",
                "AUTOINDEX, FLAT, IVF_FLAT, IVF_SQ8, IVF_PQ, HNSW, SCANN or DISKANN, behind it what it is built with, such as"
                        + " HNSW M=16 efConstruction=200");
        Check.oneOf("milvus.consistency_level", consistencyLevel, "Strong", "Session", "Bounded", "Eventually");
        Check.range("milvus.connect_timeout", connectTimeout, "1ms", "5m");
        Check.range("milvus.call_timeout", callTimeout, "1ms", "10m");
        Check.range("milvus.read_deadline", readDeadline, "1ms", "60s");
        Check.range("milvus.keep_alive", keepAlive, "1s", "1h");
        Check.range("milvus.pool_size", poolSize, 1, 64);
        Check.range("milvus.max_calls", maxCalls, 1, 4096);
        Check.range("milvus.attempts", attempts, 1, 10);
        Check.range("milvus.batch_rows", batchRows, 1, 100_000);
        Check.range("milvus.batch_bytes", batchBytes, 1024, 60 << 20);
        Check.range("milvus.batch_lanes", batchLanes, 1, 64);
        if (tlsCertificate.isEmpty() != tlsKey.isEmpty()) {
            throw new ConfigException("milvus.tls_certificate and milvus.tls_key belong together: set both or neither");
        }
        if (!tlsCertificate.isEmpty() && tlsCa.isEmpty()) {
            // Without one Milvus's SDK sends no certificate, and says nothing.
            throw new ConfigException(
                    "milvus.tls_certificate needs milvus.tls_ca: the PEM file of who vouches for the server");
        }
        if (!(tlsCa + tlsCertificate).isEmpty() && !uri.startsWith("https://")) {
            throw new ConfigException(
                    "milvus.tls_ca is for an address that begins with https://: milvus.uri is '" + uri + "'");
        }
    }

    /** {@code uri} if there is one, else made of host and port. */
    public String address() {
        return uri.isEmpty() ? "http://" + host + ":" + port : uri;
    }

    /** The same server's other database. */
    public MilvusConfig inDatabase(String other) {
        return new MilvusConfig(
                backend,
                uri,
                host,
                port,
                user,
                password,
                token,
                other,
                collectionName,
                dimension,
                shards,
                replicas,
                indexType,
                consistencyLevel,
                connectTimeout,
                callTimeout,
                readDeadline,
                keepAlive,
                poolSize,
                maxCalls,
                attempts,
                batchRows,
                batchBytes,
                batchLanes,
                tlsCa,
                tlsCertificate,
                tlsKey,
                tlsServerName);
    }

    public boolean isEmbedded() {
        return backend.equals("embedded");
    }

    /** Leaves out the secrets. */
    @Override
    public String toString() {
        return "MilvusConfig[" + backend + ", " + address() + ", " + collectionName + ", " + dimension + "]";
    }
}
