package dev.milvuso.trainer.archive.hadoop;

import dev.milvuso.config.ArchiveConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** Hadoop's settings for an archive: ours, those of {@code HADOOP_CONF_DIR}, and credentials from the environment. */
final class Access {
    private static final String FROM_THE_CONFIGURATION = "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider";
    private static final String OF_A_SESSION = "org.apache.hadoop.fs.s3a.TemporaryAWSCredentialsProvider";
    private static final String OF_THE_MACHINE = "org.apache.hadoop.fs.s3a.auth.IAMInstanceCredentialsProvider";

    private Access() {}

    /** A URI as Hadoop wants it: {@code s3:} is called {@code s3a:} there, and a path is {@code file:}. */
    static URI place(String uri) {
        if (uri.startsWith("s3://")) {
            return URI.create("s3a" + uri.substring("s3".length()));
        }
        return uri.contains(":")
                ? URI.create(uri)
                : Path.of(uri).toAbsolutePath().toUri();
    }

    static Configuration configuration(ArchiveConfig config, Map<String, String> environment) {
        Configuration settings = new Configuration();
        String folder = environment.get("HADOOP_CONF_DIR");
        if (folder != null && !folder.isBlank()) {
            settings.addResource(new org.apache.hadoop.fs.Path(folder, "core-site.xml"));
            settings.addResource(new org.apache.hadoop.fs.Path(folder, "hdfs-site.xml"));
        }
        giveUpSoon(settings);
        s3(settings, config, environment);
        return settings;
    }

    /** Who tries again is the archiver, which says meanwhile what is wrong; Hadoop's defaults take minutes. */
    private static void giveUpSoon(Configuration settings) {
        settings.setInt("ipc.client.connect.max.retries", 2);
        settings.setInt("ipc.client.connect.max.retries.on.timeouts", 2);
        settings.setInt("fs.s3a.attempts.maximum", 2);
        settings.setInt("fs.s3a.retry.limit", 2);
        settings.set("fs.s3a.retry.interval", "200ms");
        settings.set("fs.s3a.connection.establish.timeout", "5s");
    }

    private static void s3(Configuration settings, ArchiveConfig config, Map<String, String> environment) {
        settings.set("fs.s3a.endpoint.region", config.s3Region());
        settings.setBoolean("fs.s3a.path.style.access", config.s3PathStyle());
        if (!config.s3Endpoint().isEmpty()) {
            settings.set("fs.s3a.endpoint", config.s3Endpoint());
            settings.setBoolean(
                    "fs.s3a.connection.ssl.enabled", config.s3Endpoint().startsWith("https:"));
        }
        String key = environment.get("AWS_ACCESS_KEY_ID");
        String secret = environment.get("AWS_SECRET_ACCESS_KEY");
        String session = environment.get("AWS_SESSION_TOKEN");
        if (key == null || secret == null) {
            settings.set("fs.s3a.aws.credentials.provider", OF_THE_MACHINE);
            return;
        }
        settings.set("fs.s3a.access.key", key);
        settings.set("fs.s3a.secret.key", secret);
        if (session != null) {
            settings.set("fs.s3a.session.token", session);
        }
        settings.set("fs.s3a.aws.credentials.provider", session == null ? FROM_THE_CONFIGURATION : OF_A_SESSION);
    }
}
