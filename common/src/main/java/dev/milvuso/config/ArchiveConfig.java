package dev.milvuso.config;

import java.time.Duration;

/** {@code [archive]}, see config/default.toml. */
public record ArchiveConfig(
        String uri,
        long rollBytes,
        Duration rollInterval,
        long bufferBytes,
        String s3Endpoint,
        String s3Region,
        boolean s3PathStyle) {
    private static final String PLACE =
            "(|/.*|[^:]+|file:/.*|s3a?://[A-Za-z0-9._-]+(/[^\\s]*)?|hdfs://[^\\s/]*(/[^\\s]*)?)";
    private static final String PLACE_MEANING =
            "\"\", a directory, or a URI that begins with file:, s3:, s3a: or hdfs:";

    public ArchiveConfig {
        Check.matches("archive.uri", withoutSecrets("archive.uri", uri), PLACE, PLACE_MEANING);
        Check.range("archive.roll_bytes", rollBytes, 1024, 10_737_418_240L);
        Check.range("archive.roll_interval", rollInterval, "100ms", "1d");
        Check.range("archive.buffer_bytes", bufferBytes, 1 << 20, 10_737_418_240L);
        Check.matches(
                "archive.s3_endpoint",
                withoutSecrets("archive.s3_endpoint", s3Endpoint),
                "(https?://[^\\s/@]+/?)?",
                "\"\" or such as \"http://127.0.0.1:9000\"");
        Check.matches("archive.s3_region", s3Region, "[a-z0-9-]{1,64}", "a region such as \"us-east-1\"");
    }

    /** Whether anything is archived. */
    public boolean isOn() {
        return !uri.isEmpty();
    }

    /** The same, of an archive in another place. @throws ConfigException if it is none */
    public ArchiveConfig at(String place) {
        return new ArchiveConfig(place, rollBytes, rollInterval, bufferBytes, s3Endpoint, s3Region, s3PathStyle);
    }

    // Said without the value: what stands before an @ may be a secret, and messages are logged.
    private static String withoutSecrets(String key, String uri) {
        if (uri.matches("[a-z0-9]+://[^/]*@.*")) {
            throw new ConfigException(
                    key + " holds credentials: they must be in the environment (AWS_ACCESS_KEY_ID, …) alone");
        }
        return uri;
    }
}
